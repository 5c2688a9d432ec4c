"""The Associated Press, apnews.com.

Since July 2023 the story stands in ``RichTextStoryBody``, with boxes of other stories
(``PageListEnhancementGeneric``), what a reader should know about an election (``Infobox``) and films between
its paragraphs, and a gallery with a caption and share buttons for each picture before it. A rule of three
underscores ends the story; the notes behind it (who contributed, where to read more) are not its words.
Before, it stood in ``data-key="article"``. The authors stand beside the date; the JSON-LD leaves some out.

Seen on real pages: both layouts.
"""

from scrapers.site import Site, by_class

SITE = Site(
    name="apnews",
    version="1",
    hosts=("apnews.com",),
    paths=("/article/",),
    drop=(
        by_class(
            "Enhancement", "PageListEnhancementGeneric", "HTMLModuleEnhancement", "Infobox", "SovrnAd", "Carousel"
        ),
        by_class("Page-actions", "ImageEnhancement", "VideoEnhancement", "Figure", "ad-placeholder"),
        "//bsp-carousel | //figure",
        # All that follows the rule at the end, and the rule.
        '//*[(self::p or self::h2) and normalize-space(.) = "___"]/following-sibling::*'
        ' | //*[(self::p or self::h2) and normalize-space(.) = "___"]',
    ),
    body=(by_class("RichTextStoryBody"), '//*[@data-key="article"]'),
    publisher="Associated Press",
    byline_at=by_class("Page-authors") + "//a | " + by_class("Page-authors") + "//span[not(a)]",
    house=("The Associated Press", "AP", "AP News", "Associated Press"),
)
