"""When a page was published: stated moments, the day its readers see, and the traps between them."""

from __future__ import annotations

import json
import time

import pytest

from scrapers.html_tree import parse
from scrapers.metadata import Metadata, iso_date, read_metadata

ADDRESS = "https://www.harbourpost.example/news/cranes"
PROSE = "<p>The cranes at the old harbour stood still for three days, said the port, while the two sides talked.</p>"


def read(head: str = "", below: str = "", address: str = ADDRESS) -> Metadata:
    body = f"<h1>Cranes stand still at the port</h1>{below}{PROSE * 3}"
    tree = parse(f"<html><head><title>Cranes stand still at the port</title>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return read_metadata(tree, address)


def ld(published: str, **more: str) -> str:
    node = {"@type": "NewsArticle", "headline": "Cranes stand still at the port", "datePublished": published, **more}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize(
    ("below", "published", "reason"),
    [
        ("<time datetime='2020-07-01T21:30:00-04:00'>x</time>", "2020-07-01T21:30:00-04:00", "the same moment"),
        ("<p>Published 9:30 PM EDT, Wed July 1, 2020</p>", "2020-07-01T21:30:00-04:00", "a line with a zone"),
        ("<p>July 1, 2020 9:30 PM</p>", "2020-07-01T21:30:00-04:00", "a clock whole hours apart tells the zone"),
        ("<p>July 1, 2020</p><p>9:30 p.m.</p>", "2020-07-01T21:30:00-04:00", "the hour on a line of its own"),
        ("<p>2 July 2020, 11.30am</p>", "2020-07-02T11:30:00+10:00", "east of Greenwich"),
        ("<p>2 July 2020, 02:30 BST</p>", "2020-07-02T02:30:00+01:00", "an hour apart"),
        ("<p>2 July 2020, 01:30</p>", "2020-07-02T01:30:00+00:00", "in UTC"),
        ("<p>July 1, 2020 9:47 PM</p>", "2020-07-01", "another clock is another moment: the day seen, no more"),
        ("<p>Updated July 1, 2020 9:30 PM</p>", "2020-07-02T01:30:00+00:00", "a line of the update"),
        ("<p>3 June 2018</p>", "2020-07-02T01:30:00+00:00", "far away: not the same day in any zone"),
        ("", "2020-07-02T01:30:00+00:00", "nothing shown"),
    ],
)
def test_a_moment_in_utc_is_told_in_the_readers_zone(below: str, published: str, reason: str) -> None:
    assert read(ld("2020-07-02T01:30:00Z"), below).published == published, reason


def test_the_day_in_the_address_is_the_readers_where_a_zone_explains_it() -> None:
    at = "https://www.harbourpost.example/2020/07/01/cranes"
    found = read(ld("2020-07-02T01:30:00Z"), address=at)
    assert (found.published, found.won_by["published"]) == ("2020-07-01", "url")
    assert found.won_by["published_doubt"] == "json-ld says 2020-07-02T01:30:00+00:00"
    # At noon in London it is the same day everywhere west of it.
    assert read(ld("2020-07-02T12:30:00Z"), address=at).published == "2020-07-02T12:30:00+00:00"
    # A page that states a zone of its own knows its day.
    assert read(ld("2020-07-02T01:30:00+01:00"), address=at).published == "2020-07-02T01:30:00+01:00"


def test_another_day_on_the_page_is_told() -> None:
    found = read(ld("2020-07-02T12:30:00Z"), "<p>Published 9 August 2020</p>")
    assert (found.published, found.won_by["published_doubt"]) == (
        "2020-07-02T12:30:00+00:00",
        "the page shows 2020-08-09",
    )
    # The day of a stated change contradicts nothing.
    changed = ld("2020-07-02T12:30:00Z", dateModified="2020-08-09T08:00:00Z")
    assert "published_doubt" not in read(changed, "<p>9 August 2020</p>").won_by
    # A picture has a day of its own.
    assert (
        "published_doubt" not in read(ld("2020-07-02"), "<p>Picture date: 9 August 2018. Photo: Ada Quill</p>").won_by
    )


@pytest.mark.parametrize(
    ("head", "below", "published", "place"),
    [
        ("", "<p>Published 2 July 2020, 10:00 BST</p>", "2020-07-02T10:00:00+01:00", "line near the heading"),
        ("", "<p>Published 2 July 2020 | Updated 4 July 2020</p>", "2020-07-02", "line near the heading"),
        ("", "<time datetime='2020-07-02T10:00'>2 July</time>", "2020-07-02T10:00:00", "time"),
        ("", "<p>By Ada Quill, 2 July 2020</p>", "2020-07-02", "line near the heading"),
        ("", "<p>07/22/2020 05:00 AM EST</p>", "2020-07-22T05:00:00-05:00", "line near the heading"),
        ("<meta name='parsely-pub-date' content='2020-07-02T09:00:00Z'>", "", "2020-07-02T09:00:00+00:00", "meta"),
        ("<meta name='citation_publication_date' content='2020/7/2'>", "", "2020-07-02", "meta"),
        ("", "<span itemprop=datePublished content='2020-07-02'>today</span>", "2020-07-02", "microdata"),
    ],
)
def test_where_no_moment_is_stated(head: str, below: str, published: str, place: str) -> None:
    found = read(head, below)
    assert (found.published, found.won_by["published"]) == (published, place)


def test_the_address_tells_the_day_where_nothing_else_does() -> None:
    for path, day in (
        ("2020/07/02/x", "2020-07-02"),
        ("2020/jul/02/x", "2020-07-02"),
        ("a/2020-07-02-x", "2020-07-02"),
    ):
        assert read(address=f"https://www.harbourpost.example/{path}").published == day, path


@pytest.mark.parametrize(
    ("stated", "iso"),
    [("20200702", "2020-07-02"), ("July 2, 2020", "2020-07-02"), ("2020/07/02", "2020-07-02"), ("03/04/2020", None)],
)
def test_days_written_otherwise(stated: str, iso: str | None) -> None:
    assert iso_date(stated) == iso


def test_a_page_of_many_lines_is_read_in_time() -> None:
    began = time.perf_counter()
    read(ld("2020-07-02T01:30:00Z"), "<div class=byline><span>By </span>" * 150 + "<p>1 July</p>" * 20_000)
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    ("inner", "published"),
    [
        # The year of what happened is not the day on which the page came out.
        ("<p>The ferry firm was fined €400,000 in 2021 for its failures at Wexcombe.</p>", None),
        ("<footer>© 2019 Harbour Post</footer>", None),
        # A place of its own for the date, without any statement for machines.
        ("<div class='date'>3 May 2020</div>", "2020-05-03"),
    ],
)
def test_a_year_in_the_prose_is_no_date_of_the_page(inner: str, published: str | None) -> None:
    story = "<p>The operator has promised to hire more crews and to inspect each boat before it leaves.</p>" * 6
    page = f"<html><body><h1>Ferry firm fined</h1>{inner}{story}</body></html>"
    tree = parse(page)
    assert tree is not None
    assert read_metadata(tree, None).published == published
