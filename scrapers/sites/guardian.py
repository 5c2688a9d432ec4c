"""The Guardian, www.theguardian.com.

Since 2020 the parts of a page are named in ``data-gu-name`` (headline, standfirst, meta, body) and the words
stand in ``#maincontent``; other class names change with every release. Teasers, newsletters and appeals for
money are put between the paragraphs as ``gu-island`` or ``aside``. The line that says that an article was
amended is the body's ``footer``, and is kept. Live blogs are blocks, the newest first; a pinned post is a
copy of one of them, without its number. Until 2020 the words stood in ``content__article-body``, with lists
of topics and share buttons at the end. Leaders are signed "Editorial", agency copy "Staff and agencies".

Seen on real pages: the layout of 2019. From the site's own published source: #maincontent and live blogs.
From other people's readers of the site: the names in ``data-gu-name``. Not seen: live blogs before 2020.
"""

from scrapers.site import Site, by_class

SITE = Site(
    name="guardian",
    version="1",
    hosts=("www.theguardian.com",),
    drop=(
        "//gu-island",
        '//*[@data-gu-name="body"]//aside',
        '//*[@data-print-layout="hide"]',
        by_class("submeta", "element-rich-link", "rich-link", "js-ad-slot", "ad-slot", "email-sub", "block-share"),
        by_class("block-time", "content__meta-container"),
        # Pictures, films and other people's posts; a figure may hold a table of the article's own.
        "//figure[not(.//table)]",
        # The time and the writer of a live blog's block.
        '//article[starts-with(@id, "block-")]/header/*[not(self::h2)]',
    ),
    body=(
        '//*[@id="liveblog-body"]//article[starts-with(@id, "block-")]',
        '//*[@data-gu-name="body"]//*[@id="maincontent"]',
        by_class("article-body-commercial-selector"),
        by_class("js-liveblog-body"),
        by_class("content__article-body", "js-article__body"),
    ),
    lead='//*[@data-gu-name="standfirst"] | ' + by_class("content__standfirst"),
    publisher="The Guardian",
    byline_at='//*[@data-gu-name="meta"]//a[@rel="author"]',
    house=("Editorial", "Guardian staff", "Observer editorial", "Letters", "Guardian community team"),
)
