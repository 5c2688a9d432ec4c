"""openDemocracy, www.opendemocracy.net.

The parts of an article are named ``article-page__…``: title, summary, authors, date, and rich text, of which
there are several when a picture or a box stands between them. The date stands in words. Appeals for money and
the newsletter's form are blocks of the same article. Essays of its partners carry a note of licence at the end.

Known from other people's readers of the site, not verified against a live page; pages before 2018 had another
layout, which is not known, and are read as any page.
"""

from scrapers.site import Site, by_class

SITE = Site(
    name="opendemocracy",
    version="1",
    hosts=("www.opendemocracy.net",),
    paths=("/en/",),
    drop=(
        by_class(
            "article-page__sidebar", "sidebar", "article-page__share", "article-page__related", "newsletter-block"
        ),
        by_class("donate-block", "article-page__tags", "article-page__licence"),
        "//aside | //figure | //form",
    ),
    body=(by_class("article-page__rich-text"),),
    lead=by_class("article-page__summary"),
    title_at=by_class("article-page__title"),
    publisher="openDemocracy",
    byline_at=by_class("article-page__authors") + "//a",
    published_at=by_class("article-page__date"),
    house=("openDemocracy", "openDemocracy team"),
)
