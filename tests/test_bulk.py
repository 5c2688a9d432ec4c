"""Sources in bulk: what is in them goes in one by one, each failure alone, and nothing is read twice."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bad_server import Site, page, redirect
from commands import article, query, rows, run, spawn
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from db.checks import run_checks
from scrapers.archive import Archive
from scrapers.fetch import FetchSettings
from tracker import inputs as inputs_module
from tracker import pipeline
from tracker.inputs import Inputs, Tally

FROM = "From ann@campaign.example Mon Jan  6 10:00:00 2020\n"
_Writer: Any = WARCWriter
_Head: Any = StatusAndHeaders


def story(n: int, head: str = "") -> bytes:
    return article(
        f"Operator {n} fined",
        f"The regulator fined Operator {n} £{n + 2} million over {n * 7 + 11} lost trains.",
        f"At least {n * 13 + 101} passengers waited for hours, the watchdog said in a report.",
        "The firm has run the line for years, and nobody else has ever asked to run it in its place.",
        head=head,
    )


def letter(n: int) -> str:
    return (
        f"From: Campaign <news@campaign.example>\nSubject: Update {n}\nMessage-ID: <{n}@campaign.example>\n"
        f"Date: Mon, 06 Jan 2020 10:00:00 +0000\n\nThe regulator fined Operator {n} £{n + 2} million.\n"
    )


def mbox(*letters: str) -> bytes:
    return "".join(f"{FROM}{text}\n" for text in letters).encode()


def warc(*pages: tuple[str, bytes, str]) -> bytes:
    file = io.BytesIO()
    writer = _Writer(file, gzip=True, warc_version="1.1")
    for url, body, media in pages:
        head = _Head("200 OK", [("Content-Type", media)], protocol="HTTP/1.1")
        dated = {"WARC-Date": "2021-05-04T10:00:00Z"}
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=dated
            )
        )
    return file.getvalue()


@pytest.fixture
def site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site on this machine, on which the command line may call, as it otherwise never does."""

    def settings(**changes: object) -> FetchSettings:
        return FetchSettings(
            **changes,  # type: ignore[arg-type]
            total_deadline=2.0,
            robots_deadline=1.0,
            min_interval=0.0,
            backoff=0.02,
            max_retries=0,
            allowed_ports=frozenset({site.port}),
            allow_loopback=True,
        )

    monkeypatch.setattr(pipeline, "FetchSettings", settings)
    return site


def feed(site: Site, *paths: str, more: str = "") -> bytes:
    items = "".join(
        f"<item><title>From the feed {n}</title><link>{site.url(path)}</link><author>ann@n.example (Ann Lee)</author>"
        f"<pubDate>Wed, 0{n} Jan 2020 10:00:00 GMT</pubDate></item>"
        for n, path in enumerate(paths, 1)
    )
    return page(f"<rss version='2.0'><channel>{items}{more}</channel></rss>".encode(), "Content-Type: text/xml")


def check_sound(folder: Path) -> None:
    assert run_checks(folder / "press.db") == []
    assert list(Archive(folder / "press.archive").verify()) == []


# ------------------------------------------------------------------ feeds and sitemaps


def test_a_feeds_pages_go_in_and_what_it_says_counts_where_they_say_nothing(site: Site, here: Path) -> None:
    own = '<meta name="author" content="Bo Ray">'
    site.routes["/feed"] = feed(site, "/1", "/2", "/gone", more="<item><title>No page</title></item>")
    site.routes["/1"] = page(story(1), "Content-Type: text/html")
    site.routes["/2"] = page(story(2, own), "Content-Type: text/html")
    result = run("add", site.url("/feed"))
    assert result.exit_code == 1
    found = query(here / "press.db", "SELECT title, byline, published, won_by FROM documents ORDER BY url")
    assert [row[:3] for row in found] == [
        ("Operator 1 fined", "Ann Lee", "2020-01-01T10:00:00+00:00"),
        ("Operator 2 fined", "Bo Ray", "2020-01-02T10:00:00+00:00"),
    ]
    assert '"byline": "feed"' in found[0][3]
    assert '"published": "feed"' in found[0][3]
    assert '"byline": "feed"' not in found[1][3]
    failures = query(here / "press.db", "SELECT input, reason FROM failures ORDER BY input")
    assert failures == [
        (site.url("/feed") + "#4", "this entry links to no page"),
        (site.url("/gone"), "the server answered 404 Not Found"),
    ]
    check_sound(here)


