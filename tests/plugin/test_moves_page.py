"""Moves in the browser's way: the forms that each role is offered, and what they do."""

from __future__ import annotations

import re
from html import unescape

import moves_samples
import pytest
from moves_samples import Desk

pytestmark = pytest.mark.asyncio(loop_scope="function")
# Fixtures are found by their names here.
template, at = moves_samples.template, moves_samples.at


def notice_of(page: str) -> str:
    """The words of the notice that a move was made, which stands in the page itself; ValueError without one."""
    main = page[page.index("<main") :]
    notice = main[main.index('role="status">\n') :].partition(">")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", "", notice[: notice.index("</div>")])).split())


def forms_of(page: str) -> list[str]:
    return re.findall(r'<details class="press-move" id="move-(\w+)"', page)


async def test_each_role_is_offered_what_it_may_do(at: Desk) -> None:
    assert forms_of(await at.page(None)) == []
    assert forms_of(await at.page("rita")) == ["flag"]
    assert forms_of(await at.page("cleo")) == ["verdict", "attach", "correct", "flag", "reject", "note"]
    assert forms_of(await at.page("edda"))[0] == "approve"
    await at.move("rita", "flag", reason="which winter?")
    # A second pair of eyes may doubt it for another reason.
    for name in ("rita", "cleo", "edda"):
        assert "flag" in forms_of(await at.page(name)), name
    assert (await at.move("edda", "flag", reason="and whose?")).status_code == 303
    await at.move("edda", "approve")
    assert "recall" in forms_of(await at.page("edda"))
    assert "approve" not in forms_of(await at.page("edda"))


async def test_a_review_from_end_to_end(at: Desk) -> None:
    steps: list[tuple[str, str, dict[str, str], tuple[str, str]]] = [
        ("rita", "flag", {"reason": "which winter?"}, ("in_review", "unchecked")),
        ("cleo", "attach", {"url": "https://court.example/1", "is_primary": "1"}, ("in_review", "unchecked")),
        ("cleo", "correct", {"field": "unit:0", "now": "GBP"}, ("in_review", "unchecked")),
        ("cleo", "verdict", {"verdict": "supported", "note": "page 3"}, ("in_review", "supported")),
        ("edda", "approve", {}, ("approved", "supported")),
        ("cleo", "note", {"text": "asked them"}, ("approved", "supported")),
        ("edda", "recall", {"reason": "overturned"}, ("in_review", "supported")),
        ("cleo", "reject", {"reason": "no claim"}, ("rejected", "supported")),
        ("cleo", "reopen", {"reason": "it is one"}, ("in_review", "supported")),
    ]
    for name, move, typed, state in steps:
        answer = await at.move(name, move, 2, **typed)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/press/claims/2?done={at.last(2)}")
        assert notice_of(answer.extensions["page"].text).startswith("Done: ")
        assert at.state(2) == state
    assert [(who, move) for who, _, move, _ in at.reviews(2)] == [(name, move) for name, move, _, _ in steps]
    assert [role for _, role, _, _ in at.reviews(2)][:2] == ["reader", "checker"]
    assert at.query("SELECT is_primary, url FROM sources WHERE url IS NOT NULL") == [(1, "https://court.example/1")]


async def test_what_was_done_is_said_in_the_page_to_whoever_did_it(at: Desk) -> None:
    answer = await at.move("cleo", "verdict", verdict="supported")
    said = notice_of(answer.extensions["page"].text)
    assert said.startswith("Done: the verdict is supported. The claim is in review, its verdict supported.")
    assert "no linked or primary source supports it" in said
    # The address tells nobody else, and nobody later.
    with pytest.raises(ValueError, match="substring"):
        notice_of(await at.page("edda", f"1?done={at.last()}"))
    with pytest.raises(ValueError, match="substring"):
        notice_of(await at.page(None, f"1?done={at.last()}"))
    await at.move("edda", "note", text="hm")
    with pytest.raises(ValueError, match="substring"):
        notice_of(await at.page("cleo", f"1?done={at.last() - 1}"))


async def test_an_approval_that_does_not_make_it_citable_says_why(at: Desk) -> None:
    warning = "Nobody has given it a verdict yet: approved or not, it stays uncitable"
    form = (await at.page("edda")).partition('id="move-approve"')[2].partition("</form>")[0]
    assert 0 < form.index(warning) < form.index("<button")
    answer = await at.move("edda", "approve")
    said = notice_of(answer.extensions["page"].text)
    assert said.startswith("Done: it is approved. The claim is approved, its verdict unchecked.")
    assert "It is approved, but it may not be cited as checked: it has no verdict" in said
    await at.move("cleo", "verdict", verdict="supported")
    assert warning not in await at.page("edda")
    said = notice_of((await at.move("edda", "approve")).extensions["page"].text)
    assert "it may not be cited as checked: no linked or primary source supports it" in said
    assert "no verdict" not in said
    await at.move("cleo", "attach", url="https://court.example/1")
    if at.state()[0] != "approved":
        await at.move("edda", "approve")
    page = await at.page("edda")
    assert "a source that a person attached (nobody has looked whether it is still there)" in page


