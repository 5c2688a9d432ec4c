"""Sputnik, sputniknews.com and since 2022 sputnikglobe.com, with editions in other languages under both.

The pages of 2021 and later are rows of ``article__block``, each with its ``data-type``: text, quote, heading
and list are the article's, media, advertisements and links to other articles (type "article") are not. The
announcement above the picture, ``article__announce-text``, is its first paragraph. What the page states of
itself stands in a hidden ``article__meta`` with ``itemprop``. Until 2021 the article stood in
``b-article__text`` with its lead before it. Interviews are ordinary articles whose questions begin with
"Sputnik:". The author is "Sputnik International" unless somebody signs, and the meta tag says both at once.

Seen on real pages: the layout until 2021. The newer one is known from other people's readers of the site and
of its sister sites; which class names an author's name, and lists, could not be verified.
"""

from scrapers.site import Site, by_attribute, by_class

_KINDS = ("text", "quote", "h2", "h3", "list")

SITE = Site(
    name="sputnik",
    version="1",
    hosts=("sputniknews.com", "sputnikglobe.com"),
    drop=(
        by_class("article__article", "article__info", "article__meta-links", "media__copyright", "article__photo"),
        by_class("b-disclaimer", "b-banner", "b-inject", "b-article__refs", "b-article__refs-text", "b-article__likes"),
        by_class("social-likes-pane", "article__google-news"),
    ),
    body=(
        by_class("article__body") + by_attribute("data-type", *_KINDS),
        by_class("article__body"),
        by_class("b-article__text"),
    ),
    lead=by_class("article__announce-text", "b-article__lead"),
    publisher="Sputnik International",
    byline_at=(
        '//*[contains(@class, "article__author-name")]'
        " | //*[contains(concat(' ', @class, ' '), ' article__meta ')]//*[@itemprop=\"author\"]/*[@itemprop=\"name\"]"
        " | //*[contains(@class, 'b-article__refs-author')]//a[@rel=\"author\"]"
    ),
    house=("Sputnik", "Sputnik News", "Sputnik Staff", "Sputnik International"),
    published_at="//*[contains(concat(' ', @class, ' '), ' article__meta ')]//*[@itemprop=\"datePublished\"]",
    modified_at="//*[contains(concat(' ', @class, ' '), ' article__meta ')]//*[@itemprop=\"dateModified\"]",
)