def test_a_page_of_a_feed_that_was_looked_at_a_moment_ago_is_left(site: Site, here: Path) -> None:
    site.routes["/feed"] = feed(site, "/1", "/1", "/2")
    site.routes["/1"] = page(story(1), "Content-Type: text/html")
    site.routes["/2"] = page(story(2), "Content-Type: text/html")
    first = run("add", site.url("/feed"))
    assert "1 listed twice" in first.stdout
    second = run("add", site.url("/feed"))
    assert second.exit_code == 0
    assert "0 sources in" in second.stdout
    assert "2 looked at less than half an hour ago" in second.stdout
    assert site.asked_for("/1") == 1
    run("add", "--again", site.url("/feed"))
    assert site.asked_for("/1") == 2
    assert query(here / "press.db", "SELECT count(*) FROM snapshots") == [(2,)]


def test_a_sitemap_index_leads_one_level_down_and_the_newest_come_first(site: Site, here: Path) -> None:
    def urls(*paths: tuple[str, str]) -> bytes:
        listed = "".join(f"<url><loc>{site.url(p)}</loc><lastmod>{date}</lastmod></url>" for p, date in paths)
        return f"<urlset>{listed}</urlset>".encode()

    for n in range(1, 5):
        site.routes[f"/{n}"] = page(story(n), "Content-Type: text/html")
    site.routes["/index"] = page(
        f"<sitemapindex><sitemap><loc>{site.url('/old')}</loc><lastmod>2020-01-01</lastmod></sitemap>"
        f"<sitemap><loc>{site.url('/new.gz')}</loc><lastmod>2024-01-01</lastmod></sitemap>"
        f"<sitemap><loc>{site.url('/index2')}</loc><lastmod>2023-01-01</lastmod></sitemap></sitemapindex>".encode()
    )
    site.routes["/new.gz"] = page(
        gzip.compress(urls(("/1", "2023-12-01"), ("/2", "2024-01-01"), ("/3", "2022-05-05"))),
        "Content-Type: application/gzip",
    )
    site.routes["/old"] = page(urls(("/4", "2020-01-01")), "Content-Type: application/xml")
    site.routes["/index2"] = page(b"<sitemapindex><sitemap><loc>https://n.example/</loc></sitemap></sitemapindex>")
    limited = rows(run("add", "--json", "--limit", "2", "--db", "a.db", site.url("/index")).stdout)
    assert [row["input"] for row in limited] == [site.url("/2"), site.url("/1")]
    since = rows(run("add", "--json", "--since", "2022-01-01", "--db", "b.db", site.url("/index")).stdout)
    assert [row["input"] for row in since] == [site.url(p) for p in ("/2", "/1", "/3", "/index2")]
    assert "a sitemap index within another" in since[-1]["error"]
    assert site.asked_for("/old") == 0


def test_more_sitemaps_than_are_read_is_said(site: Site, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs_module, "MOST_SITEMAPS", 1)
    listed = "".join(f"<sitemap><loc>{site.url(p)}</loc></sitemap>" for p in ("/a", "/b"))
    site.routes["/index"] = page(f"<sitemapindex>{listed}</sitemapindex>".encode())
    site.routes["/a"] = page(f"<urlset><url><loc>{site.url('/1')}</loc></url></urlset>".encode())
    site.routes["/1"] = page(story(1), "Content-Type: text/html")
    result = run("add", site.url("/index"))
    assert "of its 2 sitemaps only the newest 1" in result.stderr
    assert site.asked_for("/b") == 0


