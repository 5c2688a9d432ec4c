"""Links through redirectors: rows of (link, what it leads to, reason)."""

from __future__ import annotations

import json
import time
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest

from scrapers.guard import canonical_url
from scrapers.html_tree import web_address
from scrapers.unwrap import unwrapped

TARGET = "https://mill.example/report?id=7&part=2"
CODED = quote(TARGET, safe="")


def base64(words: str) -> str:
    return urlsafe_b64encode(words.encode()).decode().rstrip("=")


def nested(depth: int) -> str:
    url = TARGET
    for _ in range(depth):
        url = "https://www.google.com/url?q=" + quote(url, safe="")
    return url


KNOWN = [
    (f"https://eur02.safelinks.protection.outlook.com/?url={CODED}&data=05%7C01", "Outlook"),
    (f"https://urldefense.proofpoint.com/v1/url?u={CODED}&k=x", "Proofpoint, first version"),
    ("https://urldefense.proofpoint.com/v2/url?u=https-3A__mill.example_report-3Fid-3D7-26part-3D2&d=Dw", "second"),
    (f"https://urldefense.com/v3/__{TARGET}__;!!abc!def$", "third"),
    ("https://urldefense.com/v3/__https://mill.example/report*id=7*part=2__;PyY!!abc!def$", "signs kept apart"),
    ("https://urldefense.com/v3/__https:/mill.example/report**Aid=7__;Pz8!!abc!d$", "a run, and a slash lost"),
    (f"https://www.google.co.uk/url?sa=D&q={CODED}&usg=x", "Google"),
    (f"https://l.facebook.com/l.php?u={CODED}&h=x", "Facebook"),
    (f"https://www.linkedin.com/redir/redirect?url={CODED}&urlhash=x", "LinkedIn"),
    (f"https://www.youtube.com/redirect?event=d&q={CODED}", "YouTube"),
    (f"https://duckduckgo.com/l/?uddg={CODED}", "a search engine"),
    (f"https://www.bing.com/ck/a?p=1&u=a1{base64(TARGET)}&ntb=1", "another, in base64"),
    (f"https://secure-web.cisco.com/1abc/{CODED}", "a path"),
    (f"https://x9.r.eu-west-1.awstrack.me/L0/{CODED}/1/0100-000/hash=4", "a path between others"),
    (f"https://substack.com/redirect/2/{base64(json.dumps({'e': TARGET}))}.c2ln", "JSON in base64, signed"),
    (f"https://e.customeriomail.com/e/c/{base64(json.dumps({'id': 3, 'href': TARGET}))}/x", "JSON in a path"),
    (
        f"https://mandrillapp.com/track/click/3/m?p={base64(json.dumps({'p': json.dumps({'url': TARGET})}))}",
        "JSON in JSON",
    ),
]


@pytest.mark.parametrize(("link", "reason"), KNOWN, ids=[row[-1] for row in KNOWN])
def test_known_redirectors_on_pages_and_in_mails(link: str, reason: str) -> None:
    expected = TARGET if "a run" not in reason else "https://mill.example/report??id=7"
    assert unwrapped(link) == expected, reason
    assert unwrapped(link, of_mail=True) == expected, reason
    assert web_address(link, None) == expected, reason


MAILERS = [
    (f"https://click.mailer.example/r?m=4&url={CODED}", "a parameter"),
    (f"https://mailer.example/c/?redirect_to={CODED}", "another name"),
    (f"https://mailer.example/c/{base64(TARGET)}/9", "base64 in the path"),
    (f"https://mailer.example/c?x={b64encode(json.dumps({'target': TARGET}).encode()).decode()}", "padded"),
    (f"https://mailer.example/c/{CODED}/9", "encoded in the path"),
    (f"https://mailer.example/r?u={quote(CODED, safe='')}", "encoded twice"),
]


@pytest.mark.parametrize(("link", "reason"), MAILERS, ids=[row[-1] for row in MAILERS])
def test_any_mailer_in_mails_only(link: str, reason: str) -> None:
    assert unwrapped(link, of_mail=True) == TARGET, reason
    assert unwrapped(link) == link, "on a page it may be a viewer or a login"


KEPT = [
    (f"https://login.mill.example/?url={CODED}", "a login"),
    (f"https://mill.example/account/signin?redirect={CODED}", "another"),
    (f"https://www.facebook.com/sharer/sharer.php?u={CODED}", "a button to share it"),
    (f"https://twitter.com/intent/tweet?url={CODED}", "another"),
    (f"https://www.linkedin.com/shareArticle?url={CODED}", "on a redirector's host too"),
    (f"https://web.archive.org/web/2020/{TARGET}", "an archive's copy is another page"),
    (f"https://translate.google.com/translate?u={CODED}", "a translation too"),
    ("https://mailer.example/c/aGVsbG8gd29ybGQgYWdhaW4/9", "base64 of no address"),
    ("https://list.mailer.example/track/click?u=8f2c&id=77&e=1a", "only the mailer knows"),
    ("https://mailer.example/r?url=javascript%3Aalert(1)", "no page"),
    ("https://mailer.example/r?url=https%3A%2F%2F", "no host"),
    ("https://mailer.example/r?url=https%3A%2F%2Flocalhost%2Fx", "no public name"),
    ("https://mailer.example/r?url=https%3A%2F%2Fa%3Ab%40mill.example%2F", "a password"),
    ("https://mailer.example/r?url=https%3A%2F%2Fmill.example%2Fa%20b%0A", "white space"),
    ("https://www.google.com/search?q=https%3A%2F%2Fmill.example", "a search for it"),
    ("mailto:ann@mill.example?u=https%3A%2F%2Fmill.example", "no page's address"),
    ("https://[broken/?url=x", "not well-formed"),
    ("https://urldefense.com/v3/__https://mill.example/**9__;Pw!!a!b$", "fewer signs than stated"),
    ("https://mailer.example/r?url=" + "https%3A%2F%2Fmill.example%2F" + "a" * 9000, "endless"),
]


@pytest.mark.parametrize(("link", "reason"), KEPT, ids=[row[-1] for row in KEPT])
def test_links_that_stay(link: str, reason: str) -> None:
    assert unwrapped(link, of_mail=True) == link, reason


def test_three_wrappers_and_no_more() -> None:
    assert unwrapped(nested(3)) == TARGET
    assert unwrapped(nested(4)) == nested(1)


def test_the_targets_trackers_go_where_it_names_a_source() -> None:
    link = "https://www.google.com/url?q=" + quote("https://mill.example/a?utm_source=mail&id=7", safe="")
    assert canonical_url(unwrapped(link)) == "https://mill.example/a?id=7"


@pytest.mark.parametrize("piece", ["%", "a=&", "eyJ" * 9, "*", "/", "https%3A", "{", "a1"])
def test_odd_links_cost_little(piece: str) -> None:
    start = time.process_time()
    for host in ("https://mailer.example/c?u=", "https://urldefense.com/v3/__", "https://substack.com/redirect/"):
        unwrapped(host + piece * (8000 // len(piece)), of_mail=True)
    assert time.process_time() - start < 0.5
