"""The Serious Fraud Office, www.sfo.gov.uk: news releases and pages of its cases.

A news release has the date in its address (/2021/03/04/…) and in words beside its headline, and ends with
"Notes to editors" and the press office's numbers. It is the office that speaks. Pages of cases tell how a
case stands, under /cases/. The office's newer releases stand on www.gov.uk, where they are read by that
site's rules; pages of this site are met in archives, and as links of older articles.

Not verified against a live page: the layout is that of the publishing system (WordPress) that the site
used, as other sites show it. If a page warns that its layout was not found, this file is what to mend.
"""

from dataclasses import replace

from scrapers.site import Site, by_class

_DATE = by_class("entry-date", "posted-on", "post-date")
_NEWS = Site(
    name="sfo",
    version="1",
    hosts=("www.sfo.gov.uk",),
    paths=("/20", "/press-room/"),
    drop=(
        by_class(
            "sharedaddy", "share", "social-share", "post-navigation", "nav-links", "related-posts", "entry-footer"
        ),
        by_class("press-office", "contact-details", "breadcrumbs", "entry-meta"),
    ),
    body=("//article//*[contains(@class, 'entry-content')]", by_class("entry-content", "post-content")),
    publisher="Serious Fraud Office",
    house=("SFO", "SFO Press Office", "Press Office", "Serious Fraud Office"),
    published_at=f"{_DATE}/@datetime | {_DATE}[not(@datetime)]",
    kind="release",
)
_CASES = replace(_NEWS, paths=("/cases/",), kind="report")

SITES = (_NEWS, _CASES)