def test_a_feed_in_a_file_is_followed_one_in_a_folder_is_not(site: Site, here: Path) -> None:
    body = feed(site, "/1").partition(b"\r\n\r\n")[2]
    Path("lists").mkdir()
    Path("lists/feed.xml").write_bytes(body)
    site.routes["/1"] = page(story(1), "Content-Type: text/html")
    result = run("add", "lists")
    assert "not fetched for a folder" in result.stderr
    assert site.requests == []
    assert run("add", "lists/feed.xml").exit_code == 0
    assert site.asked_for("/1") == 1


def test_a_broken_feed_is_one_failure_and_a_redirect_to_one_is_followed(site: Site, here: Path) -> None:
    site.routes["/bad"] = page(b"<rss version='2.0'><channel></channel></rss>", "Content-Type: application/rss+xml")
    site.routes["/moved"] = redirect("/feed")
    site.routes["/feed"] = feed(site, "/1")
    site.routes["/1"] = page(story(1), "Content-Type: text/html")
    result = run("add", "--json", site.url("/bad"), site.url("/moved"), site.url("/1"))
    assert ["error" in row for row in rows(result.stdout)] == [True, False, False]
    assert query(here / "press.db", "SELECT count(*) FROM documents") == [(1,)]


def test_a_feed_that_is_cut_off_is_a_failure_and_its_readable_pages_go_in(site: Site, here: Path) -> None:
    cut = feed(site, "/1", "/2").partition(b"\r\n\r\n")[2].rpartition(b"/2</link>")[0]
    site.routes |= {"/feed": page(cut), "/1": page(story(1), "Content-Type: text/html")}
    result = run("add", site.url("/feed"))
    what = "this feed or sitemap is cut off or broken, some of its pages may be missing"
    assert (result.exit_code, f"{what}: {site.url('/feed')}: " in result.stderr) == (1, True)
    assert query(here / "press.db", "SELECT input, reason FROM failures") == [(site.url("/feed"), what)]
    assert query(here / "press.db", "SELECT title FROM documents") == [("Operator 1 fined",)]


# ------------------------------------------------------------------ mbox, folders, web archives


def test_each_message_of_an_mbox_is_kept_as_its_own(here: Path) -> None:
    quoting = letter(2).replace("The regulator", "From what we know, the regulator")
    Path("box").write_bytes(mbox(letter(1), quoting.replace("\nFrom what", "\n>From what"), "Subject: x\nTo: y\n\n\n"))
    result = run("add", "box")
    assert result.exit_code == 1
    assert "box#1: email, new" in result.stdout
    assert ": box#3: " in result.stderr
    kept = query(here / "press.db", "SELECT s.input, s.sha256, d.message_id FROM snapshots s JOIN documents d"
                 " ON d.id = s.document_id ORDER BY s.id")  # fmt: skip
    assert [(row[0], row[2]) for row in kept] == [("box#1", "1@campaign.example"), ("box#2", "2@campaign.example")]
    archive = Archive(here / "press.archive")
    assert [archive.load(row[1]) for row in kept] == [letter(1).encode(), quoting.encode()]
    assert query(here / "press.db", "SELECT input FROM failures") == [("box#3",)]
    check_sound(here)