async def test_an_attached_source_is_told_wherever_the_claim_is_listed(at: Desk) -> None:
    lists = (
        "/press/claims?id=1",
        "/press/claims?id=1&_nocol=quote",
        "/-/queue?tab=review",
        "/-/search?q=vans",
        "/",
        "/press/documents/1",
        "/press/claims/2",
    )
    await at.move("rita", "flag", reason="says who?")
    before = {path: (await at.ask("cleo", "GET", path)).text for path in lists}
    await at.move("cleo", "attach", url="https://court.example/1")
    for path in lists:
        after = (await at.ask("cleo", "GET", path)).text
        badges = [html.count('<span class="press-badge press-badge-none">') for html in (before[path], after)]
        assert badges[0] == badges[1] + 1, path
        assert after.count(">source attached</span>") == 1, path
    page = await at.page("cleo")
    assert "its address has not been fetched since" in page
    assert "not looked at yet" not in page


@pytest.mark.parametrize("known_by", ["url", "title"])
async def test_what_a_source_says_is_changed_and_one_row_kept(at: Desk, known_by: str) -> None:
    typed = (
        {"url": "https://court.example/1"} if known_by == "url" else {"title": "Ruling “12” & more", "is_primary": "1"}
    )
    await at.move("cleo", "attach", locator="page 3", excerpt="two\nlines <b>", **typed)
    assert at.query("SELECT is_backed FROM claims WHERE id = 1") == [(1,)]
    assert "Change what it says" not in await at.page("rita")
    assert "Change what it says" not in await at.page(None)
    form = (await at.page("cleo")).partition("Change what it says about the claim")[2].partition("</form>")[0]
    assert "takes its support away" in form
    assert '<option value="supports" selected>' in form
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    again = {name: unescape(value) for name, value in hidden.items()}
    assert set(again) == {"seen", known_by, "locator", "excerpt"}
    answer = await at.move("cleo", "attach", relation="mentions", note="another court", **again)
    assert answer.status_code == 303, answer.text[-1500:]
    page = answer.extensions["page"].text
    assert "the source now only mentions the matter, and supports nothing" in notice_of(page)
    sql = "SELECT relation, locator, excerpt, by_whom FROM evidence WHERE how = 'attached'"
    assert at.query(sql) == [("mentions", "page 3", "two\nlines <b>", "cleo")]
    assert at.query("SELECT is_backed FROM claims WHERE id = 1") == [(0,)]
    assert at.query("SELECT count(*) FROM sources WHERE label LIKE '%court%' OR label LIKE 'Ruling%'") == [(1,)]
    assert "(before: supports)" in page
    assert '<option value="mentions" selected>' in page


async def test_an_inferred_unit_is_confirmed_with_one_button(at: Desk) -> None:
    page = await at.page("cleo", 2)
    form = re.search(r'<form action="/-/claim/2/correct"[^>]*class="press-inline-form">(.*?)</form>', page, re.DOTALL)
    assert form
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    assert typed == {"seen": "0", "field": "unit:0", "now": "GBP"}
    assert (await at.move("cleo", "correct", 2, **typed)).status_code == 303
    assert "press-inline-form" not in await at.page("cleo", 2)
    assert "cleo</bdi> confirmed it" in await at.page("cleo", 2)
    # A reader is not asked.
    assert "press-inline-form" not in await at.page("rita", 2)


@pytest.mark.parametrize(
    ("typed", "column", "now"),
    [
        ({"field": "kind", "now": "fine"}, "kind", "fine"),
        ({"field": "span", "now": "lost 40 vans"}, "quote", "lost 40 vans"),
        ({"field": "stance", "now": "hedged"}, "stance", "hedged"),
        ({"field": "subject", "now": "Larkholm depot"}, "names", "Larkholm depot; Omar Reed; Depot Workers"),
    ],
)
async def test_corrections(at: Desk, typed: dict[str, str], column: str, now: str) -> None:
    answer = await at.move("cleo", "correct", **typed)
    assert answer.status_code == 303, answer.text[-1500:]
    assert at.query(f"SELECT {column} FROM claims WHERE id = 1") == [(now,)]  # noqa: S608


async def test_a_stance_is_offered_for_correction(at: Desk) -> None:
    form = (await at.page("cleo", 4)).partition('id="move-correct"')[2].partition("</form>")[0]
    assert '<option value="stance">' in form
    assert '<option value="asserted"></option>' in form
    assert (await at.move("cleo", "correct", 4, field="stance", now="true")).status_code == 400
    answer = await at.move("cleo", "correct", 4, field="stance", now="asserted")
    page = answer.extensions["page"].text
    assert "the stance is corrected" in notice_of(page)
    assert "It is denied: whoever tells it" not in page
    assert "<del>denied</del>" in page


async def test_a_corrected_figure_says_by_whom_and_what_the_text_has(at: Desk) -> None:
    page = (await at.move("cleo", "correct", field="figure:0", now="48 vans")).extensions["page"].text
    figures = page.partition('<ul class="press-list press-figures">')[2].partition("</ul>")[0]
    said = " ".join(re.sub(r"<[^>]*>", "", figures).split())
    assert "corrected by cleo; the text has “40 vans”" in said
    assert "48" in said
    assert "written “" not in said


async def test_a_kind_is_corrected_in_the_words_of_the_form(at: Desk) -> None:
    assert (await at.move("cleo", "correct", field="kind", now="contract value")).status_code == 303
    assert at.query("SELECT kind FROM claims WHERE id = 1") == [("contract_value",)]


async def test_a_wrong_name_becomes_another_name_of_the_same(at: Desk) -> None:
    answer = await at.move("cleo", "correct", field="alias", wrong="Omar Reed", now="Omar Reade")
    assert answer.status_code == 303, answer.text[-1500:]
    assert "Omar Reade" in await at.page(None)
