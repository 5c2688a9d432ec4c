"""Survation, www.survation.com, a polling company: what it writes about its own polls.

A post tells who asked whom, when and on whose behalf, with the results as paragraphs, lists, pictures and
tables; the full tables are linked files. Posts have no section in their address: every page of the site is
served here, and its lists of posts are read as any page. Authors are staff accounts, or nobody.

Not verified against a live page: the layouts are those of the publishing system (WordPress, and the page
builder that many of its sites use), as other sites show them. If a page warns that its layout was not
found, this file is what to mend.
"""

from scrapers.site import Site, by_class

SITE = Site(
    name="survation",
    version="1",
    hosts=("survation.com",),
    drop=(
        by_class("sharedaddy", "share-buttons", "social-share", "addtoany_share_save_container", "jp-relatedposts"),
        by_class("post-navigation", "nav-links", "entry-meta", "post-meta", "author-box", "newsletter", "cta"),
        by_class("elementor-widget-share-buttons", "elementor-widget-post-navigation"),
        "//form",
    ),
    body=(
        by_class("elementor-widget-theme-post-content"),
        "//article//*[contains(concat(' ', @class, ' '), ' entry-content ')]",
        by_class("entry-content", "post-content"),
    ),
    publisher="Survation",
    house=("Survation", "Survation Team", "Survation Research Team", "admin"),
    published_at='//*[contains(@class, "entry-date") or contains(@class, "published")]/@datetime',
    kind="report",
)
