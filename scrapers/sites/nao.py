"""The National Audit Office, www.nao.org.uk: pages of its reports, and its press releases.

A report's page is a summary of the report (background, scope, conclusion) with the report as a PDF beside
it; a box tells the date and the links to the files, and the text ends with who to ask. A press release
speaks for the office, and quotes its head. Until 2022 reports stood under /report/ and releases under
/press-release/, since then under /reports/ and /press-releases/ (and under /press-release/ still).
The site's JSON-LD describes the page and not the report, and names no author; authors are never named.

Not verified against a live page: both layouts are those of the publishing system (WordPress) that the site
uses, as other sites show them. If a page warns that its layout was not found, this file is what to mend.
"""

from dataclasses import replace

from scrapers.site import Site, by_class

_DATE = by_class("publication-date", "report-date", "entry-date")
_REPORTS = Site(
    name="nao",
    version="1",
    hosts=("www.nao.org.uk",),
    paths=("/report/", "/reports/"),
    drop=(
        by_class("report-downloads", "downloads", "document-download", "wp-block-file", "related-content", "related"),
        by_class("sharedaddy", "share-links", "social-share", "newsletter-signup", "breadcrumbs", "entry-meta"),
        "//form",
    ),
    body=("//main//*[contains(@class, 'entry-content')]", by_class("entry-content", "post-content", "page-content")),
    lead=by_class("entry-summary", "report-summary"),
    publisher="National Audit Office",
    house=("National Audit Office (NAO)", "NAO", "National Audit Office", "NAO Press Office"),
    kind="report",
    published_at=f"{_DATE}/@datetime | {_DATE}[not(@datetime)]",
)
_RELEASES = replace(
    _REPORTS,
    paths=("/press-release/", "/press-releases/"),
    drop=(*_REPORTS.drop, by_class("press-contact", "contact-box")),
    kind="release",
)

SITES = (_REPORTS, _RELEASES)
