"""One file a site: only what differs from any article. See ``scrapers.site`` and CONTRIBUTING.md."""
