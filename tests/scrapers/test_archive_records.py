"""Redirects, later looks at the same page and answers 304 are records that any tool of the field can follow."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio

from scrapers.archive import Archive
from scrapers.document import Capture, Hop
from scrapers.errors import NotArchived

WHEN, LATER = "2026-01-02T03:04:05Z", "2026-01-03T03:04:05Z"
URL = "https://news.example/a"
PACKED = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
UNMODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


def a_page(
    body: bytes,
    headers: tuple[tuple[str, str], ...] = (),
    *,
    raw: bytes | None = None,
    hops: tuple[Hop, ...] = (),
    url: str = URL,
    at: str = WHEN,
) -> Capture:
    return Capture("x", body, at, "text/html", "utf-8", url, url, 200, headers, raw, hops=hops)


def a_file(body: bytes, name: str) -> Capture:
    return Capture(name, body, WHEN, filename=name)


def sha256(body: bytes) -> str:
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def records(folder: Path, kind: str | None = None) -> list[tuple[Any, Any, bytes]]:
    """The records' headers, their answers' headers and what they hold, in the order in which they were written."""
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                content = record.raw_stream.read()
                if kind in (None, record.rec_type):
                    found.append((record.rec_headers, record.http_headers, content))
    return found


def said(head: Any, name: str) -> str:
    return str(head.get_header(name))


def test_chain_of_redirects_can_be_followed_from_the_page_to_the_address_asked(tmp_path: Path) -> None:
    hops = (
        Hop("HTTP://news.example/old", 301, (("Location", "/moved"), ("Content-Length", "5")), b"moved"),
        Hop("https://news.example/moved", 302, (("Location", URL),)),
    )
    Archive(tmp_path).store(a_page(b"the page", hops=hops), (("User-Agent", "a tracker"),))
    answers = records(tmp_path, "response")
    assert [said(head, "WARC-Target-URI") for head, *_ in answers] == [
        "http://news.example/old",
        "https://news.example/moved",
        URL,
    ]
    assert [http.get_statuscode() for _, http, _ in answers] == ["301", "302", "200"]
    assert [content for *_, content in answers] == [b"moved", b"", b"the page"]
    ids = [said(head, "WARC-Record-ID") for head, *_ in answers]
    assert [said(head, "Redirected-From") for head, *_ in answers] == ["None", ids[0], ids[1]]
    asked = records(tmp_path, "request")
    assert [said(head, "WARC-Concurrent-To") for head, *_ in asked] == ids
    assert [http.statusline for _, http, _ in asked] == ["/old HTTP/1.1", "/moved HTTP/1.1", "/a HTTP/1.1"]
    assert {said(http, "User-Agent") for _, http, _ in asked} == {"a tracker"}
    # What a redirect said is no page: nothing is found by its hash.
    assert sha256(b"moved") not in Archive(tmp_path)
    assert list(Archive(tmp_path).verify()) == []


WHOLE = gzip.compress(b"moved, " * 9000, mtime=0)


@pytest.mark.parametrize(
    ("headers", "body", "cut"),
    [
        ((("Content-Length", "70000"),), b"x" * 65536, True),
        ((("Content-Length", "5"),), b"moved", False),
        ((), b"moved", False),
        # Nobody said how long it is, and it fills what is kept.
        ((), b"x" * 65536, True),
        ((("Content-Length", "no number"),), b"moved", False),
        # The length is of the packed bytes: comparable with them,
        ((("Content-Encoding", "gzip"), ("Content-Length", str(len(WHOLE)))), WHOLE, False),
        ((("Content-Encoding", "gzip"), ("Content-Length", str(len(WHOLE)))), WHOLE[:40], True),
        # and with unpacked ones not.
        ((("Content-Encoding", "gzip"), ("Content-Length", "29")), b"moved", False),
    ],
)
def test_redirect_whose_body_was_cut_says_so(
    headers: tuple[tuple[str, str], ...], body: bytes, cut: bool, tmp_path: Path
) -> None:
    Archive(tmp_path).store(a_page(b"page", hops=(Hop("https://news.example/old", 301, headers, body),)))
    (head, http, content), _ = records(tmp_path, "response")
    assert said(head, "WARC-Truncated") == ("length" if cut else "None")
    assert content == body
    assert said(http, "Content-Length") == str(len(body))
    # A header that describes other bytes than those kept is kept under another name.
    packed = body[:2] == b"\x1f\x8b"
    assert (http.get_header("Content-Encoding") == "gzip") == packed
    for name, value in headers:
        assert said(http, name) == value or said(http, f"X-Archive-Orig-{name}") == value


def test_same_page_later_is_a_revisit_with_what_the_server_said_then(tmp_path: Path) -> None:
    raw = gzip.compress(b"page", mtime=0)
    first = Archive(tmp_path).store(a_page(b"page", PACKED, raw=raw))
    size = sum(path.stat().st_size for path in tmp_path.glob("*.warc.gz"))
    hop = Hop("https://news.example/old", 301, (("Location", URL),))
    seen = (*PACKED, ("ETag", '"b"'), ("Content-Length", str(len(raw))))
    later = Archive(tmp_path).store(a_page(b"page", seen, raw=raw, at=LATER, hops=(hop,)))
    assert (first.new, later.new) == (True, False)
    assert (later.warc_file, later.offset) == (first.warc_file, first.offset)
    (original, *_), (redirect, *_) = records(tmp_path, "response")
    ((revisit, http, content),) = records(tmp_path, "revisit")
    assert content == b""
    assert said(revisit, "WARC-Profile") == SAME
    assert said(revisit, "WARC-Refers-To") == said(original, "WARC-Record-ID")
    assert said(revisit, "WARC-Refers-To-Target-URI") == URL
    assert said(revisit, "WARC-Refers-To-Date") == WHEN
    assert said(revisit, "WARC-Date") == LATER
    assert said(revisit, "WARC-Payload-Digest") == said(original, "WARC-Payload-Digest")
    assert said(revisit, "Refers-To-Body-Digest") == sha256(b"page")
    assert said(revisit, "Redirected-From") == said(redirect, "WARC-Record-ID")
    assert (said(http, "ETag"), said(http, "Content-Encoding")) == ('"b"', "gzip")
    assert said(records(tmp_path, "request")[-1][0], "WARC-Concurrent-To") == said(revisit, "WARC-Record-ID")
    assert size > 0
    assert Archive(tmp_path).load(first.sha256) == b"page"
    assert list(Archive(tmp_path).verify()) == []


def test_two_addresses_with_the_same_bytes_are_one_body_and_one_revisit(tmp_path: Path) -> None:
    archive, body = Archive(tmp_path), bytes(range(256)) * 4000
    places = [archive.store(a_page(body, url=f"https://{name}.example/")).offset for name in ("one", "two")]
    archive.store(a_file(body, "saved.bin"))
    assert places[0] == places[1]
    assert [len(content) for *_, content in records(tmp_path, "response")] == [len(body)]
    ((revisit, *_),) = records(tmp_path, "revisit")
    assert said(revisit, "WARC-Target-URI") == "https://two.example/"
    assert said(revisit, "WARC-Refers-To-Target-URI") == "https://one.example/"
    assert records(tmp_path, "resource") == []


def test_page_whose_bytes_a_file_gave_before_refers_to_the_file(tmp_path: Path) -> None:
    Archive(tmp_path).store(a_file(b"page", "saved.html"))
    Archive(tmp_path).store(a_page(b"page"))
    ((revisit, *_),) = records(tmp_path, "revisit")
    assert said(revisit, "WARC-Refers-To-Target-URI") == "file:saved.html"
    assert list(Archive(tmp_path).verify()) == []


def test_page_that_comes_packed_in_another_way_is_kept_as_it_came_once_each(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    fast, best = gzip.compress(b"page " * 99, 1, mtime=0), gzip.compress(b"page " * 99, 9, mtime=1)
    assert fast != best
    ways = (None, fast, best)
    stored = [archive.store(a_page(b"page " * 99, PACKED if raw else (), raw=raw)) for raw in ways * 2]
    assert [place.new for place in stored] == [True] + [False] * 5
    assert len({place.offset for place in stored}) == 1
    assert [content for *_, content in records(tmp_path, "response")] == [b"page " * 99, fast, best]
    assert len(records(tmp_path, "revisit")) == 3
    assert len(archive.places(stored[0].sha256)) == 3
    assert archive.load(stored[0].sha256) == b"page " * 99


def test_bytes_as_they_came_come_out_again(tmp_path: Path) -> None:
    raw = gzip.compress(b"page")
    stored = Archive(tmp_path).store(a_page(b"page", PACKED, raw=raw))
    assert Archive(tmp_path).load(stored.sha256, wire=True) == raw
    assert Archive(tmp_path).load(stored.sha256) == b"page"
    plain = Archive(tmp_path).store(a_file(b"file", "a.txt"))
    assert Archive(tmp_path).load(plain.sha256, wire=True) == b"file"


def test_page_packed_twice_over_by_two_headers_comes_out_again(tmp_path: Path) -> None:
    body = b"page " * 50
    raw = gzip.compress(zlib.compress(body))
    headers = (("Content-Encoding", "deflate"), ("Content-Encoding", "gzip"))
    stored = Archive(tmp_path).store(a_page(body, headers, raw=raw))
    assert Archive(tmp_path).load(stored.sha256) == body


def test_answer_not_modified_is_kept_and_refers_to_the_page(tmp_path: Path) -> None:
    stored = Archive(tmp_path).store(a_page(b"page"))
    asked = (("If-None-Match", '"a"'),)
    hops = (Hop("https://news.example/old", 301, (("Location", URL),)),)
    noted = Archive(tmp_path).note_unmodified(URL, stored.sha256, (("ETag", '"a"'),), LATER, asked, hops)
    assert (noted.sha256, noted.offset, noted.new) == (stored.sha256, stored.offset, False)
    (original, *_), (redirect, *_) = records(tmp_path, "response")
    ((revisit, http, _),) = records(tmp_path, "revisit")
    assert said(revisit, "WARC-Profile") == UNMODIFIED
    assert said(revisit, "WARC-Refers-To") == said(original, "WARC-Record-ID")
    assert said(revisit, "WARC-Refers-To-Date") == WHEN
    assert said(revisit, "Redirected-From") == said(redirect, "WARC-Record-ID")
    assert (http.get_statuscode(), said(http, "ETag")) == ("304", '"a"')
    assert said(records(tmp_path, "request")[-1][1], "If-None-Match") == '"a"'
    assert Archive(tmp_path).load(stored.sha256) == b"page"
    assert list(Archive(tmp_path).verify()) == []


def test_answer_not_modified_of_a_page_that_is_not_kept_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotArchived, match="^not in the archive: sha256:0000"):
        Archive(tmp_path).note_unmodified(URL, "sha256:" + "0" * 64, (), LATER)
    assert list(tmp_path.glob("*.warc.gz")) == []


def test_head_of_an_answer_is_kept_in_its_own_bytes(tmp_path: Path) -> None:
    Archive(tmp_path).store(a_page(b"page", (("X-Latin", "caf\xe9"), ("X-Other", "\u4e2d"))))
    (path,) = tmp_path.glob("*.warc.gz")
    assert b"\r\nX-Latin: caf\xe9\r\nX-Other: \xe4\xb8\xad\r\n" in gzip.decompress(path.read_bytes())
    assert list(Archive(tmp_path).verify()) == []


def test_body_whose_record_is_gone_is_written_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.store(a_page(b"page"))
    (path,) = tmp_path.glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:100])
    # The process still knows it from before; only what can be read counts as kept.
    assert archive.store(a_page(b"page")).new
    assert Archive(tmp_path).load(sha256(b"page")) == b"page"


ODD = (
    ("X-Latin", "caf\xe9"),
    ("X-Other", "\u2028 \u4e2d\u6587 \ud800"),
    ("X-Line", "one\r\nX-Forged: two"),
    (" ", "nameless"),
    ("Content-Type", ""),
    ("Transfer-Encoding", "chunked"),
    ("Content-Length", "9"),
)


def test_the_field_s_own_checker_passes_every_file_that_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, page = Archive(tmp_path), b"<p>a page</p>" * 9000
    packed = gzip.compress(page)
    hops = (Hop("http://news.example/o?q=\xe9", 307, (*ODD, ("Location", URL)), b"x" * 65536), Hop(URL, 303))
    for _ in range(2):
        archive.store(a_page(page, ODD, hops=hops))
        archive.store(a_page(page, PACKED, raw=packed, hops=hops), ODD)
        archive.store(a_page(b"", ODD, url="HTTPS://news.example/empty#part"))
        archive.store(a_page(b"GET / HTTP/1.1\r\n\r\n", url="http://news.example/\u4e2d"))
        archive.store(a_file(b"From: a@b.example\r\n\r\nan e-mail\r\n", "one.eml"))
        archive.store(a_file(b"", "empty"))
        archive.store(a_file(bytes(range(256)), "file \u4e2d.pdf"))
        archive.note_unmodified(URL, sha256(page), ODD, LATER, ODD, hops)
    files = [str(path) for path in tmp_path.glob("*.warc.gz")]
    with pytest.raises(SystemExit) as done:
        warcio(["check", "-v", *files])
    told = capsys.readouterr().out
    assert done.value.code == 0, told
    assert "fail" not in told
    kinds = (" warcinfo\n", " response\n", " request\n", " resource\n")
    assert told.count("digest pass") == sum(told.count(kind) for kind in kinds) > 20
    assert told.count(" revisit\n") > 4
    # It does tell where something is wrong.
    path = Path(files[0])
    first = path.read_bytes()
    path.write_bytes(gzip.compress(gzip.decompress(first).replace(b"a page", b"a PAGE", 1)))
    with pytest.raises(SystemExit) as done:
        warcio(["check", str(path)])
    assert done.value.code == 1
