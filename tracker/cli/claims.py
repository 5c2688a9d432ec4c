"""``tracker claims`` lists claims; ``tracker show`` shows one whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from sqlalchemy import Engine

from db.engine import open_database
from db.queries import attached_sources
from db.results import ClaimDetail, StoredClaim
from db.store import get_claim, list_claims
from db.vocabulary import WORKFLOWS
from tracker.citing.figures import counted_in_words, date_in_words, figure_in_words
from tracker.cli.capture_lines import became_of, capture_as_json, capture_rows
from tracker.cli.claim_lines import context_lines, kind_in_words, say_claim, source_in_words
from tracker.cli.common import (
    database,
    db_option,
    flat,
    joined,
    json_option,
    one_line_errors,
    plural_of,
    poll_as_json,
    print_json,
    say,
    settings,
    stored_as_json,
    wrapped,
)
from tracker.cli.hints import hints
from tracker.cli.history_lines import say_history
from tracker.errors import TrackerError
from tracker.judging.importance import order_in_words
from tracker.judging.poll_disclosure import PollDisclosure, poll_disclosure


def open_existing(db: Path | None) -> Engine:
    """The database that must be there already."""
    path = database(db)
    if not path.exists():
        raise TrackerError(f"no database: {path}: add a source first (tracker add FILE), or name another with --db")
    return open_database(path)


@click.command(epilog="Example: tracker claims --lacking-source --kind fine")
@db_option
@click.option(
    "--lacking-source", is_flag=True, help="Only claims that neither link nor name a source, most important first."
)
@click.option("--kind", help="Only claims of this kind.")
@click.option("--subject", help="Only claims about this person or organisation.")
@click.option("--search", metavar="WORDS", help="Only claims with these words.")
@click.option("--workflow", type=click.Choice(WORKFLOWS), help="Only claims whose review is in this state.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@json_option
def claims(
    db: Path | None,
    lacking_source: bool,
    kind: str | None,
    subject: str | None,
    search: str | None,
    workflow: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List claims, with their figure, who said it and what it rests on.

    With --lacking-source the most important come first: what is worth checking by its words, of a kind
    on which much hangs, has a figure, and speaks of a subject that you watch (watch in tracker.toml, or
    TRACKER_WATCH). Give the same sources to "tracker add" again to bring a changed watch list into the order.
    """
    with one_line_errors():
        engine = open_existing(db)
        found = list_claims(
            engine,
            lacking_source=lacking_source,
            kind=kind,
            subject=subject,
            search=search,
            workflow=workflow,
            limit=limit,
        )
        attached = attached_sources(engine, [claim.id for claim in found if claim.is_backed])
        why_none = [] if found else hints(engine, kind, subject)
    for hint in why_none:
        say(hint, err=True)
    if as_json:
        for claim in found:
            print_json(stored_as_json(claim))
        return
    document = None
    for claim in found:
        # The document is named once above its claims; a search lists by rank and may name it again.
        if claim.document.id != document:
            if document is not None:
                say()
            document = claim.document.id
            about = joined([claim.document.kind, claim.document.publisher, (claim.document.published or "")[:10]])
            say(wrapped(f"{claim.document.label} ({about})", "  ", ""))
        say_claim(claim, claim.figure_text, " " * 8, claim.id, attached.get(claim.id, ()))
    say(plural_of(len(found), "claim"))


