"""What sites' files take and leave on their golden pages, each row with its reason, and what a file may declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrapers.document import Capture, Document
from scrapers.generic import extract_html
from scrapers.registry import scraper_for
from scrapers.site import Site, all_sites, by_attribute, by_class, layout_doubt, lost_layout, site_of, stated_address

GOLDEN = Path(__file__).parent.parent / "golden" / "sites"
SENTENCE = "The port paid a fine of 40,000 pounds in January and another in May of the same year. "


def both(name: str) -> tuple[Document, Document]:
    """A golden page as any page is read, and as its site's file reads it."""
    body = (GOLDEN / name).read_bytes()
    given = Capture(source=name, body=body, fetched_at="2024-01-01T00:00:00Z", url=stated_address(body), filename=name)
    return extract_html(given), scraper_for(given).extract(given)


@pytest.mark.parametrize(
    ("name", "furniture", "own"),
    [
        # A gallery, other stories, a box for voters, an embedded chart, the notes behind the rule.
        ("apnews.html", ("spills over", "What to know", "Chart loading", "Hensley reported"), ()),
        ("apnews-2022.html", ("first sent on",), ()),
        # The hidden words at the end of external links.
        ("bbc.html", (", external", "Advertisement"), ()),
        ("bbc-2012.html", ("Last updated",), ()),
        ("bbc-live.html", (), ("40 tonnes of paint",)),
        ("bbc-stream.html", ("BBC court reporter", "Page 1 of 4"), ("never asked",)),
        ("govuk-guidance.html", ("Applies to England", "0300 555"), ()),
        # The summary above a speech is the department's, not the speaker's.
        ("govuk-speech.html", ("what went wrong with the last ones",), ()),
        # The standfirst, and the line that tells of a correction.
        ("guardian.html", ("Sign up to", "400,000 readers"), ("four in ten", "amended on 16 February")),
        ("guardian-2019.html", (), ("a clerk who can explain",)),
        # A pinned post stands twice.
        ("guardian-live.html", ("Pinned:",), ()),
        ("nao-release.html", ("7946 0441",), ()),
        (
            "ons.html",
            ("Back to table", "Download this chart", ".csv"),
            ("160 coastal towns by industry", "Main points"),
        ),
        ("ons-2016.html", ("Back to table",), ("Part-time crews",)),
        ("opendemocracy.html", ("Help us dig", "9,000 readers"), ("asked for one", "met officials 83 times")),
        ("reuters.html", ("opens new tab", "sent daily", "Our Standards"), ()),
        ("sfo.html", ("7946 0199",), ()),
        ("sputnik.html", ("Advertisement", "Tor Belling"), ("47 of 52 cranes", "which we have published")),
        ("sputnik-2019.html", ("the author's view alone",), ("for 31 million, all within",)),
    ],
)
def test_furniture_is_left_out_and_the_articles_own_words_are_kept(
    name: str, furniture: tuple[str, ...], own: tuple[str, ...]
) -> None:
    page, (_, ours) = (GOLDEN / name).read_text(encoding="utf-8"), both(name)
    for words in furniture:
        assert words in page, f"{words!r} is not on the page: this row proves nothing"
        assert words not in ours.text
    for words in own:
        assert words in ours.text


FIELDS = ("title", "byline", "publisher", "published", "modified", "kind", "text")


@pytest.mark.parametrize("name", sorted({site.name for site in all_sites()}))
def test_every_site_file_is_worth_having(name: str) -> None:
    differs = []
    for path in GOLDEN.glob(f"{name}*.html"):
        plain, ours = both(path.name)
        differs += [field for field in FIELDS if getattr(plain, field) != getattr(ours, field)]
    assert differs, f"{name}: any page's reader says the same; the file can go"


# --- what a site declares -------------------------------------------------------------------------

