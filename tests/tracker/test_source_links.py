"""Which links can back a claim, and which claim of its sentence a link belongs to."""

from __future__ import annotations

import pytest

from scrapers.document import Link
from tracker.reading.publishers import builtin
from tracker.reading.source_links import backs, belonging, linked_in, target_of
from tracker.reading.values import SourceMention

OWN = "https://news.example/rail/fined"
BACKS = [
    ("https://www.nao.org.uk/reports/out-of-hours/", True, "a report"),
    ("http://court.example/judgment.pdf", True, "a judgment, without TLS"),
    ("https://stats.example/?table=7", True, "a page known by its query only"),
    ("https://news.example/rail/other", True, "another page of the same outlet"),
    (OWN, False, "the page itself"),
    (OWN + "/", False, "the page itself, with a slash"),
    ("https://www.news.example/rail/fined#comments", False, "the page itself, its comments"),
    ("https://nao.org.uk", False, "a home page"),
    ("https://nao.org.uk/", False, "a home page"),
    ("https://www.facebook.com/sharer.php?u=x", False, "a share link"),
    ("https://twitter.com/intent/tweet?text=x", False, "a share link"),
    ("https://wa.me/?text=x", False, "a share link"),
    ("https://www.change.org/p/stop-it", False, "a petition"),
    ("https://campaign.example/petitions/stop-it", False, "a petition of one's own"),
    ("https://campaign.example/take-action/write", False, "an appeal"),
    ("https://campaign.example/donate?amount=5", False, "a donation link"),
    ("https://www.justgiving.com/x", False, "a donation link"),
    ("https://news.example/newsletter/rail", False, "a sign-up"),
    ("https://news.example/author/ann-lee", False, "an author's page"),
    ("https://news.example/tag/rail", False, "a tag"),
    ("mailto:ann@news.example", False, "no page at all"),
    ("javascript:alert(1)", False, "a program"),
    ("ftp://files.example/x.csv", False, "another scheme"),
    ("https:///x", False, "no host"),
    ("http://[::1", False, "no address at all"),
    ("tel:+441234567", False, "no page at all"),
    ("", False, "nothing"),
    ("https://nao.org.uk/en/", False, "a home page in one language"),
    ("https://nao.org.uk/index.html", False, "a home page by its file"),
    ("https://nao.org.uk/?utm_source=mail", False, "a home page, its visits counted"),
    ("https://news.example/authorities/annual-returns", True, "authorities are no authors"),
    ("https://news.example/contact-tracing-costs", True, "no contact form"),
    ("https://news.example/politics/donations-scandal-grows", True, "an article about donations"),
    ("https://news.example/privacy-watchdog-fines-firm", True, "an article about privacy"),
    ("https://parliament.example/joint-committee/reports/4", True, "joint is not join"),
    ("https://twitter.com/harbourtrust", False, "a profile says nothing"),
    ("https://twitter.com/harbourtrust/status/123", True, "a post does"),
    ("https://click.mail.example/?url=https%3A%2F%2Fwww.nao.org.uk%2Freports%2Fx", True, "a redirect, by its target"),
    ("https://click.mail.example/?url=https%3A%2F%2Fwww.nao.org.uk%2F", False, "a redirect to a home page"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fcourt.example%2Fj", True, "a redirect of a social site"),
    ("https://shop.example/click-100-200?sid=1", False, "a blind redirect"),
    ("https://web.archive.org/web/2020/https://court.example/judgment", True, "an archived page"),
    ("https://web.archive.org/web/2020/https://court.example/", False, "an archived home page"),
    ("https://news.example/login?next=https://court.example/j", False, "a sign-in"),
]


@pytest.mark.parametrize(("url", "expected", "reason"), BACKS, ids=[f"{why}: {url}" for url, _, why in BACKS])
def test_which_links_can_back_a_claim(url: str, expected: bool, reason: str) -> None:
    assert backs(url, OWN) is expected, reason


@pytest.mark.parametrize(
    ("anchor", "url", "expected"),
    [
        ("Ann Lee", "https://sport.example/player/33/ann-lee", False),
        ("Ann Lee was fined", "https://sport.example/player/33/ann-lee", True),
        ("Ann Lee", "https://sport.example/news/ann-lee-fined-for-diving", True),
    ],
)
def test_a_name_that_leads_to_the_page_about_it_backs_nothing(anchor: str, url: str, expected: bool) -> None:
    assert backs(url, OWN, anchor) is expected


def test_a_page_known_by_its_query_is_another_page() -> None:
    assert backs("https://news.example/story?id=8", "https://news.example/story?id=7")
    assert not backs("https://news.example/story?id=7&utm_medium=x", "https://news.example/story?id=7")


def test_redirects_are_followed_to_a_bounded_depth() -> None:
    url = "https://court.example/j"
    for _ in range(9):
        url = "https://r.example/?url=" + url.replace("&", "%26")
    assert target_of(url).startswith("https://")


TEXT = "It was fined £3m, the audit found. Another sentence."


def test_a_link_counts_where_its_words_lie_in_the_sentence() -> None:
    start = TEXT.index("the audit")
    links = [
        Link(start, start + 9, "https://www.nao.org.uk/reports/x/"),
        Link(TEXT.index("Another"), TEXT.index("Another") + 7, "https://court.example/j"),
    ]
    (found,) = linked_in(TEXT, links, (0, 34), OWN, builtin())
    assert (found.name, found.how, found.url) == ("National Audit Office", "linked", links[0].url)
    assert TEXT[found.start : found.end] == "the audit"


def test_a_link_to_an_unknown_host_is_named_by_the_host() -> None:
    links = [Link(0, 2, "https://www.court.example/j")]
    (found,) = linked_in(TEXT, links, (0, 34), None, builtin())
    assert found.name == "court.example"


def test_a_link_without_words_shows_nothing() -> None:
    assert (
        linked_in(
            TEXT,
            [Link(2, 3, "https://court.example/j"), Link(6, 6, "https://court.example/k")],
            (3, 34),
            None,
            builtin(),
        )
        == ()
    )


ONE = SourceMention("a", "https://a.example/1", "linked", 10, 15)
TWO = SourceMention("b", "https://b.example/2", "linked", 40, 45)
BELONGS = [
    ((0, 20), [(0, 20), (30, 50)], (ONE,), "each link in its own claim"),
    ((30, 50), [(0, 20), (30, 50)], (TWO,), "each link in its own claim"),
    ((0, 8), [(0, 8), (17, 38)], (ONE,), "beside it: the nearer one"),
    ((0, 50), [(0, 50)], (ONE, TWO), "one claim has them all"),
]


@pytest.mark.parametrize(("claim", "claims", "expected", "reason"), BELONGS)
def test_of_several_links_and_claims_each_has_its_own(
    claim: tuple[int, int], claims: list[tuple[int, int]], expected: tuple[SourceMention, ...], reason: str
) -> None:
    assert belonging((ONE, TWO), claim, claims) == expected, reason


def test_one_link_backs_the_whole_sentence() -> None:
    assert belonging((ONE,), (30, 50), [(0, 20), (30, 50)]) == (ONE,)
