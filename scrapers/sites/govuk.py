"""Press releases and news of the United Kingdom's departments, www.gov.uk/government/news/….

One publishing system for all departments: every page calls its publisher "GOV.UK" and names the department
as its author, and in a meta tag of its own. Only ``www`` is that system: councils, courts and the
statistics office have sites of their own under gov.uk. Guidance and publications have other layouts.
Press releases, news stories and government responses alike are a department speaking for itself.
The body's class was ``govuk-govspeak`` alone until 2018; a notice of withdrawal wears the same class.
"""

from scrapers.site import Site, by_class

SITE = Site(
    name="govuk",
    version="1",
    hosts=("www.gov.uk",),
    paths=("/government/news/",),
    drop=(
        by_class("gem-c-notice", "gem-c-metadata", "gem-c-published-dates"),
        by_class("gem-c-share-links", "gem-c-print-link", "gem-c-feedback", "gem-c-translation-nav"),
        by_class("gem-c-related-navigation", "gem-c-contextual-sidebar", "gem-c-contextual-footer"),
        # Inside the body: press offices' telephone numbers, and sizes and page counts of attached files.
        by_class("contact", "gem-c-attachment__metadata", "gem-c-details"),
    ),
    body=(by_class("gem-c-govspeak"), by_class("govuk-govspeak")),
    lead=by_class("gem-c-lead-paragraph"),
    publisher_at='//meta[@name="govuk:primary-publishing-organisation"]/@content',
    kind="release",
)
