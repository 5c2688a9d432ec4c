"""Which part of a page is the article, and when that is in doubt."""

from __future__ import annotations

import json

import pytest

from scrapers.document import Capture, Document
from scrapers.errors import NoArticle
from scrapers.generic import extract_html

TITLE = "Harbour board fined over missing inspections"
STORY = [
    f"The harbour board was fined £{n},000 in year {n} because its inspectors had visited only {n} of the 90 berths, "
    f"the regulator's report number {n} said on Monday, and the chair promised to hire {n} more people."
    for n in range(2, 12)
]
STANDFIRST = "Nine berths in ten were never visited, says the regulator"


def read(body: str, head: str = "", title: str = TITLE) -> Document:
    stated = f"<title>{title}</title><meta property='og:title' content='{title}'>{head}"
    page = f"<html><head>{stated}</head><body>{body}</body></html>"
    address = "https://news.example/a"
    return extract_html(Capture("a.html", page.encode(), "2026-01-01T00:00:00Z", url=address, final_url=address))


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def story(inside: str = "") -> str:
    return f"<article><h1>{TITLE}</h1><div class='story-body'>{paragraphs(STORY)}</div>{inside}</article>"


COMMENT = (
    "I have walked past berth number {n} every day for {n} years and have never seen an inspector there, and neither "
    "has anybody in my family. Reply"
)
CONSENT = "We set cookies, our {n} partners set cookies, and this privacy policy says which cookies you may refuse."


@pytest.mark.parametrize(
    ("aside", "words"),
    [
        # Threads are as dense as stories; each forum program has its own name for them, with the same word in it.
        ("<div class='forum-comments-list'>{}</div>", COMMENT),
        ("<section id='disqus_thread'>{}</section>", COMMENT),
        # A dialog over the page, by its name or by its role.
        ("<div class='cookie-consent-banner'>{}</div>", CONSENT),
        ("<div aria-modal='true'>{}</div>", CONSENT),
    ],
)
def test_comments_and_dialogs_are_no_part_of_the_article(aside: str, words: str) -> None:
    many = aside.format(paragraphs([words.format(n=n) for n in range(2, 22)]))
    document = read(story() + many)
    assert all(line in document.text for line in STORY)
    assert words.format(n=2) not in document.text


def test_a_page_whose_container_is_named_for_its_comments_keeps_its_story() -> None:
    document = read(f"<div class='page has-comments'>{story()}</div>")
    assert all(line in document.text for line in STORY)


def test_a_story_in_several_containers_of_one_make_is_whole() -> None:
    parts = "<aside class='ad'>Advertisement</aside>".join(
        f"<div class='grid'><div class='chunk'>{paragraphs(STORY[at : at + 2])}</div></div>" for at in range(0, 10, 2)
    )
    document = read(f"<article><h1>{TITLE}</h1>{parts}</article>")
    assert [line for line in STORY if line not in document.text] == []


def test_the_next_story_of_an_endless_page_is_another_article() -> None:
    other = [line.replace("harbour", "airport").replace("berths", "gates") for line in STORY]
    body = story() + f"<article><h1>Airport fined too</h1><div class='story-body'>{paragraphs(other)}</div></article>"
    document = read(body)
    assert other[0] not in document.text
    assert STORY[-1] in document.text


def test_teasers_that_are_denser_than_the_story_beside_them_are_not_taken_for_it() -> None:
    teasers = "".join(
        f"<a class='tile' href='/{n}'><h2>Teaser {n}: what {n} ports spent on their quays in the year 19{n}0</h2></a>"
        for n in range(1, 10)
    )
    # Each paragraph stands in a part of its own, as page builders make them.
    parts = "".join(f"<div class='row'><div class='part-text'><p>{line}</p></div></div>" for line in STORY)
    document = read(f"<div class='tiles'>{teasers}</div><h1>{TITLE}</h1>{parts}")
    assert all(line in document.text for line in STORY)
    assert "Teaser 4" not in document.text


@pytest.mark.parametrize(
    ("description", "has_it"),
    [
        (STANDFIRST, True),
        # Descriptions for search engines are cut short.
        (STANDFIRST[:60] + "...", True),
        # One that says something else leaves the line under the headline to the extractor.
        ("All the news from the harbour, every day.", False),
    ],
)
def test_the_standfirst_is_the_articles_where_the_page_states_it(description: str, has_it: bool) -> None:
    head = f"<meta property='og:description' content=\"{description}\">"
    body = (
        f"<header><h1>{TITLE}</h1><div class='deck'>{STANDFIRST}</div></header>"
        f"<div class='story-body'>{paragraphs(STORY)}</div>"
    )
    assert (STANDFIRST in read(body, head).text) is has_it


def data(**values: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **values})}</script>"


@pytest.mark.parametrize(
    ("head", "doubt"),
    [
        ("", None),
        # A wall before the text: the page says how long its article is, and that not all may read it.
        (data(isAccessibleForFree=False, wordCount=2400), "the page is not free to read, and holds only "),
        (data(isAccessibleForFree="False", wordCount=380), None),
        # The page's data hold more of the article than its readers see.
        (
            data(articleBody=" ".join(STORY + [COMMENT.format(n=n) for n in range(20)])),
            "the page's own data hold words of the article that were not found on it",
        ),
        (data(articleBody=" ".join(STORY)), None),
    ],
)
def test_what_the_page_states_raises_a_doubt(head: str, doubt: str | None) -> None:
    found = read(story(), head).doubt
    assert found == doubt if doubt is None else found is not None and found.startswith(doubt)


def test_a_page_of_pointers_alone_is_still_no_article() -> None:
    links = "".join(f"<p><a href='/{n}'>Story number {n} of the harbour and its many berths</a></p>" for n in range(30))
    with pytest.raises(NoArticle):
        read(f"<h1>Harbour news</h1>{links}", title="Harbour news")
