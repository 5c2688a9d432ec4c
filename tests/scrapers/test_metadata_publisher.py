"""Who published a page, and in which language: the source before the platform, the words before the tag."""

from __future__ import annotations

import json

import pytest

from scrapers.html_tree import parse
from scrapers.metadata import Metadata, read_metadata

FRENCH = (
    "<p>Les grues du vieux port sont dans une longue attente, et le port est en difficult\u00e9 pour la saison, car "
    "il y a des navires au large qui ne sont pas sur les listes du ministre et que les dockers ne veulent plus.</p>"
)
ENGLISH = (
    "<p>The cranes at the old harbour are in for a long wait, and the port is not on the list of the minister, "
    "as there are ships that have been at sea for weeks with which it was to have been dealt this summer.</p>"
)


def read(head: str, address: str, body: str = "<h1>Cranes stand still</h1><p>x</p>", lang: str = "") -> Metadata:
    tree = parse(f"<html {lang}><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return read_metadata(tree, address)


def ld(**more: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Cranes stand still", **more}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def site(name: str) -> str:
    return f'<meta property="og:site_name" content="{name}">'


@pytest.mark.parametrize(
    ("head", "address", "publisher", "place", "reason"),
    [
        (ld(publisher={"name": "Quay Gazette"}), "https://a.example/x", "Quay Gazette", "json-ld", "as stated"),
        (
            ld(publisher={"name": "MSN"}, provider={"name": "Reuters"}),
            "https://www.msn.com/x",
            "Reuters",
            "json-ld",
            "the source",
        ),
        (
            site("Yahoo News") + ld(provider={"name": "Quay Gazette"}),
            "https://news.yahoo.com/x",
            "Quay Gazette",
            "json-ld",
            "so",
        ),
        (site("MSN"), "https://www.msn.com/x", "MSN", "domain", "nothing else is said"),
        (
            site("Medium") + "<title>Cranes stand still | by Ada Quill | Quay Notes | Medium</title>",
            "https://medium.com/quay/x",
            "Quay Notes",
            "title",
            "the publication is in the browser's title",
        ),
        (
            "<title>Quay Watch: Cranes stand still</title>",
            "https://quay.blogspot.com/x",
            "Quay Watch",
            "title",
            "the blog's name",
        ),
        ("", "https://quay.blogspot.com/x", "quay.blogspot.com", "domain", "the blog, not who serves it"),
        (
            "<link rel=canonical href='https://www.reuters.com/y'>",
            "https://www.msn.com/x",
            "Reuters",
            "canonical",
            "the original",
        ),
        (
            site("Quay Gazette | News, sport and more"),
            "https://www.quaygazette.example/x",
            "Quay Gazette",
            "opengraph",
            "a slogan",
        ),
        (
            site("News and more for all of the coast | Quay"),
            "https://quay.example/x",
            "Quay",
            "opengraph",
            "the domain's part",
        ),
        (site("World"), "https://www.reuters.com/x", "Reuters", "domain", "an edition is no publisher"),
        (
            site("the Guardian"),
            "https://www.theguardian.com/x",
            "The Guardian",
            "opengraph",
            "as the house writes itself",
        ),
        (
            "<meta name='application-name' content='Cranes stand still'><title>Cranes stand still</title>",
            "https://a.example/x",
            "a.example",
            "domain",
            "the page's title is no publisher",
        ),
        (
            ld(publisher={"name": "PR Newswire"}, author={"@type": "Organization", "name": "Quay Ltd"}),
            "https://www.prnewswire.com/x",
            "PR Newswire",
            "json-ld",
            "a wire publishes, its customer wrote",
        ),
    ],
)
def test_publishers(head: str, address: str, publisher: str, place: str, reason: str) -> None:
    found = read(head, address)
    assert (found.publisher, found.won_by["publisher"]) == (publisher, place), reason


def test_the_issuer_of_a_wires_release_is_its_author() -> None:
    head = ld(publisher={"name": "PR Newswire"}, author={"@type": "Organization", "name": "Quay Ltd"})
    assert read(head, "https://www.prnewswire.com/news-releases/x").byline == "Quay Ltd"


def test_a_logo_names_the_source_in_microdata() -> None:
    logo = "<span itemprop=publisher><a href='/y'><img alt='Quay Gazette logo'></a></span>"
    found = read(site("MSN"), "https://www.msn.com/x", f"<h1>Cranes stand still</h1>{logo}")
    assert (found.publisher, found.won_by["publisher"]) == ("Quay Gazette", "microdata")


@pytest.mark.parametrize(
    ("lang", "body", "language", "place", "reason"),
    [
        ("lang=en-GB", ENGLISH, "en-GB", "html", "they agree"),
        ("", ENGLISH, "en", "function words", "nothing is stated"),
        ("lang=en", FRENCH, "fr", "function words", "the tag is clearly wrong"),
        ("lang=cy", ENGLISH * 2, "cy", "html", "no list of that language's words: the page is believed"),
        ("lang=en", "<p>Oui.</p>", "en", "html", "too few words to tell"),
    ],
)
def test_languages(lang: str, body: str, language: str, place: str, reason: str) -> None:
    found = read("", "https://a.example/x", "<h1>x</h1>" + body * 3, lang)
    assert (found.language, found.won_by["language"]) == (language, place), reason
    assert ("language_doubt" in found.won_by) == (language == "fr")


@pytest.mark.parametrize(
    ("head", "h1", "title", "reason"),
    [
        (
            "<meta property='og:title' content='Port: shock as cranes stand still'>",
            "Cranes stand still at the port",
            "Cranes stand still at the port",
            "the page's own heading",
        ),
        (
            "<meta property='og:title' content='Why nothing moves any more'>",
            "Cranes stand still at the port",
            "Cranes stand still at the port",
            "the only heading, whatever social networks are told",
        ),
        (
            "<meta property='og:title' content='Cranes stand still'>",
            "Business | Cranes stand still",
            "Cranes stand still",
            "a section before it",
        ),
        (
            "<meta property='og:title' content='Cranes stand still again'>",
            "Opinion | Cranes stand still again",
            "Cranes stand still again",
            "a label before it",
        ),
        ("", "Cranes stand still again | Live", "Cranes stand still again", "a label behind it"),
        (
            "<meta property='og:title' content='Cranes stand still'>",
            "The Harbour Post logo",
            "Cranes stand still",
            "the site's own heading",
        ),
        (
            "<title>Cranes stand still - The Harbour Post</title>",
            "Poste",
            "Cranes stand still",
            "a heading that shares no word with the title",
        ),
        (
            "<meta property='og:title' content='Cranes stand still at\u2026'>"
            + ld(headline="Cranes stand still at the old port"),
            "News",
            "Cranes stand still at the old port",
            "a title that is cut off",
        ),
    ],
)
def test_titles(head: str, h1: str, title: str, reason: str) -> None:
    found = read(site("The Harbour Post") + head, "https://www.harbourpost.example/x", f"<h1>{h1}</h1><p>x</p>")
    assert found.title == title, reason
