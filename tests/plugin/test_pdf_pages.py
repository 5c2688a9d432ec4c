"""The page of a PDF on which a claim stands, from the file to the command line, the pages and the citations."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import desk_samples
import pytest

from db.engine import open_database
from db.store import list_claims
from tracker.citations_of import as_citations
from tracker.citing.formats import formats
from tracker.cli import main
from tracker.outcomes import Failed
from tracker.pipeline import Adder
from tracker.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "scrapers"))
from pdf_writer import Paper, Put, Sheet, column  # noqa: E402

FILLER = "The harbour is open on every day of the week, as it was in all the years since it was built."
OVER = "In its report on that year the Harbour Trust said that nobody at all had heard of it, while"
REST = "the police said 252 people were fined £300 each. The court fined Acme Rail £7 million in May 2019."
PAPER = Paper(
    [
        Sheet([Put(72, 740, "The state of the harbour", 22), *column([FILLER, OVER], top=690), Put(290, 40, "1", 9)]),
        Sheet([*column([REST], top=700), Put(290, 40, "2", 9)]),
    ]
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    source = tmp_path / "paper.pdf"
    source.write_bytes(PAPER.as_bytes())
    page = tmp_path / "page.txt"
    page.write_text("Harbour news\n\nThe court fined Acme Rail £7 million in May 2019.\n", encoding="utf-8")
    with Adder(tmp_path / "press.db", Settings()) as adder:
        assert not isinstance(adder.add(str(source)), Failed)
        assert not isinstance(adder.add(str(page)), Failed)
    return tmp_path / "press.db"


def test_a_claim_has_the_page_on_which_it_begins(base: Path) -> None:
    claims = list_claims(open_database(base))
    pages = {(claim.document.kind, claim.page) for claim in claims if "£7 million" in claim.quote}
    assert ("report", 2) in pages, "it stands on the second page, in a paragraph that begins on the first"
    assert {page for kind, page in pages if kind != "report"} == {None}


def test_citations_say_the_page_and_those_without_one_say_nothing(base: Path) -> None:
    engine = open_database(base)
    paged, bare = sorted(
        (c for c in list_claims(engine) if "£7 million" in c.quote), key=lambda claim: claim.page is None
    )[:2]
    cited, other = as_citations(engine, [paged.id, bare.id])
    for name in ("text", "markdown", "html"):
        assert "p\\. 2" in formats()[name].render([cited]) or "p. 2" in formats()[name].render([cited]), name
        assert "p. " not in formats()[name].render([other]), name
    assert json.loads(formats()["csl-json"].render([cited]))[0]["page"] == "2"
    assert "page" not in json.loads(formats()["csl-json"].render([other]))[0]
    assert "  pages = {2}," in formats()["bibtex"].render([cited])
    assert "pages" not in formats()["bibtex"].render([other])


def test_the_command_line_says_the_page(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claim = next(c for c in list_claims(open_database(base)) if c.page == 2)
    with pytest.raises(SystemExit):
        main(["show", str(claim.id), "--db", str(base)])
    assert "p. 2" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["claims", "--json", "--db", str(base)])
    assert 2 in [json.loads(line)["page"] for line in capsys.readouterr().out.splitlines()]


async def test_the_pages_say_the_page(base: Path) -> None:
    claim = next(c for c in list_claims(open_database(base)) if c.page == 2)
    made = desk_samples.desk(base, everybody=True)
    await made.invoke_startup()
    try:
        shown = (await made.client.get(f"/press/claims/{claim.id}")).text
        assert "<li>p. 2</li>" in shown
        document = (await made.client.get(f"/press/documents/{claim.document.id}")).text
        assert '<span class="press-hint">p. 2</span>' in document
        assert '<span class="press-page-mark">p. 1</span>' in document
        bare = next(c for c in list_claims(open_database(base)) if c.page is None)
        other = (await made.client.get(f"/press/documents/{bare.document.id}")).text
        assert "press-page-mark" not in other
    finally:
        made.close()