TALK = Site(
    name="talk",
    version="1",
    hosts=("talk.example",),
    paths=("/*/talks/", "/essays/"),
    body=(by_attribute("data-part", "words", "list"),),
    title_at="//h2[@class='name']",
    byline_at="//p[@class='by']",
    house=("The Desk", "Talk"),
    published_at="//p[@class='when']",
    modified_at="//p[@class='changed']",
)


def talk(inner: str, site: Site = TALK) -> Document:
    page = f"<title>Talk</title><h1>Talk</h1>{inner}<div data-part='words'><p>{SENTENCE * 3}</p></div>"
    return extract_html(Capture(source="t.html", body=page.encode(), fetched_at="2024-01-01T00:00:00Z"), site)


def test_a_title_and_dates_in_words_are_read_where_the_site_says() -> None:
    given = (
        "<h2 class='name'>On harbours</h2><p class='when'>Given on 3rd May 2019</p><p class='changed'>June 1, 2020</p>"
    )
    document = talk(given)
    assert (document.title, document.published, document.modified) == ("On harbours", "2019-05-03", "2020-06-01")
    assert document.text.startswith("On harbours")
    # Day and month could be swapped: nothing is guessed.
    assert talk("<p class='changed'>03/04/2020</p>").modified is None


@pytest.mark.parametrize(
    ("inner", "byline"),
    [
        ("<p class='by'>By Ana Ruiz</p><p class='by'>by: Bo Lund</p>", "Ana Ruiz, Bo Lund"),
        ("<p class='by'>By The Desk</p><p class='by'>Bo Lund</p>", "Bo Lund"),
        ("<p class='by'>the desk</p>", None),
        # A name that only begins like it.
        ("<p class='by'>Byron Lund</p>", "Byron Lund"),
        ("<p class='by'>Talk Ruiz</p>", "Talk Ruiz"),
    ],
)
def test_a_byline_loses_its_by_and_the_houses_own_names(inner: str, byline: str | None) -> None:
    assert talk(inner).byline == byline


@pytest.mark.parametrize(
    ("stated", "speaker"),
    [
        ("The Rt Hon Ann Lee MP", "Ann Lee"),
        ("The Right Honourable the Lord Marsh KC", "Lord Marsh"),
        ("Dame Ann Lee DBE, CMG", "Dame Ann Lee"),
        ("Mpho Lee", "Mpho Lee"),
    ],
)
def test_a_speaker_is_named_without_styles(stated: str, speaker: str) -> None:
    site = Site(name="talk", version="1", hosts=("talk.example",), speaker_at="//p[@class='by']", body=TALK.body)
    document = talk(f"<p class='by'>{stated}</p>", site)
    assert document.byline == speaker
    assert document.won_by["speaker"] == "talk"
    assert "speaker" not in talk("", site).won_by


@pytest.mark.parametrize(
    ("path", "is_served"),
    [
        ("/2020/talks/one", True),
        ("/a/b/talks/one", True),
        ("/talks/one", False),
        ("/essays/one", True),
        ("/en/essays/one", False),
        ("/2020/talks", False),
    ],
)
def test_a_star_stands_for_anything_in_between(path: str, is_served: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers.site.all_sites", lambda: (TALK,))
    assert (site_of(f"https://talk.example{path}") is TALK) is is_served


def test_a_layout_that_was_not_found_is_a_doubt_in_one_line() -> None:
    site = Site(name="talk", version="1", hosts=("talk.example",), body=(by_class("gone"),))
    inner = f"<article><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p></article>"
    page = f"<title>Talk</title><h1>Talk</h1>{inner}".encode()
    lost = extract_html(Capture(source="t.html", body=page, fetched_at="2024-01-01T00:00:00Z"), site)
    assert lost_layout(lost.won_by) == "talk"
    assert lost.doubt == layout_doubt(lost.won_by) == "the layout of talk was not found, read as any page"
    assert talk("").doubt is None
    assert lost_layout({"layout": "otherwise", "text": "talk"}) is None
