"""Walls against robots and error pages that came as pages are failures; articles that speak of such are articles."""

from __future__ import annotations

import pytest

from scrapers.document import Capture, Document
from scrapers.errors import WallPage
from scrapers.registry import scraper_for

PROSE = (
    "The council of Oakhanger said on Monday that 412 residents were turned away by its new web site in one week, "
    "because a filter took them for machines, and that none of them had been told how to go on from there. "
) * 8
SHORT = "<p>The council of Oakhanger said on Monday that 412 residents were turned away by its web site in a week.</p>"


def read(body: str, name: str = "page.html") -> Document:
    capture = Capture(name, body.encode(), "2026-03-01T08:00:00Z", filename=name)
    return scraper_for(capture).extract(capture)


def page(title: str, body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


WALLS = [
    (page("Just a moment...", "<h1>mill.example</h1><p>Please stand by while the connection is looked at, it takes "
          "up to five seconds and then leads on by itself.</p>"), "a bot wall", "a check of the browser"),
    (page("mill.example", "<h1>Checking your browser before accessing mill.example</h1><p>This is automatic. You "
          "will be led to the page that you asked for in 5 seconds. Ray ID: 12ab</p>"), "a bot wall", "by its heading"),
    (page("mill.example", "<h2>Please verify you are a human</h2><div>Press and hold the button for a while, and "
          "the page that you asked for will be shown to you.</div>"), "a bot wall", "by a heading of the second order"),
    (page("News", "<div>Enable JavaScript and cookies to continue</div><p>Then load this page again, and you will be "
          "led on to what you asked for without any further delay.</p>"), "a bot wall", "by what a line says"),
    (page("Access denied | Mill News", "<p>You are not allowed to see this page from where you are, for reasons that "
          "the owner of the site knows. Reference 18.2f.</p>"), "a bot wall", "the site's name stands behind"),
    (page("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>"), "an error page",
     "a server's own words"),
    (page("Mill News", "<h1>Error 404: Page not found</h1><p>The page that you asked for may have been moved or taken "
          "away; here is what others read today.</p>"), "an error page", "an error told in the answer 200"),
    (page("503 Service Temporarily Unavailable", "<p>Please come back in a few minutes, the server is being looked "
          "after by those who know how to.</p>"), "an error page", "an error of the server"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind", "why"), WALLS, ids=[why for *_, why in WALLS])
def test_what_stands_in_the_place_of_a_page_is_a_failure(body: str, kind: str, why: str) -> None:
    with pytest.raises(WallPage, match=f"this page is {kind}.*, not an article: page.html: open the address") as failed:
        read(body)
    assert failed.value.stage == "extract"


def test_one_saved_as_text_is_no_article_either() -> None:
    with pytest.raises(WallPage, match="an error page"):
        read(
            "403 Forbidden\n\nYou do not have leave to see /report on this server, and nobody says why that is.\n",
            "a.txt",
        )


ARTICLES = [
    (page("Access denied", f"<h1>Access denied</h1><p>{PROSE}</p>"), "it has prose"),
    (page("Access denied", f"<h1>Access denied</h1><div>{PROSE}<br>{PROSE}</div>"), "prose without paragraphs"),
    (page("Access denied", f"<h1>Access denied</h1>{SHORT}",
          '<meta property="article:published_time" content="2026-03-01">'), "a short one that is dated"),
    (page("Access denied to 412 residents", f"<h1>Access denied to 412 residents</h1>{SHORT}"), "a title that goes on"),
    (page("404 homes not found fit to live in", f"{SHORT}"), "a number that is no status"),
    (page("Are you a robot? What web sites ask", f"{SHORT}"), "a question with more behind it"),
    (page("The filter", f"{SHORT}<p>It told them to enable JavaScript and cookies to continue, and none could.</p>"),
     "it tells what a wall says"),
    (page("The filter", f"<p>{PROSE}</p><p>Enable JavaScript and cookies to continue, said the page.</p>"),
     "a line amid prose"),
    (page("The filter", f"<noscript>Please enable JavaScript and cookies to continue</noscript>{SHORT}"),
     "what only a browser without scripts shows"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "why"), ARTICLES, ids=[why for _, why in ARTICLES])
def test_an_article_that_speaks_of_such_is_read(body: str, why: str) -> None:
    assert "412 residents" in read(body).text
