"""BibTeX entries word for word; and that nothing the press writes ever leaves its field."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.citing.bibtex import as_bibtex
from tracker.citing.citations import Citation, CitedSource, flat
from tracker.citing.formats import formats

CHECKED = Citation(
    claim_id=7,
    kind="article",
    quote="fined £3 million\nfor 412 delays",
    figures=("£3,000,000",),
    tellers=("Fenland Herald", "Ruth Ames"),
    origin="Track Watch",
    stance="asserted",
    title="Fines & delays: 40% up",
    byline="Jo Marsh and Sam Lee",
    publisher="Fenland Herald",
    published="2021-05-06T07:00:00Z",
    url="https://herald.example/a_b?x=1&y=50%25#top",
    accessed="2021-06-07T08:09:10Z",
    archived="sha256:00ff",
    sources=(CitedSource("Audit Board", "https://audit.example/r", "linked"),),
    sourcing_reason="links Audit Board",
    problems=(),
)

# ------------------------------------------------ a strict reader of what we write

_HEAD = re.compile(r"@(online|misc)\{(claim-[0-9]+),\n")
_FIELD = re.compile(r"  ([a-z]+) = \{")
_SIGN = re.compile(
    r"\\(textbackslash|textbraceleft|textbraceright|textasciitilde|textasciicircum|textbar|textless|textgreater)\{\}"
    r"|\\([%&#$_])|([^\\{}~^|<>%&#$_\n])"
)
_NAMED = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
}
_AS_IT_IS = {"url", "date", "urldate"}


def entries(source: str) -> list[tuple[str, str, dict[str, str]]]:
    """Type, key and fields of every entry; braces are counted as BibTeX counts them, backslash or not.

    Any sign outside its place is a ValueError.
    """
    found: list[tuple[str, str, dict[str, str]]] = []
    while source := source.lstrip("\n"):
        if source.startswith("% "):
            comment, _, source = source.partition("\n")
            if "@" in comment:
                raise ValueError(comment)
            continue
        head = _HEAD.match(source)
        if head is None:
            raise ValueError(source[:80])
        source, fields = source[head.end() :], {}
        while field := _FIELD.match(source):
            value, source = _value(source[field.end() :])
            if field[1] in fields:
                raise ValueError(f"{field[1]} twice")
            fields[field[1]] = value
        if not source.startswith("}"):
            raise ValueError(source[:80])
        source = source[1:]
        found.append((head[1], head[2], fields))
    return found


def _value(rest: str) -> tuple[str, str]:
    depth = 1
    for place, sign in enumerate(rest):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if not depth:
            if not rest.startswith(",\n", place + 1):
                raise ValueError(rest[place : place + 20])
            return rest[:place], rest[place + 3 :]
    raise ValueError("a field without end")


def plain(value: str) -> str:
    """The words that TeX would set; a sign that it would obey is a ValueError."""
    if value.startswith("{") and value.endswith("}"):
        value = value[1:-1]
    words, at = [], 0
    while at < len(value):
        sign = _SIGN.match(value, at)
        if sign is None:
            raise ValueError(value[at : at + 20])
        words.append(_NAMED[sign[1]] if sign[1] else sign[2] or sign[3])
        at = sign.end()
    return "".join(words)


def names(value: str) -> str:
    """The names of an author field, each in braces of its own."""
    return " and ".join(plain(name) for name in re.split(r"(?<=\}) and (?=\{)", value))


def read(source: str) -> tuple[str, str, dict[str, str]]:
    ((kind, key, fields),) = entries(source)
    readers = {"author": names, **dict.fromkeys(_AS_IT_IS, str)}
    return kind, key, {name: readers.get(name, plain)(value) for name, value in fields.items()}


@pytest.mark.parametrize(
    "broken",
    [
        "@online{claim-1,\n  title = {a}b},\n}",
        "@online{claim-1,\n  title = {a\\}},\n}",
        "@online{claim-1,\n  title = {a},\n",
        "@online{claim-1,\n  title = {a},\n}}",
        "@string{x}",
        "% a @b",
    ],
)
def test_the_reader_is_strict(broken: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        entries(broken)


@pytest.mark.parametrize("raw", ["50%", "a_b", "a{b", "\\input{x}", "a~b", "$x$"])
def test_the_reader_takes_no_sign_that_tex_obeys(raw: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        plain(raw)


# ------------------------------------------------------------------ golden


def test_an_entry_word_for_word() -> None:
    assert as_bibtex(CHECKED) == (
        "@online{claim-7,\n"
        "  author = {{Jo Marsh} and {Sam Lee}},\n"
        "  title = {{Fines \\& delays: 40\\% up}},\n"
        "  organization = {{Fenland Herald}},\n"
        "  date = {2021-05-06},\n"
        "  url = {https://herald.example/a_b?x=1&y=50%25#top},\n"
        "  urldate = {2021-06-07},\n"
        "  note = {Claim 7: Ruth Ames, Track Watch},\n"
        "  abstract = {fined £3 million for 412 delays},\n"
        "  annotation = {Figure: £3,000,000. Source: Audit Board, https://audit.example/r. "
        "Archived sha256:00ff, read 2021-06-07.},\n"
        "}"
    )


def test_what_is_not_citable_shows_it_in_the_title_and_in_the_note() -> None:
    doubtful = replace(CHECKED, problems=("nobody has reviewed it", "it has no verdict"))
    _, _, fields = read(as_bibtex(doubtful))
    assert fields["title"] == "NOT CHECKED: Fines & delays: 40% up"
    assert fields["note"].startswith("NOT CHECKED: nobody has reviewed it; it has no verdict. Claim 7: ")


ROWS: list[tuple[dict[str, object], str, dict[str, str | None], str]] = [
    ({"byline": None}, "online", {"author": "Fenland Herald", "organization": None}, "named once only"),
    ({"byline": None, "publisher": None}, "online", {"author": "Fenland Herald"}, "the outermost teller signs"),
    ({"byline": None, "publisher": None, "tellers": ()}, "online", {"author": None}, "nobody is made up"),
    ({"url": None}, "misc", {"url": None, "urldate": None, "howpublished": "Article"}, "no address"),
    ({"url": None, "kind": "email"}, "misc", {"howpublished": "E-mail"}, "an e-mail"),
    ({"url": None, "kind": "release"}, "misc", {"howpublished": "Press release"}, "a release"),
    ({"url": "javascript:alert(1)"}, "misc", {"url": None}, "an address of no web page"),
    ({"published": "2021-05"}, "online", {"date": "2021-05"}, "a month"),
    ({"published": "2021"}, "online", {"date": "2021"}, "a year"),
    ({"published": None}, "online", {"date": None}, "no date"),
    ({"published": "2021-02-30"}, "online", {"date": None}, "a day that never was"),
    ({"published": "soon},\n}"}, "online", {"date": None}, "no date at all"),
    ({"published": "0000"}, "online", {"date": None}, "a year that never was"),
    ({"claim_id": 12345}, "online", {"title": "Fines & delays: 40% up"}, "a long number"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "kind", "expected", "reason"), ROWS, ids=[row[-1] for row in ROWS])
def test_what_an_entry_says(
    changes: dict[str, object], kind: str, expected: dict[str, str | None], reason: str
) -> None:
    citation = replace(CHECKED, **changes)  # type: ignore[arg-type]
    found, key, fields = read(as_bibtex(citation))
    assert (found, key) == (kind, f"claim-{citation.claim_id}"), reason
    for name, value in expected.items():
        assert fields.get(name) == value, reason


def test_an_address_that_is_none_is_still_told() -> None:
    _, _, fields = read(as_bibtex(replace(CHECKED, url="ftp://files.example/a_b")))
    assert "Address: ftp://files.example/a_b." in fields["annotation"]


def test_a_key_does_not_change_with_what_is_corrected() -> None:
    before, after = (read(as_bibtex(c))[1] for c in (CHECKED, replace(CHECKED, origin="X", publisher="Y", title="Z")))
    assert before == after
    assert before.isascii()


def test_several_entries_each_once_with_the_remark_as_a_comment() -> None:
    bibtex = formats()["bibtex"]
    made = bibtex.render([CHECKED, replace(CHECKED, claim_id=8), CHECKED], "First 2 of 9 @claims.\n@x")
    assert made.startswith("% First 2 of 9  at claims.  at x\n\n@online{claim-7,")
    assert [key for _, key, _ in entries(made)] == ["claim-7", "claim-8"]
    assert bibtex.render([]) == ""
    assert bibtex.render([], "No claims.") == "% No claims."


# --------------------------------------------------------------- injection

ATTACKS = [
    "},\n}\n@online{evil,\n  title = {x",
    "}", "{", "}{", "{{{", "a\\", "\\}", "\\\\}", "\\{", "\\input{/etc/passwd}", "\\write18{id}", "100% sure",
    "@article{evil, title={x}}", "\n@string{x = \"y\"}\n", "a\r\n}\r\n@misc{b,", "$\\infty$", "#1", "a_b^c~d",
    "<b>|</b>", "%\n}", "\u2028}\u2029@comment", "^^7d", "\\csname end\\endcsname", "\" # x # \"", "{\\rm x}", "\0}",
    "Łódź — “naïve”",
]  # fmt: skip
FIELDS = ("quote", "title", "byline", "publisher", "origin", "published", "archived", "sourcing_reason", "url", "kind")


def attacked(field: str, attack: str) -> Citation:
    changed = replace(CHECKED, **{field: attack})  # type: ignore[arg-type]
    return replace(changed, sources=()) if field == "sourcing_reason" else changed


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_breaks_out_of_its_field(field: str, attack: str) -> None:
    kind, key, fields = read(as_bibtex(attacked(field, attack)))
    assert key == "claim-7"
    assert set(fields) - {"howpublished"} >= {"title", "note", "abstract", "annotation"}
    said = {"quote": "abstract", "title": "title", "byline": "author", "publisher": "organization"}.get(field)
    if said:
        assert fields[said] == flat(attack)
    assert kind == ("misc" if field == "url" else "online")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nor_out_of_names_figures_sources_or_reasons(attack: str) -> None:
    citation = replace(
        CHECKED,
        tellers=(attack, attack),
        figures=(attack,),
        sources=(CitedSource(attack, attack, "linked"), CitedSource(attack, None, "named")),
        problems=(attack,),
    )
    _, _, fields = read(as_bibtex(citation))
    assert fields["note"].startswith(f"NOT CHECKED: {flat(attack)}. Claim 7: {flat(attack)}")


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example/{x}", "https://a.example/%7Bx%7D"),
        ("https://a.example/}\\{", "https://a.example/%7D%5C%7B"),
        ("https://a.example/%7B_#$&~", "https://a.example/%7B_#$&~"),
        ("https://a.example/^`|", "https://a.example/%5E%60%7C"),
        ("https://ä.example/ö", "https://ä.example/ö"),
    ],
)
def test_an_address_is_verbatim_but_for_what_would_end_its_field(url: str, written: str) -> None:
    assert read(as_bibtex(replace(CHECKED, url=url)))[2]["url"] == written


@given(words=st.text(), field=st.sampled_from(FIELDS))
def test_any_words_stay_in_their_field(words: str, field: str) -> None:
    _, _, fields = read(as_bibtex(attacked(field, words)))
    if field == "title":
        assert fields["title"] == flat(words)
