"""Who wrote a page: names stated for machines and names beside the heading, without posts, houses and degrees."""

from __future__ import annotations

import json

import pytest

from scrapers.html_tree import parse
from scrapers.metadata import Metadata, read_metadata

PROSE = "<p>The cranes at the old harbour stood still for three days, said the port, while the two sides talked.</p>"
ADDRESS = "https://www.harbourpost.example/news/cranes"


def read(head: str = "", below: str = "", above: str = "") -> Metadata:
    site = "<meta property='og:site_name' content='The Harbour Post'><title>Cranes stand still at the port</title>"
    body = f"<header>{above}<h1>Cranes stand still at the port</h1>{below}</header>{PROSE * 4}"
    tree = parse(f"<html><head>{site}{head}</head><body>{body}</body></html>")
    assert tree is not None
    return read_metadata(tree, ADDRESS)


def ld(**more: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Cranes stand still at the port", **more}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def person(name: object, kind: str = "Person") -> dict[str, object]:
    return {"@type": kind, "name": name}


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("author", "byline", "reason"),
    [
        (person("Ada Quill"), "Ada Quill", "a person"),
        ([person("Ada Quill"), person("Abby Kessby")], "Ada Quill, Abby Kessby", "by within a name is no By"),
        (person(["Ada Quill", "Tom Hale"]), "Ada Quill, Tom Hale", "several names in one person"),
        ({"@type": "Person", "givenName": "Ada", "familyName": "Quill"}, "Ada Quill", "a name in parts"),
        ("By Ada Quill", "Ada Quill", "a string, with By"),
        (person("Ada Quill and Tom Hale"), "Ada Quill, Tom Hale", "two people in one name"),
        (person("Ada Quill, Political correspondent, in Hull"), "Ada Quill", "a post and a place behind a name"),
        (person("Ada Quill | Staff Writer"), "Ada Quill", "a post behind a bar"),
        (person("Ada Quill, Deputy CTO, Northern Trust"), "Ada Quill", "a post and a house behind a name"),
        (person("Ada Quill MS, RDN, LD"), "Ada Quill", "degrees are no names"),
        (person("Ada Quill. The Harbour Post"), "Ada Quill", "the house she writes for is the publisher"),
        (person("Ada Quill, Reuters"), "Ada Quill", "an agency behind a name"),
        (person("Text: Ada Quill"), "Ada Quill", "a label"),
        (person("Words: Ada Quill, Photos: Tom Hale"), "Ada Quill", "who took the pictures did not write"),
        (person("ADA QUILL AND TOM HALE"), "ADA QUILL, TOM HALE", "two in capitals"),
        (person("Professor Ada Quill, University of Hull"), "Professor Ada Quill", "a title is no post of its own"),
        (person("Transport Correspondent Ada Quill"), "Ada Quill", "a post before the name"),
        (person("HM Treasury, Cabinet Office"), "HM Treasury, Cabinet Office", "houses stay as they are joined"),
        (person("Department for Ports and Ferries"), "Department for Ports and Ferries", "half a house is nobody"),
        (person("Staff reports"), None, "the house's own people are no names"),
        (person("From staff reports"), None, "the same in other words"),
        (person("Harbour Post staff"), None, "the same with the house's name"),
        (person("The Harbour Post", "Organization"), None, "the publisher is no writer"),
        (person("Reuters", "Organization"), "Reuters", "an agency is whose words they are"),
        (person("aquill"), None, "how someone logs in"),
        (person("ada@harbourpost.example"), None, "an address"),
        (person("Guest"), None, "nobody"),
        (person("Dr. Ada Quill, Jr."), "Dr. Ada Quill Jr.", "what belongs to a name stays"),
    ],
)
def test_json_ld_names(author: object, byline: str | None, reason: str) -> None:
    assert read(ld(author=author)).byline == byline, reason


def test_an_author_that_is_only_pointed_to_is_looked_up() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "x", "author": {"@id": "#ada"}, "publisher": {"@id": "#post"}},
            {"@type": "Organization", "@id": "#post", "name": "Quay Gazette"},
            {"@type": "Person", "@id": "#ada", "name": "Ada Quill"},
        ]
    }
    found = read(f"<script type='application/ld+json'>{json.dumps(graph)}</script>")
    assert (found.byline, found.publisher) == ("Ada Quill", "Quay Gazette")


def test_json_ld_with_a_comma_too_many_or_in_cdata_is_read() -> None:
    for text in (
        '{"@type":"Article","author":"Ada Quill",}',
        '//<![CDATA[\n{"@type":"Article","author":"Ada Quill"}\n//]]>',
    ):
        assert read(f"<script type='application/ld+json'>{text}</script>").byline == "Ada Quill"


def test_of_several_articles_the_one_of_this_heading_counts() -> None:
    other = {"@type": "NewsArticle", "headline": "Ferry late", "author": "Tom Hale", "datePublished": "2020-01-01"}
    found = read(f"<script type='application/ld+json'>{json.dumps(other)}</script>" + ld(author="Ada Quill"))
    assert found.byline == "Ada Quill"