def test_a_folder_goes_in_by_name_and_what_cannot_be_read_ends_nothing(here: Path) -> None:
    folder = Path("in")
    (folder / "sub" / ".git").mkdir(parents=True)
    (folder / "b.html").write_bytes(story(1))
    (folder / "a.eml").write_text(letter(1))
    (folder / ".DS_Store").write_bytes(b"\0\0")
    (folder / "sub" / ".git" / "x.html").write_bytes(story(9))
    (folder / "sub" / "box.mbox").write_bytes(mbox(letter(2), letter(3)))
    (folder / "sub" / "pages.warc.gz").write_bytes(warc(("https://n.example/4", story(4), "text/html")))
    (folder / "film.mp4").write_bytes(b"\0\0\0\x20ftypisom" + b"\0" * 500)
    (folder / "style.css").write_text("p { color: red }\n" * 30)
    (folder / "note.txt").write_text("NOTE\n\nThe regulator fined Acme Rail £3 million on Friday.\n")
    (folder / "self").symlink_to(folder.absolute())
    result = run("add", "--json", "in")
    assert result.exit_code == 1
    told = rows(result.stdout)
    names = [Path(row["input"]).relative_to("in").as_posix() for row in told]
    assert names == ["a.eml", "b.html", "film.mp4", "note.txt", "style.css", "sub/box.mbox#1", "sub/box.mbox#2",
                     "sub/pages.warc.gz@0"]  # fmt: skip
    assert [name for name, row in zip(names, told, strict=True) if "error" in row] == ["film.mp4", "style.css"]
    check_sound(here)


def test_a_working_folder_does_not_give_its_own_database(here: Path) -> None:
    Path("a.html").write_bytes(story(1))
    for _ in range(2):
        assert [Path(row["input"]).name for row in rows(run("add", "--json", ".").stdout)] == ["a.html"]


def test_a_web_archive_gives_its_pages_and_says_what_is_broken(here: Path) -> None:
    pages = [(f"https://news.example/{n}", story(n), "text/html") for n in range(3)]
    content = bytearray(warc(*pages, ("https://news.example/x.png", b"\x89PNG", "image/png")))
    second = content.index(b"\x1f\x8b\x08", 10)
    content[second + 100 : second + 108] = bytes(8)
    Path("a.warc.gz").write_bytes(content)
    result = run("add", "a.warc.gz")
    assert result.exit_code == 1
    assert "1 record that is no document" in result.stdout
    assert query(here / "press.db", "SELECT url, first_seen > '2021-06', fetched_at FROM documents"
                 " JOIN snapshots ON document_id = documents.id") == [
        ("https://news.example/0", 1, "2021-05-04T10:00:00Z"),
        ("https://news.example/2", 1, "2021-05-04T10:00:00Z"),
    ]  # fmt: skip
    assert query(here / "press.db", "SELECT input FROM failures") == [(f"a.warc.gz@{second}",)]
    check_sound(here)


def test_our_own_archive_added_anew_gives_the_same_documents(here: Path) -> None:
    Path("a.html").write_bytes(story(1, '<link rel="canonical" href="https://news.example/1">'))
    Path("a.eml").write_text(letter(1))
    run("add", "a.html", "a.eml")
    run("add", "--db", "again.db", "press.archive")
    for columns, table in (("key, kind, title", "documents"), ("key, quote", "claims"), ("sha256", "snapshots")):
        sql = f"SELECT {columns} FROM {table} ORDER BY 1"  # noqa: S608
        assert query(here / "again.db", sql) == query(here / "press.db", sql)


@pytest.mark.parametrize(
    ("name", "content"),
    [("box", mbox(letter(1), letter(2))), ("a.warc", warc(("https://n.example/4", story(4), "text/html")))],
)
def test_an_address_belongs_to_one_page(name: str, content: bytes, here: Path) -> None:
    Path(name).write_bytes(content)
    result = run("add", name, "--url", "https://news.example/1")
    assert result.exit_code == 1
    assert "leave --url out" in result.stderr


def test_an_mbox_with_one_message_is_a_file_as_any(here: Path) -> None:
    Path("one.mbox").write_bytes(mbox(letter(1)))
    assert [row["input"] for row in rows(run("add", "--json", "one.mbox").stdout)] == ["one.mbox"]


def test_a_limit_holds_for_each_source(here: Path) -> None:
    Path("box").write_bytes(mbox(*map(letter, range(5))))
    Path("a.warc").write_bytes(warc(*((f"https://n.example/{n}", story(n), "text/html") for n in range(3))))
    told = rows(run("add", "--json", "--limit", "2", "box", "a.warc").stdout)
    assert [row["input"].split("@")[0] for row in told] == ["box#1", "box#2", "a.warc", "a.warc"]


