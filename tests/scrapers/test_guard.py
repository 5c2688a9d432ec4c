"""Which addresses are refused by their spelling, and which spellings name the same document."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.errors import RefusedAddress
from scrapers.guard import canonical_url, check_url
from tracker.desk_requests import BadMove
from tracker.desk_sources import address

PRESS_DATA = Path(os.environ.get("PRESS_DATA", Path(__file__).parents[3] / "shared"))

SAME = [
    # (one spelling, its canonical form, why)
    ("HTTPS://News.Example/A", "https://news.example/A", "host in any case, path not"),
    ("https://news.example", "https://news.example/", "no path is the root"),
    ("https://news.example:443/a", "https://news.example/a", "the default port"),
    ("http://news.example:8080/a", "http://news.example:8080/a", "another port is another server"),
    ("https://news.example./a", "https://news.example/a", "the root dot of DNS"),
    ("https://news.example/a#part", "https://news.example/a", "a fragment is a place in the page"),
    ("https://news.example/a/./b/../c", "https://news.example/a/c", "dots"),
    ("https://news.example/../../a", "https://news.example/a", "dots above the root"),
    ("https://news.example/a/%2e%2e/b", "https://news.example/b", "dots in disguise"),
    ("https://news.example/a/", "https://news.example/a/", "a trailing slash may tell pages apart"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/", "punycode"),
    ("https://straße.example/", "https://xn--strae-oqa.example/", "IDNA 2008, not strasse"),
    ("https://news.example/caf\u00e9", "https://news.example/caf%C3%A9", "not ASCII"),
    ("https://news.example/%7euser/%c3%a9", "https://news.example/~user/%C3%A9", "one form of escapes"),
    ("https://news.example/a%2fb", "https://news.example/a%2Fb", "an escaped slash is no slash"),
    ("https://news.example/a?id=7&utm_source=x&fbclid=y", "https://news.example/a?id=7", "trackers"),
    ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2", "order of parameters"),
    ("https://news.example/a?a=2&a=1", "https://news.example/a?a=2&a=1", "order of one parameter's values"),
    ("https://news.example/a?7", "https://news.example/a?7", "a parameter without a value"),
    ("https://news.example/a?id=", "https://news.example/a?id=", "an empty value"),
    ("https://news.example/a?gallery=4", "https://news.example/a?gallery=4", "begins like a tracker"),
    ("https://news.example/a?x=1&amp;y=2", "https://news.example/a?x=1&y=2", "escaped in HTML"),
    (
        "https://a.example/s?u=https://b.example/x",
        "https://a.example/s?u=https://b.example/x",
        "an address inside",
    ),
    (
        "https://web.archive.org/web/2020/https://b.example/x",
        "https://web.archive.org/web/2020/https://b.example/x",
        "two slashes inside a path",
    ),
    ("  https://news.example/a\n", "https://news.example/a", "pasted with white space"),
    ("http://10.0.0.5/report", "http://10.0.0.5/report", "a file may be said to stem from an inner page"),
]


@pytest.mark.parametrize(("url", "expected", "why"), SAME, ids=[row[2] for row in SAME])
def test_canonical_spelling(url: str, expected: str, why: str) -> None:
    assert canonical_url(url) == expected
    assert canonical_url(expected) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("?7", "?8"),
        ("?id=7", "?id=8"),
        ("?page=1", "?page=2"),
        ("/a", "/b"),
        ("?q=a%26b", "?q=a&b"),
        ("/a", "/A"),
    ],
)
def test_two_documents_keep_two_spellings(one: str, other: str) -> None:
    base = "https://news.example"
    assert canonical_url(base + one) != canonical_url(base + other)


@pytest.mark.parametrize("url", ["", "news.example/a", "mailto:a@b.example", "https://", "http://[::1", "http://a b/"])
def test_what_is_no_web_address_has_no_canonical_spelling(url: str) -> None:
    with pytest.raises(RefusedAddress):
        canonical_url(url)


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=40),
    st.text(alphabet="ab7=&%?/#.+;\u00e9 ", max_size=30),
)
def test_canonical_spelling_is_its_own(path: str, query: str) -> None:
    once = canonical_url(f"https://news.example/{path}?{query}")
    assert canonical_url(once) == once
    assert once.isascii()
    check_url(once)


INNER = re.findall(
    r"\S+",
    """
    http://127.0.0.1/ http://127.1/ http://2130706433/ http://0x7f000001/ http://0x7f.1/ http://0177.0.0.1/
    http://017700000001/ http://0/ http://0.0.0.0/ http://localhost/ http://LOCALHOST./ http://a.localhost/
    http://10.0.0.1/ http://172.16.0.1/ http://192.168.0.1/ http://100.64.0.1/ http://169.254.169.254/
    http://224.0.0.1/ http://255.255.255.255/ http://[::1]/ http://[::]/ http://[fe80::1]/ http://[fd00::1]/
    http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/
    http://①②⑦.⓪.⓪.①/ http://127.0.0.1:80/ https://127.0.0.1/ http://127。0。0。1/
    """,
)


@pytest.mark.parametrize("url", INNER)
def test_inner_address_is_refused_in_every_notation(url: str) -> None:
    with pytest.raises(RefusedAddress):
        check_url(url)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "file: is not http or https"),
        ("ftp://news.example/", "ftp: is not http or https"),
        ("javascript:alert(1)", "javascript: is not http or https"),
        ("news.example/a", "it has no http:// or https://"),
        ("http://user:secret@news.example/", "it carries a user name or password"),
        ("http://news.example@10.0.0.1/", "it carries a user name or password"),
        ("http://news.example:22/", "port 22 is not allowed"),
        ("http://127.0.0.1:9/", "it is in an inner network"),
        ("http://192.168.0.1:8080/", "it is in an inner network"),
        ("http://a.localhost:8080/", "it is this machine's own"),
        ("http://news.example:99999/", "it is not a well-formed address"),
        ("http:///a", "it names no host"),
        ("http://news.example/\r\nHost: other", "control character"),
    ],
)
def test_refusal_gives_the_reason_in_one_line(url: str, reason: str) -> None:
    with pytest.raises(RefusedAddress) as caught:
        check_url(url)
    assert reason in str(caught.value)
    assert str(caught.value).isprintable()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["http://news.example/", "https://news.example:443/a?b#c", "http://8.8.8.8/", "https://bücher.example/"],
)
def test_public_address_is_let_through(url: str) -> None:
    check_url(url)


def test_ports_and_loopback_open_only_when_told() -> None:
    check_url("http://news.example:8080/", {8080})
    with pytest.raises(RefusedAddress, match="port 80 is not allowed"):
        check_url("http://news.example:80/", {8080})
    check_url("http://127.0.0.1/", allow_loopback=True)
    with pytest.raises(RefusedAddress):
        check_url("http://10.0.0.1/", allow_loopback=True)


def test_every_hostile_address_of_the_corpus_is_refused() -> None:
    corpus = PRESS_DATA / "corpora" / "hostile-urls" / "urls.txt"
    if not corpus.exists():
        pytest.skip(f"no corpus of hostile addresses: set PRESS_DATA (looked in {PRESS_DATA})")
    let_through = []
    for url in corpus.read_text(encoding="utf-8").splitlines():
        try:
            check_url(url)
        except RefusedAddress:
            continue
        let_through.append(url)
    assert let_through == []


@pytest.mark.parametrize("url", [*INNER, "http://news.example:8080/"])
def test_the_desk_refuses_to_attach_what_is_never_fetched(url: str) -> None:
    with pytest.raises(BadMove):
        address(url)


@pytest.mark.parametrize("url", ["https://news.example/a", "http://8.8.8.8/", "https://news.example:443/"])
def test_what_is_fetched_may_be_attached(url: str) -> None:
    check_url(url)
    assert address(url).startswith(url.partition(":443")[0])