@click.command(epilog="Example: tracker show 12, or: tracker show 12 --raw -o page.html")
@click.argument("claim")
@db_option
@json_option
@click.option("--raw", is_flag=True, help="Give the archived page, file or e-mail itself, byte for byte.")
@click.option("--wire", is_flag=True, help="With --raw: as the server sent it, perhaps compressed.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="With --raw: write to this file.")
def show(claim: str, db: Path | None, as_json: bool, raw: bool, wire: bool, output: Path | None) -> None:
    """Show one claim whole, by its id or key: words in context, who told it, sources, reviews.

    With --raw the archived bytes come out that the claim was read from, to standard output or to a file.
    In place of a claim you may then name the bytes by their hash (sha256:..., as "Archived" has it), or
    a document by its address, for the newest of its versions.
    """
    if (wire or output) and not raw:
        raise click.UsageError("--wire and --output go with --raw")
    if raw and as_json:
        raise click.UsageError("--raw gives bytes, and no JSON")
    with one_line_errors():
        engine = open_existing(db)
        if raw:
            # Imported here, for the archive takes its time and is not needed to show a claim.
            from tracker.cli.raw import give_raw

            give_raw(engine, settings().archive_of(database(db)), claim, output, wire=wire)
            return
        if claim.lower().startswith(("http://", "https://", "sha256:")):
            what = "a hash of archived bytes" if claim.lower().startswith("sha") else "an address"
            raise TrackerError(f"this is {what}, not a claim: {claim}: add --raw for the bytes, or give a claim's id")
        detail = get_claim(engine, claim)
        attached = attached_sources(engine, [detail.claim.id]).get(detail.claim.id, ())
        capture, story = became_of(engine, detail)
    if as_json:
        poll = _poll(detail)
        since = capture_as_json(detail, capture, story)
        print_json(stored_as_json(detail.claim) | since | ({"poll": poll_as_json(poll)} if poll else {}))
        return
    _show(detail, source_in_words(detail.claim, attached), capture_rows(detail, capture, story))
    sys.exit(0)


def _show(detail: ClaimDetail, source: str, since: list[tuple[str, str | None]]) -> None:
    claim = detail.claim
    also = f", also {joined(map(kind_in_words, claim.also_kinds))}" if claim.also_kinds else ""
    say(f"Claim {claim.id} ({kind_in_words(claim.kind)}{also})\n")
    say(wrapped(f'"{flat(claim.quote)}"', "  ") + "\n")
    for name, value in [*_figure_rows(claim), *_rows(detail, source), *since]:
        if value:
            say(wrapped(value, " " * 13, f"  {name:<10} "))
    # What people copy stays whole, however narrow the terminal.
    for name, value in _whole_rows(detail):
        if value:
            say(f"  {name:<10} {flat(value)}")
    begins = claim.sentence_start <= len(detail.before)
    say("\n  In its words:\n")
    say(context_lines(detail.before, detail.sentence, detail.after, begins=begins))
    say_history(detail)


def _poll(detail: ClaimDetail) -> PollDisclosure | None:
    """What the text discloses of the poll, of a claim of that kind."""
    claim = detail.claim
    if claim.kind != "poll":
        return None
    sentence = (claim.sentence_start, claim.sentence_end)
    return poll_disclosure(detail.text, sentence, sources=(source.name for source in claim.sources))


def _figure_rows(claim: StoredClaim) -> list[tuple[str, str]]:
    rows = []
    for figure in claim.figures:
        words = figure_in_words(figure)
        # "450,000 women, of women" says nothing new; "one in five, of them" does.
        of = counted_in_words(figure.unit, figure.of)
        counted = f", {of}" if of and (figure.of or "").casefold() not in words.casefold() else ""
        reason = f" - {figure.unit_reason}" if figure.unit_reason else ""
        by = f' - corrected by {figure.corrected_by}; the text has "{flat(figure.text)}"' if figure.corrected_by else ""
        rows.append(("Figure", f"{words}{counted}{reason}{by}"))
    return rows


def _rows(detail: ClaimDetail, source: str) -> list[tuple[str, str | None]]:
    claim, document = detail.claim, detail.claim.document
    poll = _poll(detail)
    published = (document.published or "date not known").replace("T", " ")
    return [
        ("Subject", claim.subject),
        ("Said by", claim.speaker or "not known"),
        ("Chain", " > ".join(f"{t.in_words} ({t.role})" for t in claim.chain)),
        ("Origin", claim.origin or "not known"),
        ("Stance", claim.stance),
        ("As of", date_in_words(claim.as_of) if claim.as_of else None),
        ("Source", source),
        ("Queue", f"{claim.weight} of 100: {order_in_words(claim)}"),
        ("Poll", poll.in_words() if poll else None),
        ("Review", f"{claim.workflow}; verdict {claim.verdict}; {claim.state}"),
        ("Document", document.label),
        ("", joined([document.kind, document.publisher, published])),
        ("Page", f"p. {claim.page}" if claim.page is not None else None),
        ("", f"fetched {detail.snapshot.fetched_at.replace('T', ' ')}"),
    ]


def _whole_rows(detail: ClaimDetail) -> list[tuple[str, str | None]]:
    claim = detail.claim
    sources: list[tuple[str, str | None]] = []
    for source in claim.sources:
        before = " (inherited)" if source.inherited else ""
        sources += [(source.how.capitalize(), source.name + before), ("", source.url)]
    return [
        *sources,
        ("Address", claim.document.url),
        ("Archived", detail.snapshot.sha256),
        ("Key", claim.key),
    ]