# ------------------------------------------------------------------ the same again


def reads(result: str) -> int:
    """How many sources were not read again."""
    return int(result.partition(" seen before and not")[0].split()[-1]) if "seen before and not" in result else 0


def test_the_same_again_is_not_read_again(here: Path) -> None:
    Path("box").write_bytes(mbox(*map(letter, range(4))))
    Path("page.html").write_bytes(story(1))
    first = rows(run("add", "--json", "box", "page.html").stdout)
    second = run("add", "box", "page.html")
    assert reads(second.stdout) == 5
    told = rows(run("add", "--json", "box", "page.html").stdout)
    assert [row["claims_seen"] for row in told] == [row["claims_new"] for row in first]
    assert {row["new_document"] for row in told} == {False}
    assert reads(run("add", "--again", "box", "page.html").stdout) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.setattr(pipeline, "READER_VERSION", "999"),
        lambda m: m.setenv("TRACKER_WATCH", "Operator 1"),
        lambda m: Path("press.archive").rename("gone"),
        lambda m: Path("page.html").write_bytes(story(1) + b" "),
    ],
    ids=["another reader", "another watch list", "the archive is gone", "other bytes"],
)
def test_what_would_be_read_otherwise_is_read_again(
    change: Callable[[pytest.MonkeyPatch], None], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("page.html").write_bytes(story(1))
    run("add", "page.html")
    assert reads(run("add", "page.html").stdout) == 1
    change(monkeypatch)
    watch = {"TRACKER_WATCH": "Operator 1"} if change.__code__.co_names[:1] == ("setenv",) else None
    assert reads(run("add", "page.html", env=watch).stdout) == 0
    assert reads(run("add", "page.html", env=watch).stdout) == 1
    check_sound(here)


def test_what_is_stated_is_never_passed_over(here: Path) -> None:
    Path("page.html").write_bytes(story(1))
    run("add", "page.html")
    run("add", "page.html", "--publisher", "The Oak")
    assert query(here / "press.db", "SELECT name FROM documents JOIN outlets ON outlets.id = outlet_id") == [
        ("The Oak",)
    ]


def test_a_list_that_knows_more_of_a_page_is_heard(site: Site, here: Path) -> None:
    site.routes["/1"] = page(story(1), "Content-Type: text/html")
    site.routes["/feed"] = feed(site, "/1")
    run("add", site.url("/1"))
    run("add", "--again", site.url("/feed"))
    assert query(here / "press.db", "SELECT byline FROM documents") == [("Ann Lee",)]


# ------------------------------------------------------------------ lazily


def test_nothing_is_opened_before_its_turn(fetcher: Callable[..., Any], here: Path) -> None:
    Path("box").write_bytes(mbox(letter(1), letter(2)))
    told: list[int] = []

    class Telling(Tally):
        def more(self, number: int) -> None:
            told.append(number)

    with fetcher() as own:
        parts = Inputs(own, tally=Telling()).expand(["box", "none.txt"])
        assert next(parts)[0] == "box#1"
        Path("none.txt").write_bytes(story(1))
        assert [name for name, _ in parts] == ["box#2", "none.txt"]
    assert sum(told) == 1


def test_a_folder_of_ten_thousand_names_is_no_argument_list(here: Path) -> None:
    Path("in").mkdir()
    for n in range(30):
        Path(f"in/{n:02}.eml").write_text(letter(n))
    result = spawn("add", "--limit", "3", "in", cwd=here)
    assert result.returncode == 0
    assert result.stdout.count(b"email, new") == 3


def test_the_help_lists_what_a_source_can_be() -> None:
    said = " ".join(run("add", "--help").stdout.split())
    for kind in ("a feed or sitemap", "JSON Feed", "an mbox", "a folder", "a web archive", "standard input"):
        assert kind in said, kind
