"""BBC News, www.bbc.co.uk/news and www.bbc.com/news, one newsroom under two addresses.

Since 2020 an article is a row of blocks, each with its ``data-component`` (text, subheadline or crosshead,
quote, list); between them stand pictures, links to other stories and advertisements, which have components
of their own and are not taken. External links end in a hidden ", external". Live pages are posts: since 2023
an ``article`` each (``data-testid="content-post"``), before that a "stream". From 2015 to 2020 the story
stood in ``story-body__inner``, from 2010 in ``story-body``, with share buttons, picture credits and lists of
other stories inside of it. The JSON-LD names "BBC News" as the author even of signed articles until 2024.

Seen on real pages: the layout of 2019. Known from other people's readers of the site only: the blocks, the
contributor's name, both kinds of live page. From memory: the byline of 2015 and the layout of 2010.
"""

from scrapers.site import Site, by_attribute, by_class

_BLOCKS = ("text-block", "subheadline-block", "crosshead-block", "unordered-list-block", "quote-block")

SITE = Site(
    name="bbc",
    version="1",
    hosts=("www.bbc.co.uk", "www.bbc.com"),
    paths=("/news/",),
    drop=(
        '//*[contains(@class, "isuallyHidden") or contains(@class, "visually-hidden")]',
        by_class("off-screen", "story-image-copyright", "sharetools", "share-tools--event-tag", "bbccom_slot"),
        by_class("social-embed", "media-with-caption", "embedded-hyper", "story-more", "story-feature", "share-help"),
        by_class("story-date", "byline", "lx-stream-post__contributor", "story-body__mini-info-list-and-share"),
        '//*[contains(@class, "story-body")]//figure',
        '//*[@data-testid="content-post"]//figure',
        # A list of nothing but links is other stories; one with words beside them is the article's.
        '//ul[contains(@class, "story-body__unordered-list")][not(li[normalize-space(.) != normalize-space(a[1])])]',
    ),
    body=(
        "//article" + by_attribute("data-component", *_BLOCKS),
        '//article[@data-testid="content-post"]',
        by_class("lx-stream-post__header-text", "lx-stream-post-body"),
        by_class("story-body__inner"),
        by_class("story-body"),
    ),
    # Social networks are often given another headline than readers.
    title_at='//h1[@id="main-heading"] | //*[@data-component="headline-block"]//h1 | //h1[@class="story-body__h1"]',
    publisher="BBC News",
    byline_at=(
        '//*[@data-component="byline-block"]//*[contains(@class, "TextContributorName")]'
        ' | //*[@data-testid="byline-new-contributors"]/*/descendant::span[1]'
        ' | //*[contains(@class, "byline__name") or @class="byline-name"]'
    ),
    house=("BBC", "BBC News", "BBC Verify", "BBC World Service"),
    # Before 2015; JSON-LD has the time of the others.
    published_at='//meta[@name="OriginalPublicationDate"]/@content',
)
