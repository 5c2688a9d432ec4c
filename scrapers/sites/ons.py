"""The Office for National Statistics, www.ons.gov.uk: statistical bulletins and articles.

Each section of a bulletin is a ``section__content--markdown`` within the page's ``article``: its number, its
heading, paragraphs, tables and charts, and a link back to the table of contents. Charts are drawn by the
reader's browser; what stands in the page are their titles, sources and links to download them. Notices of
corrections wear the same class outside of the article. The summary stands in the page's head, together with
the release date, in words ("Release date:"), which no meta tag repeats, and with the statistician to ask,
who is no author. The same address without a date leads to the newest edition of a bulletin.
Data sets, time series and lists have other pages, and are not served here.

From the site's own published templates, in which the class of the head changed in 2023.
"""

from scrapers.site import Site, by_class

SITE = Site(
    name="ons",
    version="1",
    hosts=("www.ons.gov.uk",),
    paths=("/*/bulletins/", "/*/articles/", "/*/methodologies/"),
    drop=(
        by_class("print--hide", "print-hidden", "btn", "table-of-contents", "section__content-number", "js-show-hide"),
        by_class("alert-bulletins", "meta-wrap", "markdown-chart-overlay", "icon--hide"),
        '//a[@href="#toc"]',
        '//*[@class="markdown-chart"]',
    ),
    body=("//article//*[contains(concat(' ', @class, ' '), ' section__content--markdown ')]",),
    lead=by_class("page-intro__content", "page-bulletins--Summary"),
    publisher="Office for National Statistics",
    house=("ONS", "Office for National Statistics"),
    published_at='//p[span[starts-with(normalize-space(.), "Release date")]]',
    kind="report",
)
