"""Reuters, www.reuters.com. Its pages ask most visitors to sign in; those that were saved are read.

Since 2021 each paragraph is an element with ``data-testid="paragraph-…"``; links say in hidden words that they
open in a new tab, and a line of credits ("Reporting by …; Editing by …") and of the house's principles ends
the story. The JSON-LD names authors in "byline", which other readers of it miss. From 2017 to 2020 the story
stood in ``StandardArticleBody_body``, under changing endings of its class, with the caption first.
The OpenGraph name of the site was that of the edition ("U.S.").

Seen on a real page: the layout of 2019. Known from other people's readers of the site: the paragraphs.
Not verified: the class of the names, and of the line with the house's principles.
"""

from scrapers.site import Site

SITE = Site(
    name="reuters",
    version="1",
    hosts=("www.reuters.com",),
    drop=(
        '//*[contains(@class, "trust-badge") or contains(@class, "TrustBadge") or contains(@data-testid, "trust")]',
        '//*[contains(@class, "visually-hidden") or contains(@class, "VisuallyHidden")]',
        '//span[contains(., "opens new tab")][not(*)]',
        '//*[contains(@class, "StandardArticleBody_trustBadgeContainer") or contains(@class, "Attribution_container")]',
        '//*[contains(@class, "PrimaryAsset_container") or contains(@class, "Image_container")]',
        '//*[contains(@class, "Slideshow_") or contains(@class, "RelatedCoverage")]',
        "//figure",
    ),
    body=(
        '//*[starts-with(@data-testid, "paragraph-")]'
        ' | //*[contains(@class, "article-body")]//h2[@data-testid="Heading"]',
        '//*[contains(@class, "article-body__content")]',
        '//*[starts-with(@class, "StandardArticleBody_body")]',
    ),
    publisher="Reuters",
    byline_at='//meta[@name="article:author" or @property="article:author" or @property="og:article:author"]'
    '[not(contains(@content, "http"))]/@content | //a[@rel="author"]',
    house=("Reuters", "Reuters Staff", "Reuters Editorial"),
)
