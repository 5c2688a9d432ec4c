"""What the United Kingdom's departments publish on www.gov.uk: news, speeches, publications, guidance.

One publishing system for all departments: every page calls its publisher "GOV.UK" and names the department
as its author, and in a meta tag of its own. Only ``www`` is that system: councils, courts and the
statistics office have sites of their own under gov.uk.
Press releases, news stories and government responses alike are a department speaking for itself.
The body's class was ``govuk-govspeak`` alone until 2018; a notice of withdrawal wears the same class.

A speech names its speaker among those whom it is from, by a link to the person's own page; one without such
a page is named there in plain words, which cannot be told from a department. A publication has a page of its
own, with a few paragraphs and the attached files, and often the whole text as a second page below that
address, whose date stands in words only ("Published 4 March 2021").

The markup of speeches, guidance and publications is that of the system's own published source.
"""

from dataclasses import replace

from scrapers.site import Site, by_class

_NEWS = Site(
    name="govuk",
    version="2",
    hosts=("www.gov.uk",),
    paths=("/government/news/",),
    drop=(
        by_class("gem-c-notice", "gem-c-metadata", "gem-c-published-dates", "gem-c-contents-list"),
        by_class("gem-c-share-links", "gem-c-print-link", "gem-c-feedback", "gem-c-translation-nav"),
        by_class("gem-c-related-navigation", "gem-c-contextual-sidebar", "gem-c-contextual-footer"),
        by_class("gem-c-single-page-notification-button", "gem-c-devolved-nations", "gem-c-back-to-top-link"),
        # Inside the body: press offices' telephone numbers, and sizes and page counts of attached files.
        by_class("contact", "gem-c-attachment__metadata", "gem-c-details"),
        by_class("attachment-details__metadata", "accessibility-warning"),
    ),
    body=(by_class("gem-c-govspeak"), by_class("govuk-govspeak")),
    lead=by_class("gem-c-lead-paragraph"),
    publisher_at='//meta[@name="govuk:primary-publishing-organisation"]/@content',
    kind="release",
)
_SPEECHES = replace(
    _NEWS,
    paths=("/government/speeches/",),
    # The summary above a speech is the department's, and no part of what was said.
    lead=None,
    speaker_at='//dl/dd[starts-with(normalize-space(preceding-sibling::dt[1]), "From")]'
    '//a[contains(@href, "/government/people/")]',
    kind="transcript",
)
_PUBLICATIONS = replace(
    _NEWS,
    paths=(
        "/government/publications/",
        "/government/statistics/",
        "/government/consultations/",
        "/government/calls-for-evidence/",
    ),
    published_at='//*[contains(@class, "publication-header__last-changed")][contains(., "Published")]',
    modified_at='//*[contains(@class, "publication-header__last-changed")][contains(., "Updated")]',
    kind="report",
)
_GUIDANCE = replace(_NEWS, paths=("/guidance/", "/government/case-studies/"), kind=None)

SITES = (_NEWS, _SPEECHES, _PUBLICATIONS, _GUIDANCE)
