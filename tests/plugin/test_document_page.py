"""The page of a document: its archived text with the claims on it, its versions, its parts."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import claim_samples
import desk_samples
import pytest
import pytest_asyncio
from datasette.app import Datasette

from tracker.plugin.layout import PART

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shown(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Datasette]:
    path = tmp_path_factory.mktemp("told") / "press.db"
    claim_samples.talk(path)
    claim_samples.edited(path)
    claim_samples.long_text(path, 1_000_000)
    made = desk_samples.desk(path, everybody=True)
    await made.invoke_startup()
    yield made
    made.close()


async def page(shown: Datasette, path: str, status: int = 200) -> str:
    answer = await shown.client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
    return str(answer.text)


def text_of(found: str) -> str:
    """The part of the page with the archived text."""
    return found[found.index('<div class="press-text">') : found.index('<div class="press-aside">')]


async def test_the_archived_words_are_all_there(shown: Datasette) -> None:
    archived = text_of(await page(shown, "/press/documents/1?snapshot=1"))
    numbers = re.sub(r'<(span|a) class="press-number".*?</\1>', "", archived)
    words = unescape(re.sub(r"<[^>]*>", "", numbers))
    expected = claim_samples.TALK.replace("•", "")
    assert "".join(words.split()) == "".join(expected.split())


async def test_claims_are_marked_and_lead_to_their_pages(shown: Datasette) -> None:
    archived = text_of(await page(shown, "/press/documents/1?snapshot=1"))
    for number in (1, 2, 3, 4):
        assert archived.count(f'id="claim-{number}"') == 1
        assert f'href="/press/claims/{number}"' in archived
    assert '<mark class="press-figure">40 vans</mark>' in archived
    assert 'title="Claim 1 (also 3)"' in archived
    assert len(re.findall(r'\sid="([^"]+)"', archived)) == len(set(re.findall(r'\sid="([^"]+)"', archived)))


async def test_numbers_that_stand_together_are_told_apart(shown: Datasette) -> None:
    archived = text_of(await page(shown, "/press/documents/1?snapshot=1"))
    words = unescape(re.sub(r"<[^>]*>", "", archived))
    assert "1, 3It lost" in words.replace("3, 1It", "1, 3It")
    assert "13It lost" not in words
    assert "31It lost" not in words
    # A number that is itself the way to its claim says what it is.
    for number in re.findall(r'<a class="press-number"[^>]*>(\d+)</a>', archived):
        assert f'aria-label="Claim {number}">{number}</a>' in archived


async def test_turns_lists_headings_and_furniture(shown: Datasette) -> None:
    archived = text_of(await page(shown, "/press/documents/1"))
    assert re.search(r'<h3 class="press-heading[^>]*><bdi>The bins of Larkholm</bdi></h3>', archived)
    assert '<b class="press-label">Nell Frost: </b>' in archived
    assert archived.count("<li") == 2
    assert "•" not in archived
    assert re.search(r'<div class="press-boilerplate">\s*<p class="press-role-boilerplate"><bdi>Subscribe', archived)


async def test_the_claim_that_one_came_for_is_told_apart(shown: Datasette) -> None:
    archived = text_of(await page(shown, "/press/documents/1?snapshot=1&claim=2"))
    assert re.findall(r'press-here" href="/press/claims/(\d)"', archived) == ["2"]


async def test_a_claim_that_is_gone_stands_on_the_version_that_carried_it(shown: Datasette) -> None:
    newest = await page(shown, "/press/documents/1")
    assert 'id="claim-4"' not in newest
    assert "Not in this text: 1 no longer on the page" in " ".join(newest.split())
    older = await page(shown, "/press/documents/1?snapshot=1")
    assert 'press-gone" href="/press/claims/4"' in older
    assert "not the last one fetched" in older
    # Without a version named, the one that carries the claim is shown.
    assert 'id="claim-4"' in await page(shown, "/press/documents/1?claim=4")


async def test_what_is_known_of_it(shown: Datasette) -> None:
    found = await page(shown, "/press/documents/1")
    assert "Ivy Quill" in found
    assert "27 February 2026" in found
    assert '<a href="/press/outlets/1">' in found
    assert "the page’s main heading" in found
    assert "the page’s data for search engines (JSON-LD)" in found
    assert re.findall(r'href="/press/documents/1\?snapshot=(\d)"', found) == ["2", "1"]
    assert 'aria-current="true"' in found
    assert 'href="https://news.example.org/talk" rel="noopener noreferrer nofollow"' in found
    answer = await shown.client.get("/press/documents/1.json")
    assert answer.json()["rows"][0]["id"] == 1


async def test_a_text_of_a_megabyte_is_shown_part_by_part(shown: Datasette) -> None:
    began = time.perf_counter()
    first = await page(shown, "/press/documents/2")
    assert time.perf_counter() - began < 3
    assert len(first) < 8 * PART
    (parts,) = set(re.findall(r"Part 1 of (\d+) of a text of", first))
    assert int(parts) >= 1_000_000 / PART
    assert 'id="claim-5"' in first
    assert 'id="claim-6"' not in first
    addresses = set(re.findall(r'href="([^"]+)" rel="next"', first))
    (address,) = (unescape(found) for found in addresses)
    second = await page(shown, address)
    assert "Part 2 of" in second
    assert 'rel="prev"' in second
    last = await page(shown, f"/press/documents/2?part={parts}")
    assert 'id="claim-6"' in last
    assert 'rel="next"' not in last
    # Whoever comes for a claim comes to its part.
    assert 'id="claim-6"' in await page(shown, "/press/documents/2?snapshot=3&claim=6")


@pytest.mark.parametrize(
    "path",
    [
        "/press/documents/99",
        "/press/documents/1?snapshot=99",
        "/press/documents/1?snapshot=3",
        "/press/documents/1?text=99",
        "/press/documents/1?part=0",
        "/press/documents/1?part=2",
        "/press/documents/1?snapshot=x",
        "/press/documents/1?claim=" + "9" * 30,
        "/press/documents/1?part=-1",
        "/press/documents/1?part=%C2%B2",
        "/press/documents/999999999999999999",
    ],
)
async def test_what_there_is_not_is_told_in_one_line(shown: Datasette, path: str) -> None:
    found = await page(shown, path, 404)
    assert found.count('class="press-notice warn"') == 1


async def test_a_claim_that_there_is_not_changes_nothing(shown: Datasette) -> None:
    assert text_of(await page(shown, "/press/documents/1?claim=999")) == text_of(
        await page(shown, "/press/documents/1")
    )


async def test_hundreds_of_claims_are_not_all_listed(shown: Datasette, tmp_path: Path) -> None:
    text = "".join(f"Number {number:03} boats sank. " for number in range(250))
    claims = [
        claim_samples.claim(text, f"Number {number:03} boats sank", (f"{number:03} boats",)) for number in range(250)
    ]
    path = tmp_path / "press.db"
    claim_samples.store(path, text, claims)
    running = desk_samples.desk(path, everybody=True)
    await running.invoke_startup()
    try:
        found = await page(running, "/press/documents/1")
    finally:
        running.close()
    assert found.count('class="press-jump"') == 100
    assert "150 more are marked in the text." in found
    assert found.count('<mark class="press-figure">') == 250
