"""The page of a claim: its words, its state in words, and nothing that runs."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import claim_samples
import desk_samples
import pytest
import pytest_asyncio
from claim_samples import LETTERS, MONEY, NOW, TALK
from datasette.app import Datasette

from db.engine import open_database
from db.records import SourceRecord
from tracker import desk
from tracker.desk import Person

pytestmark = pytest.mark.asyncio(loop_scope="module")
CLEO, EDDA = Person("cleo", "checker"), Person("edda", "editor")
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
TURNED = "abc\u202egnp.exe\u0007"


def words_of(page: str) -> str:
    """The page's words without its tags, on one line."""
    body = page[page.index("<main") :]
    inline = re.sub(r"</?(?:bdi|strong|span|a|mark|ins|del|code)\b[^>]*>", "", body)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", inline)).split())


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The talk in two versions, with a claim that went through a review."""
    path = tmp_path_factory.mktemp("told") / "press.db"
    claim_samples.talk(path)
    claim_samples.edited(path)
    engine = open_database(path)
    moves: list[tuple[Person, desk.Request]] = [
        (CLEO, desk.Flag("Is it £19 or £91 million?")),
        (
            CLEO,
            desk.Attach(
                url="https://court.example/rulings/12",
                title="Ruling 12",
                kind="court",
                is_primary=True,
                locator="page 3",
                excerpt="pays nineteen million pounds",
            ),
        ),
        (CLEO, desk.Correct("unit", "GBP", figure=0)),
        (CLEO, desk.Correct("speaker", "Olga Reed")),
        (CLEO, desk.Verdict("supported")),
        (EDDA, desk.Approve()),
    ]
    for person, request in moves:
        desk.move(engine, 2, person, request, now=NOW)
    engine.dispose()
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shown(told: Path) -> AsyncIterator[Datasette]:
    made = desk_samples.desk(told, everybody=True)
    await made.invoke_startup()
    yield made
    made.close()


async def page(shown: Datasette, path: str, status: int = 200) -> str:
    answer = await shown.client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
    return str(answer.text)


async def test_the_words_stand_in_their_paragraph(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/2")
    passage = found[found.index('<blockquote class="press-quote press-passage">') :]
    passage = passage[: passage.index("</blockquote>")]
    assert unescape(re.sub(r"<[^>]*>", "", passage)).strip() == "It lost 40 vans and 19 million in one winter."
    assert '<mark class="press-figure">19 million</mark>' in passage
    assert re.findall(r'<span class="press-context">([^<]*)', passage) == ["It lost 40 vans and ", "."]
    said = re.findall(r'<span class="press-said press-sentence">(.*?)</span>', passage)
    assert "".join(re.sub(r"<[^>]*>", "", piece) for piece in said) == MONEY


async def test_it_leads_to_the_place_in_the_archived_text(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/4")
    (address,) = set(re.findall(r'href="([^"]+)">in the archived text', found))
    assert unescape(address) == "/press/documents/1?snapshot=1&claim=4#claim-4"
    archived = await page(shown, unescape(address).partition("#")[0])
    assert 'id="claim-4"' in archived


async def test_who_says_it_on_whose_word(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/1")
    chain = found[found.index('<ol class="press-chain-steps">') : found.index("</ol>")]
    steps = [" ".join(unescape(re.sub(r"<[^>]*>", " ", step)).split()) for step in chain.split("<li>")[1:]]
    assert steps == [
        "published by Larkholm Post",
        "said by Omar Reed , Depot Workers",
        "reported to have said it: some drivers ; not identified",
    ]
    assert "On the word of Depot Workers" in words_of(found)


async def test_a_citable_claim_does_not_promise_that_its_source_is_there(told: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(told, tmp_path / "press.db"))
    said = []
    for liveness in ("unchecked", "ok", "gone"):
        engine = open_database(path)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE sources SET liveness = ?", (liveness,))
        engine.dispose()
        running = desk_samples.desk(path, everybody=True)
        await running.invoke_startup()
        try:
            said.append(words_of(await page(running, "/press/claims/2")))
        finally:
            running.close()
    attached = "Yes. It is approved, supported by a source that a person attached"
    assert f"{attached} (nobody has looked whether it is still there), and reads as it was judged." in said[0]
    assert f"{attached} (it was still there when it was last looked at)" in said[1]
    assert "Yes." not in said[2]
    assert "its source is gone" in said[2]


async def test_codes_and_dates_are_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    text = "The helpline had 612 callers and over 2,000 call logs."
    made = claim_samples.claim(text, text[:-1], ("612 callers", "2,000 call logs"), as_of="--08")
    figures = (
        replace(made.figures[0], value=612, low=612, high=612, unit="caller", dimension="count", of="callers"),
        replace(made.figures[1], value=2000, low=2000, high=2000, unit="log", dimension="count", of="call logs"),
    )
    claim_samples.store(path, text, [replace(made, figures=figures)])
    engine = open_database(path)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE documents SET kind = 'email'")
    desk.move(engine, 1, CLEO, desk.Attach(url="https://tables.example/1", kind="poll_tables"), now=NOW)
    engine.dispose()
    running = desk_samples.desk(path, everybody=True)
    await running.invoke_startup()
    try:
        found = words_of(await page(running, "/press/claims/1"))
    finally:
        running.close()
    assert "As of August (year not stated)" in found
    assert "612 callers written" in found
    assert "2,000 logs written" in found
    assert "poll tables" in found
    assert "poll_tables" not in found
    assert "e-mail" in found


async def test_why_it_may_not_be_cited(shown: Datasette) -> None:
    found = words_of(await page(shown, "/press/claims/1"))
    for reason in ("nobody has reviewed it", "it has no verdict", "no linked or primary source supports it"):
        assert reason in found
    assert "No source is given. Neither links nor names a source." in found


async def test_what_became_of_it_is_told_plainly(shown: Datasette) -> None:
    found = words_of(await page(shown, "/press/claims/4"))
    assert "The newest version of the page no longer carries this claim." in found
    assert "It is denied: whoever tells it says that it is not so." in found
    assert "named in the document, without a link" in found


async def test_a_claim_that_no_reading_finds_is_said_to_be_withdrawn(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    claim_samples.store(path, TALK, claim_samples.talk_claims(TALK)[:3])
    running = desk_samples.desk(path, everybody=True)
    await running.invoke_startup()
    try:
        found = words_of(await page(running, "/press/claims/4"))
        archived = await page(running, "/press/documents/1?snapshot=1&claim=4")
        assert "No reading of the text finds this claim any more" in found
        assert "no reading finds it any more" in found
        assert "by an earlier reading only" in found
        # It is shown where it stood to whoever comes from there, and to nobody else.
        assert 'press-gone" href="/press/claims/4"' in archived
        assert "not found by the last reading" in archived
        assert 'href="/press/claims/4"' not in await page(running, "/press/documents/1")
    finally:
        running.close()


async def test_a_reviewed_claim_tells_its_source_and_its_history(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/2")
    said = words_of(found)
    assert 'href="https://court.example/rulings/12" rel="noopener noreferrer nofollow"' in found
    for words in ("primary source", "attached by cleo", "court", "page 3", "pays nineteen million pounds"):
        assert words in said
    assert "cleo confirmed it: GBP" in said
    history = said[said.index("History Jump") if "History Jump" in said else said.rindex("History") :]
    order = ["approved it", "gave a verdict", "corrected it", "corrected it", "attached a source", "flagged it"]
    at = [history.index(words) for words in dict.fromkeys(order)]
    assert at == sorted(at)
    assert "in review → approved" in history
    assert "Is it £19 or £91 million?" in history
    assert "<del>Omar</del>" in found
    assert "<ins>Olga</ins>" in found
    assert "GBP (confirmed)" in history


async def test_it_can_be_cited_from_the_page(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/2")
    for name in ("text", "markdown", "html"):
        field = re.search(rf'<textarea[^>]*id="cite-{name}"[^>]*readonly[^>]*>\s*([^<]+)</textarea>', found)
        assert field, name
        assert "19 million in one winter" in unescape(field[1])
        assert f'data-copy="cite-{name}" hidden' in found
    for extension in (".txt", ".md", ".bib", ".csl.json"):
        assert f'href="/press/claims/2{extension}"' in found
        assert (await shown.client.get(f"/press/claims/2{extension}")).status_code == 200
    assert "NOT CHECKED" in await page(shown, "/press/claims/1")
    assert re.search(r'<script nonce="[^"]+" src="[^"]+copy\.js"', found)
    assert "copy.js" not in await page(shown, "/press/claims")


async def test_the_other_claims_are_listed_in_the_texts_order(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/2")
    others = found[found.index('id="others"') :]
    assert re.findall(r'<p class="press-quote"><a href="/press/claims/(\d+)">', others) == ["1", "3"]
    assert ">Other claims (2)</a>" in found


async def test_it_is_told_how_many_of_the_other_claims_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    text = " ".join(f"Crew {number} lost {number + 20} vans." for number in range(9))
    words = [f"Crew {number} lost {number + 20} vans" for number in range(9)]
    claim_samples.store(path, text, [claim_samples.claim(text, each) for each in words])
    served = desk_samples.desk(path, everybody=True)
    await served.invoke_startup()
    found = await page(served, "/press/claims/1")
    assert ">Other claims (6 of 8)</a>" in found
    assert 'class="press-count">6 of 8</span></h2>' in found
    await served.invoke_shutdown()


async def test_the_record(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/2")
    assert re.search(r'<code class="press-whole">sha256:[0-9a-f]{64}</code>', found)
    assert re.search(r'<code class="press-whole">[0-9a-f]{64}</code>', found)
    assert "1 March 2026, 08:00 UTC" in found
    places = re.findall(r'href="/press/documents/1\?snapshot=(\d)&amp;claim=2#claim-2"', found)
    assert places == ["2", "2", "1"]


async def test_a_key_leads_to_the_id(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/2")
    key = re.search(r'<code class="press-whole">([0-9a-f]{64})</code>', found)
    assert key
    for named in (key[1], key[1][:10], "002"):
        answer = await shown.client.get(f"/press/claims/{named}")
        assert (answer.status_code, answer.headers["location"]) == (302, "/press/claims/2")


@pytest.mark.parametrize("named", ["99", "zzzz", "9" * 30, "~3Cscript~3E", "-1", "%E2%80%AE"])
async def test_what_there_is_not_is_told_in_one_line(shown: Datasette, named: str) -> None:
    found = await page(shown, f"/press/claims/{named}", 404)
    assert found.count('class="press-notice warn"') == 1
    assert "There is no claim" in found
    assert "<script>alert" not in found


async def test_the_data_stay_datasettes_own(shown: Datasette) -> None:
    answer = await shown.client.get("/press/claims/2.json")
    assert answer.json()["rows"][0]["id"] == 2


async def test_a_stranger_is_asked_to_sign_in_and_gets_no_form(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/2")
    assert 'action="/-/claim' not in found
    assert 'href="/-/login?next=/press/claims/2"' in found


async def test_hostile_words_stay_words(told: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(told, tmp_path / "press.db"))
    text = TALK.replace("Nobody was told.", f"Nobody {SCRIPT} was told {TURNED}.")
    sources = (SourceRecord(SCRIPT, "javascript:alert(3)", "linked"), SourceRecord(TURNED, None, "named"))
    made = claim_samples.claim(
        text, LETTERS, ("300 letters",), key="j" * 64, subject=SCRIPT, speaker=TURNED, sources=sources
    )
    words = f"{SCRIPT} was told {TURNED}"
    quoted = claim_samples.claim(text, words, (), key="k" * 64, sourcing_reason=SCRIPT)
    claim_samples.store(
        path, text, [made, quoted], key="https://evil.example/", title=SCRIPT, byline=TURNED, publisher=SCRIPT
    )
    engine = open_database(path)
    number = max(row[0] for row in engine.connect().exec_driver_sql("SELECT id FROM claims"))
    desk.move(engine, number, CLEO, desk.Note(f"{SCRIPT} {TURNED[:-1]}"), now=NOW)
    desk.move(engine, number, CLEO, desk.Attach(title=SCRIPT, excerpt=SCRIPT, locator=SCRIPT), now=NOW)
    desk.move(engine, number, CLEO, desk.Correct("subject", SCRIPT), now=NOW)
    engine.dispose()
    running = desk_samples.desk(path, everybody=True)
    await running.invoke_startup()
    try:
        for address in (f"/press/claims/{number}", f"/press/claims/{number - 1}", "/press/documents/2"):
            found = await page(running, address)
            assert "<script>alert" not in found, address
            assert "<img" not in found, address
            assert not re.search(r'href="\s*(javascript|data|vbscript):', found, re.IGNORECASE), address
            assert "\u202e" not in found, address
            assert "\x07" not in found, address
            assert "\N{REPLACEMENT CHARACTER}gnp.exe" in found, address
            assert not re.findall(r"<[^>]*\son\w+=", found.replace("onload", "")), address
    finally:
        running.close()


async def test_both_readings_stand_beside_each_other(told: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(told, tmp_path / "press.db"))
    engine = open_database(path)
    desk.move(engine, 1, CLEO, desk.Attach(url="https://court.example/1"), now=NOW)
    desk.move(engine, 1, CLEO, desk.Verdict("supported"), now=NOW)
    desk.move(engine, 1, EDDA, desk.Approve(), now=NOW)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE figures SET text = '48 vans', value = 48 WHERE claim_id = 1")
        desk.readings_changed(connection, [1], NOW)
    engine.dispose()
    running = desk_samples.desk(path, everybody=True)
    await running.invoke_startup()
    try:
        found = await page(running, "/press/claims/1")
    finally:
        running.close()
    assert "sent it back to review: it now reads otherwise" in found
    assert "<del>40</del>" in found
    assert "<ins>48</ins>" in found
    assert "in review" in words_of(found)