@pytest.mark.parametrize(
    ("head", "byline", "reason"),
    [
        (meta("author", "Ada Quill") + meta("author", "Tom Hale"), "Ada Quill, Tom Hale", "a tag for each"),
        (meta("parsely-author", "Ada Quill"), "Ada Quill", "analytics"),
        (meta("sailthru.author", "Ada Quill, Tom Hale"), "Ada Quill, Tom Hale", "names in one tag"),
        (meta("cXenseParse:author", "Ada Quill|Tom Hale"), "Ada Quill, Tom Hale", "parted by bars"),
        (meta("citation_author", "Quill, Ada"), "Ada Quill", "libraries put the family name first"),
        (meta("author", "The Harbour Post") + meta("byl", "By Ada Quill"), "Ada Quill", "a house is no writer"),
        (meta("article:author", "https://social.example/harbourpost"), None, "an address that no link names"),
    ],
)
def test_meta_tags(head: str, byline: str | None, reason: str) -> None:
    assert read(head).byline == byline, reason


def test_the_address_of_a_writer_is_named_by_the_link_that_leads_there() -> None:
    head = meta("article:author", "https://www.harbourpost.example/people/ada-quill")
    found = read(head, "<div><a href='/people/ada-quill'>Ada Quill</a></div>")
    assert found.byline == "Ada Quill"


@pytest.mark.parametrize(
    ("below", "byline", "reason"),
    [
        ("<p>By Ada Quill</p>", "Ada Quill", "a line"),
        ("<p>By <a>Ada Quill</a> and <a>Tom Hale</a></p>", "Ada Quill, Tom Hale", "two links in a line"),
        ("<div>By</div><div>Ada Quill</div>", "Ada Quill", "By on a line of its own"),
        ("<div>By <span>Ada Quill</span>,</div><div>Tom Hale</div>", "Ada Quill, Tom Hale", "an open end"),
        ("<p>BY ADA QUILL, Transport correspondent</p>", "ADA QUILL", "in capitals, as it is written"),
        ("<p>By Ada Quill Published 2 July 2020, 10:00 BST</p>", "Ada Quill", "a date behind it"),
        ("<p>By Ada Quill<button>Link copied</button></p>", "Ada Quill", "a button is no name"),
        ("<div class=byline><span>Ada Quill</span></div>", "Ada Quill", "its markup says so"),
        ("<div class=author>Ada Quill</div><div class=author>National Recruiting Analyst</div>", "Ada Quill", "a post"),
        ("<div class=author><p>Ada Quill</p><p>WATCH LIVE</p></div>", "Ada Quill", "a button in capitals"),
        ("<p>By Ada Quill</p><p>Contributions from</p><p>Tom Hale</p>", "Ada Quill", "who only helped"),
        ("<p>By the sea, the cranes stood still.</p>", None, "a sentence with By"),
        ("<aside><p>By Tom Hale</p></aside>", None, "another article's"),
        ("<p>By Associated Press</p>", "Associated Press", "an agency"),
        ("<ul class=related-stories><li>By Tom Hale</li></ul>", None, "a teaser's"),
    ],
)
def test_the_lines_near_the_heading(below: str, byline: str | None, reason: str) -> None:
    assert read(below=below).byline == byline, reason


def test_what_readers_see_wins_where_it_says_more_or_two_places_agree() -> None:
    # More names than the machine's statement.
    found = read(ld(author="Ada Quill"), "<p>By Ada Quill and Tom Hale</p>")
    assert (found.byline, found.won_by["byline"]) == ("Ada Quill, Tom Hale", "byline")
    # Another only took the pictures.
    both = ld(author=[person("Ada Quill"), person("Tom Hale")])
    assert read(both, "<p>By Ada Quill</p><p>Photographs by Tom Hale</p>").byline == "Ada Quill"
    assert read(both + meta("parsely-author", "Ada Quill"), "<p>By Ada Quill</p>").byline == "Ada Quill"
    # One statement against one: the fuller stays.
    assert read(both, "<p>By Ada Quill</p>").byline == "Ada Quill, Tom Hale"


def test_other_names_than_are_stated_are_told() -> None:
    found = read(ld(author="Ada Quill"), "<p>By Tom Hale</p>")
    assert (found.byline, found.won_by["byline"]) == ("Ada Quill", "json-ld")
    assert found.won_by["byline_doubt"] == "the page shows Tom Hale"


def test_capitals_are_taken_as_the_page_writes_the_name_elsewhere() -> None:
    assert read(ld(author="ADA McQUILL".upper()), "<p>By Ada McQuill</p>").byline == "Ada McQuill"
    assert read(ld(author="ADA QUILL")).byline == "ADA QUILL"  # nothing says where small letters belong


def test_a_wires_release_is_its_issuers() -> None:
    head = meta("article:section", "Press release")
    found = read(
        "<meta property='og:type' content='press_release'>" + head, "<p>News provided by</p><p>Quay Cranes Ltd</p>"
    )
    assert (found.kind, found.byline, found.publisher) == ("release", "Quay Cranes Ltd", "The Harbour Post")
    assert found.won_by["byline"] == "issuer"


def test_names_anywhere_count_only_where_all_the_markup_names_the_same_people() -> None:
    far = "<p>The port said nothing.</p>" * 70
    one = "<div><a rel=author>Ada Quill</a></div><div class=author-name>Ada Quill</div>"
    assert read(below=far + one).byline == "Ada Quill"
    assert read(below=far + one + "<div class=author-name>Tom Hale</div>").byline is None
