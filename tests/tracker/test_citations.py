"""Citations word for word, what they must mark, and what must not get through them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from tracker.citing.citations import Citation, CitedSource, as_html, as_markdown, as_text
from tracker.citing.figures import counted_in_words, date_in_words, figure_in_words, number_in_words, plural
from tracker.citing.formats import formats
from tracker.reading.values import Figure

CHECKED = Citation(
    claim_id=12,
    kind="article",
    quote="falsified data\n252 times",
    figures=("252 times",),
    tellers=("The Post", "Priya Nair"),
    origin="Public Hands",
    stance="asserted",
    title="Data altered",
    byline="Mo Hart",
    publisher="The Post",
    published="2020-07-02T08:00:00Z",
    url="https://post.example/a?b=1&c=2",
    accessed="2021-03-04T00:00:00Z",
    archived="sha256:0123456789abcdef",
    sources=(CitedSource("National Audit Office", "https://nao.example/r", "linked"),),
    sourcing_reason="links National Audit Office",
    problems=(),
)
DOUBTFUL = replace(CHECKED, problems=("nobody has reviewed it", "it has no verdict"))
HEAD = '"falsified data 252 times" (Priya Nair, Public Hands), '
TAIL = "[read 4 March 2021, claim 12, archived sha256:0123456789ab]"


def test_as_text_word_for_word() -> None:
    assert as_text(CHECKED) == (
        f"{HEAD}Data altered, The Post, 2 July 2020, https://post.example/a?b=1&c=2 {TAIL}.\n"
        "Figure: 252 times.\n"
        "Source: National Audit Office, https://nao.example/r."
    )


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        (CitedSource("https://a.example/1", "https://a.example/1", "attached"), "https://a.example/1", "untitled"),
        (CitedSource("https://a.example/1 (Court), p. 4", "https://a.example/1", "attached"),
         "https://a.example/1 (Court), p. 4", "untitled, with its publisher and a place in it"),
        (CitedSource("https://a.example/12", "https://a.example/1", "attached"),
         "https://a.example/12, https://a.example/1", "another address is a name like any"),
        (CitedSource("Court", "https://a.example/1", "attached"), "Court, https://a.example/1", "a name, then where"),
    ],
)  # fmt: skip
def test_an_address_is_given_once(source: CitedSource, line: str, why: str) -> None:
    citation = replace(CHECKED, sources=(source,))
    assert as_text(citation).endswith(f"\nSource: {line}."), why
    annote = json.loads(formats()["csl-json"].render([citation]))[0]["annote"]
    assert annote.endswith(f"Source: {line}."), why


@pytest.mark.parametrize("form", list(formats()))
def test_every_form_says_that_the_page_is_gone(form: str) -> None:
    news = "gone since 3 March 2026 (410); its words are kept in the archive"
    made = formats()[form].render([replace(CHECKED, page_news=news)])
    assert f"Page: {news}." in made.replace("\\", "")
    assert "Page:" not in formats()[form].render([CHECKED])


def test_as_markdown_renders_the_same_words() -> None:
    rendered = MarkdownIt("commonmark").render(as_markdown(CHECKED))
    assert '<a href="https://post.example/a?b=1&amp;c=2">Data altered</a>, The Post, 2 July 2020' in rendered
    assert '<a href="https://nao.example/r">National Audit Office</a>' in rendered
    assert "&quot;falsified data 252 times&quot; (Priya Nair, Public Hands)" in rendered


def test_as_html_word_for_word() -> None:
    assert as_html(CHECKED) == (
        "<blockquote>\n<p><q>falsified data 252 times</q> (Priya Nair, Public Hands), "
        '<a href="https://post.example/a?b=1&amp;c=2"><cite>Data altered</cite></a>, The Post, 2 July 2020 '
        f"{TAIL}.</p>\n<p>Figure: 252 times.</p>\n"
        '<p>Source: <a href="https://nao.example/r">National Audit Office</a>.</p>\n</blockquote>'
    )


def test_every_format_is_found_by_its_name() -> None:
    assert list(formats()) == ["bibtex", "csl-json", "html", "markdown", "text"]
    assert [form.extension for form in formats().values()] == ["bib", "csl.json", "html", "md", "txt"]
    assert [name for name, form in formats().items() if form.saved] == ["bibtex", "csl-json"]


@pytest.mark.parametrize("form", formats())
def test_what_is_not_citable_says_so_first_with_every_reason(form: str) -> None:
    plain = formats()[form].render([DOUBTFUL]).replace("\\", "")
    assert plain.index("NOT CHECKED: nobody has reviewed it; it has no verdict.") < plain.index("falsified")
    assert plain.index("NOT CHECKED: ") < plain.index("Data altered")
    assert "NOT CHECKED" not in formats()[form].render([CHECKED])


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_several_stand_apart_by_a_blank_line_with_the_remark_in_front(form: str) -> None:
    one, both = (formats()[form].render(given) for given in ([CHECKED], [CHECKED, CHECKED]))
    assert both == f"{one}\n\n{one}"
    assert "\n\n" not in one
    remarked = formats()[form].render([CHECKED], "First 1 of 2 claims.")
    assert remarked.endswith(f"\n\n{one}")
    assert "First 1 of 2 claims." in remarked.partition("\n\n")[0]
    assert formats()[form].render([]) == ""


def test_what_is_not_known_is_said() -> None:
    bare = replace(
        CHECKED,
        tellers=(),
        origin=None,
        publisher=None,
        published=None,
        url=None,
        sources=(),
        figures=(),
        sourcing_reason="names nothing",
    )
    assert as_text(bare) == (
        f'"falsified data 252 times" (speaker not known), Data altered, no date {TAIL}.\n'
        "Source: none given (names nothing)."
    )


@pytest.mark.parametrize("form", formats())
@pytest.mark.parametrize(
    ("stance", "words"),
    [
        ("denied", "DENIED by Priya Nair"),
        ("hypothetical", "as a possibility, by Priya"),
        ("hedged", "as uncertain, by"),
    ],
)
def test_a_denial_never_reads_as_an_assertion(form: str, stance: str, words: str) -> None:
    assert words in formats()[form].render([replace(CHECKED, stance=stance)]).replace("\\", "")


def test_everybody_between_the_publisher_and_the_speaker_is_named() -> None:
    told = replace(CHECKED, tellers=("The Post", "the Guardian", "Acme's boss"), origin="Acme")
    assert "(Acme's boss; reported by the Guardian), " in as_text(told)


def test_a_source_without_an_address_is_said_to_have_none() -> None:
    named = replace(CHECKED, sources=(CitedSource("Survation", None, "named"), *CHECKED.sources))
    assert "Survation (named, no link); National Audit Office, https" in as_text(named)


def test_an_origin_that_is_the_speaker_is_said_once() -> None:
    assert "(The Post), " in as_text(replace(CHECKED, tellers=("The Post",), origin="The Post"))


ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</blockquote><iframe src=//evil.example>",
    "&lt;script&gt;",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "<https://evil.example>",
    "**bold** _it_ `code` # head",
    "a](<javascript:alert(1)>) [b",
    "line\n# heading\n\n- list",
    "\\",
    "*\\*",
    "&#60;b&#62;",
    "https://evil.example",
    "| a | b |\n|---|---|",
    "~~~\ncode\n~~~",
    "1. one",
    "[ref]: javascript:alert(1)",
]
FIELDS = ("quote", "tellers", "origin", "title", "publisher", "published")


def visible(fragment: str) -> str:
    """A rendered fragment without the tags that every citation has."""
    for tag in ("blockquote", "p", "q", "cite", "strong"):
        fragment = fragment.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    for link in ("https://post.example/a?b=1&amp;c=2", "https://nao.example/r"):
        fragment = fragment.replace(f'<a href="{link}">', "")
    return fragment.replace("</a>", "").replace("<br />", "").replace('<strong class="not-checked">', "")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_markup_of_the_press_gets_through(field: str, attack: str) -> None:
    value = ("The Post", attack) if field == "tellers" else attack
    citation = replace(CHECKED, **{field: value})  # type: ignore[arg-type]
    assert "<" not in visible(as_html(citation))
    assert "<" not in visible(MarkdownIt("commonmark").render(as_markdown(citation)))


@pytest.mark.parametrize("attack", ATTACKS)
def test_nor_through_the_name_of_a_source_or_a_figure(attack: str) -> None:
    citation = replace(CHECKED, sources=(CitedSource(attack, None, "named"),), figures=(attack,))
    assert "<" not in visible(as_html(citation))
    assert "<" not in visible(MarkdownIt("commonmark").render(as_markdown(citation)))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        " https://a.example",
        "https://a.example/\" x='",
        "https://a.example/<b>",
        "file:///etc/passwd",
        "//a.example",
        "https://a.example/x\njavascript:alert(1)",
        "https://a.example/x\n",
        "https://a.example/\u202e",
    ],
)
def test_an_address_that_is_not_plainly_http_is_no_link(url: str) -> None:
    citation = replace(CHECKED, url=url, sources=(CitedSource("x", url, "linked"),))
    assert "href" not in as_html(citation)
    assert "<a " not in MarkdownIt("commonmark").render(as_markdown(citation))


@pytest.mark.parametrize("attack", ["a\nNOT CHECKED: no\nb", "a\r\nb", "a\u2028b", "a\x85\x0b\x1cb"])
@pytest.mark.parametrize("field", ["quote", "title", "publisher", "origin", "url"])
def test_a_text_citation_has_its_lines_and_no_others(field: str, attack: str) -> None:
    assert len(as_text(replace(CHECKED, **{field: attack})).splitlines()) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nor_through_the_reason_why_there_is_no_source(attack: str) -> None:
    citation = replace(CHECKED, sources=(), sourcing_reason=attack)
    assert "<" not in visible(as_html(citation))
    assert "<" not in visible(MarkdownIt("commonmark").render(as_markdown(citation)))


@pytest.mark.parametrize("form", formats())
def test_nothing_that_a_terminal_obeys_gets_into_a_file(form: str) -> None:
    nasty = "red \x1b[31m\x07 \x9b \u202e text \ud800"
    bad = replace(
        DOUBTFUL,
        **dict.fromkeys(("quote", "title", "byline", "publisher", "published", "origin", "url"), nasty),  # type: ignore[arg-type]
        tellers=(nasty,),
        figures=(nasty,),
        sources=(CitedSource(nasty, nasty, "linked"),),
        problems=(nasty,),
    )
    made = formats()[form].render([bad])
    made.encode()
    if form == "csl-json":
        made = str(json.loads(made))
    assert "red" in made
    assert not set("\x1b\x07\x9b\u202e") & set(made)


# --------------------------------------------------------------- figures


def figure(value: float | None = None, **more: object) -> Figure:
    given = {"low": value, "high": value, "start": 0, "end": 1, "text": "x", "value": value, **more}
    return Figure(**given)  # type: ignore[arg-type]


WORDS = [
    (figure(23e6, unit="GBP", dimension="money"), "£23,000,000", "a sum"),
    (
        figure(20e6, unit="GBP", dimension="money", comparator=">", unit_stated=False),
        "over £20,000,000 (currency inferred)",
        "an inferred currency is marked",
    ),
    (
        figure(20e6, dimension="money", unit_stated=False),
        "20,000,000 (currency not known)",
        "an unknown one too",
    ),
    (figure(180, unit="person", dimension="count", unit_stated=False), "180 people (unit inferred)", "no currency"),
    (figure(0, unit="percent", dimension="proportion", unit_stated=False), "0 % (unit inferred)", "of a share neither"),
    (figure(3e6, unit="CHF", dimension="money"), "3,000,000 CHF", "a currency without a sign"),
    (figure(15, unit="percent", dimension="proportion"), "15 %", "a share"),
    (figure(2 / 3, unit="fraction", text="two  thirds"), "two thirds", "a fraction in its own words"),
    (figure(252, unit="time"), "252 times", "a count"),
    (figure(1, unit="hour"), "1 hour", "one is singular"),
    (figure(400_000, unit="woman", comparator=">="), "at least 400,000 women", "an odd plural"),
    (figure(None, low=10.0, high=12.0, unit="mile"), "10 to 12 miles", "a range"),
    (
        figure(None, low=9.8e6, high=1.42e7, unit="GBP", dimension="money", trend="down", text="£14.2m to £9.8m"),
        "from £14,200,000 to £9,800,000",
        "a change in its order",
    ),
    (
        figure(None, low=60.0, high=80.0, unit="percent", comparator=">", trend="down", text="80 to 60 per cent"),
        "from over 80 to 60 %",
        "a bound of the level before",
    ),
    (
        figure(None, low=5.0, high=8.0, unit="percent", trend="down", text="5 to 8 per cent"),
        "5 to 8 %",
        "the size of a fall",
    ),
    (figure(None, low=10.0, unit="mile", comparator=">="), "at least 10 miles", "a range with an open end"),
    (figure(0.1, unit="mile", comparator="~"), "about 0.1 miles", "a decimal"),
    (
        figure(None, date="--09", dimension="date", comparator=">="),
        "not before September (year not stated)",
        "a year open",
    ),
    (
        figure(None, date="2020-09-30", dimension="date", comparator="<="),
        "by 30 September 2020",
        "a deadline",
    ),
]


@pytest.mark.parametrize(("given", "expected", "reason"), WORDS, ids=[reason for _, _, reason in WORDS])
def test_a_figure_in_words(given: Figure, expected: str, reason: str) -> None:
    assert figure_in_words(given) == expected, reason


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1749, "1,749"), (0.5, "0.5"), (2 / 3, "0.6667"), (-3.0, "-3"), (1e20, "1e+20"), (0, "0")],
)
def test_a_number_in_words(number: float, expected: str) -> None:
    assert number_in_words(number) == expected


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2020", "2020"),
        ("2020-09", "September 2020"),
        ("2020-09-30", "30 September 2020"),
        ("--09-05", "5 September (year not stated)"),
        ("2020-07-02T08:00:00Z", "2 July 2020"),
        ("2020-13", "2020-13"),
        ("soon", "soon"),
    ],
)
def test_a_date_in_words(iso: str, expected: str) -> None:
    assert date_in_words(iso) == expected


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("hour", "hours"),
        ("company", "companies"),
        ("day", "days"),
        ("inch", "inches"),
        ("fireman", "firemen"),
        ("person", "people"),
        ("boss", "bosses"),
        ("human", "humans"),
    ],
)
def test_plural(noun: str, expected: str) -> None:
    assert plural(noun) == expected


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2020-09", "September 2020"),
        ("--09", "September (year not stated)"),
        ("--05-14", "14 May (year not stated)"),
        ("2026-21", "spring 2026"),
        ("--23", "autumn (year not stated)"),
        ("2019-W47", "the week of 18 November 2019"),
        ("2019-35", "third quarter of 2019"),
        ("2019-40", "first half of 2019"),
        ("--33", "first quarter (year not stated)"),
        ("199X", "1990s"),
        ("18XX", "1800s"),
        ("XX68", "’68"),
        ("XX9X", "’90s"),
        ("2010/2013", "2010 to 2013"),
        ("2020-05-03/2020-05-05", "3 May 2020 to 5 May 2020"),
        ("2020", "2020"),
    ],
)
def test_partial_dates_in_words(iso: str, words: str) -> None:
    assert date_in_words(iso) == words


@pytest.mark.parametrize(
    ("unit", "of", "words"),
    [
        ("caller", "callers", ""),
        ("log", "call logs", ""),
        ("person", "persons", ""),
        ("woman", "women", ""),
        ("inquiry", "open inquiries", ""),
        ("caller per week", "callers per week", ""),
        ("percent", "call  handlers", "of call handlers"),
        ("man", "women", "of women"),
        ("GBP", "a year", "a year"),
        ("GBP", "annual costs", "of annual costs"),
        (None, "them", "of them"),
        ("log", None, ""),
        (None, " ", ""),
    ],
)
def test_what_a_figure_is_of_is_not_said_twice(unit: str | None, of: str | None, words: str) -> None:
    assert counted_in_words(unit, of) == words
