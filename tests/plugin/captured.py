"""A database after a week of watching, made by hand: a talk whose figures drifted, its copies, its sources."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import claim_samples
from capture_samples import add, change, copy, visit
from claim_samples import BOTH, LATER, NOW, TALK

from db.engine import open_database, writing
from db.records import sha256_of
from tracker import desk

#: Yesterday: the front page counts the last days.
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
#: Words that would be obeyed somewhere.
HOSTILE = '<img src=x onerror=alert(1)> "><script>alert(2)</script>'
DOUBT = "a second reader found a third more words"
#: The talk with more vans, and without the letters.
DRIFTED = claim_samples.EDITED.replace("40 vans", "over 52 vans")
WORDS = f"{BOTH}."
SENTENCES = (WORDS, WORDS.replace("40 vans", "over 52 vans"))


def fill(path: Path) -> Path:
    """Claim 1 and 3 have drifted, claim 4 is absent; claim 2 rests on a source that changed, claim 1 on one gone."""
    claim_samples.talk(path)
    money = claim_samples.claim(DRIFTED, claim_samples.MONEY, ("19 million",), figure_text="£19,000,000")
    claim_samples.store(path, DRIFTED, [money], now=LATER)
    for number, outlet in enumerate(("Fenwick Echo", "Larkholm Post", "Coast Daily"), 2):
        text = f"{TALK}Edition {number}\n"
        claim_samples.store(
            path, text, [], key=f"https://{number}.example.org/talk", title=f"Bins, {outlet}", publisher=outlet
        )
    before, after = (sha256_of(text.encode()) for text in (TALK, DRIFTED))
    engine = open_database(path)
    cleo = desk.Person("cleo", "checker")
    desk.move(engine, 2, cleo, desk.Attach(url="https://court.example/12", title="Ruling 12"), now=NOW)
    desk.move(
        engine, 1, cleo, desk.Attach(url="https://audit.example/7", title="Audit 7", relation="mentions"), now=NOW
    )
    for claim in (1, 3):
        change(engine, YESTERDAY, "40 vans", "over 52 vans", claim=claim, sentences=SENTENCES, versions=(before, after))
    change(engine, YESTERDAY, "“", '"', kind="boring", versions=(before, after))
    change(engine, YESTERDAY, "told", "asked", kind="words", versions=(before, after))
    change(engine, YESTERDAY, HOSTILE, "5", sentences=(f"It says {HOSTILE}.", "It says 5."), versions=(before, after))
    change(engine, YESTERDAY, "9", "19", document=None, source=2)
    visit(engine, NOW, "new", document=1)
    visit(engine, "2026-03-03T08:00:00Z", "missing", document=1, status=404, reason="the server answers 404")
    visit(engine, YESTERDAY, "gone", document=1, status=410, reason=f"the server answers 410 {HOSTILE}")
    visit(engine, "2026-03-04T08:00:00Z", "changed", source=2)
    visit(engine, "2026-03-05T08:00:00Z", "gone", source=3)
    copy(engine, 1, 2, 0.97)
    copy(engine, 3, 1, 0.88)
    copy(engine, 4, 1, 0.91)
    add(engine, "requests", url="https://wanted.example.org/", requested_by="cleo", requested_at=NOW, note=HOSTILE)
    add(engine, "signatures", document_id=1, text_id=1, version="1", words=30, minhash=b"secret bytes")
    add(engine, "signature_bands", band=0, digest="secret digest", document_id=1)
    with writing(engine) as connection:
        connection.exec_driver_sql(
            "UPDATE documents SET doubt = ?, next_check = '2026-03-09T08:00:00Z' WHERE id = 1", (DOUBT,)
        )
        connection.exec_driver_sql(
            "UPDATE sources SET liveness = 'changed', last_checked = ? WHERE id = 2", (YESTERDAY,)
        )
        connection.exec_driver_sql("UPDATE sources SET liveness = 'gone' WHERE id = 3")
        connection.exec_driver_sql("UPDATE claims SET workflow = 'approved' WHERE id = 2")
    engine.dispose()
    return path
