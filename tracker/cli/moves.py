"""The moves of a review on the command line; each asks ``tracker.desk``, like the web pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from db import vocabulary
from db.results import ClaimDetail
from db.store import get_claim
from tracker import desk, people
from tracker.cli.claims import open_existing
from tracker.cli.common import database, db_option, flat, json_option, one_line_errors, print_json, say, stored_as_json
from tracker.errors import TrackerError

F = TypeVar("F", bound=Callable[..., Any])

_VERDICTS = [verdict for verdict in vocabulary.VERDICTS if verdict != "unchecked"] + ["unchecked"]
#: What can be corrected, by the option that names it; ``--quote`` gives the right words of the claim.
_CORRECTED = {
    "kind": "kind",
    "subject": "subject",
    "speaker": "speaker",
    "origin": "origin",
    "stance": "stance",
    "quote": "span",
    "unit": "unit",
    "value": "figure",
    "alias": "alias",
}


def _stated(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    if value is None or not value.strip():
        raise click.UsageError("say who makes the move: --by NAME, or set TRACKER_USER")
    return value.strip()


def _move_options(function: F) -> F:
    """What every move takes: the claim, who makes it, the database, and the shape of the answer."""
    by = click.option(
        "--by",
        metavar="NAME",
        envvar="TRACKER_USER",
        callback=_stated,
        help="Who makes the move (or TRACKER_USER).",
    )
    return click.argument("claim")(by(db_option(json_option(function))))


def _note_option(function: F) -> F:
    return click.option("--note", metavar="TEXT", help="A remark for the history.")(function)


def _reason_option(function: F) -> F:
    return click.option("--reason", metavar="TEXT", required=True, help="Why; it goes into the history.")(function)


def _make(claim: str, request: desk.Request, by: str, db: Path | None, as_json: bool) -> None:
    """Make the move and say what came of it; one line on standard error where it is not made."""
    with one_line_errors():
        engine = open_existing(db)
        name, role = people.person_on_command_line(database(db), by)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        try:
            moved = desk.move(engine, claim, desk.Person(name, role), request, now=now)
        except desk.BadMove as bad:
            if bad.field == "figure":
                raise _which_figure(get_claim(engine, claim)) from bad
            raise
        detail = get_claim(engine, moved.claim_id)
    if as_json:
        print_json(stored_as_json(detail.claim))
        return
    state = detail.claim.workflow.replace("_", " ")
    verdict = detail.claim.verdict.replace("_", " ")
    say(f'Claim {moved.claim_id} is {state}, verdict {verdict}: "{flat(detail.claim.quote)}"')


def _which_figure(detail: ClaimDetail) -> TrackerError:
    """The desk counts figures from 0, people from 1."""
    figures = detail.claim.figures
    if not figures:
        return TrackerError(f"claim {detail.claim.id} has no figure that could be corrected")
    listed = ", ".join(f'{number} for "{flat(figure.text)}"' for number, figure in enumerate(figures, 1))
    return TrackerError(f"claim {detail.claim.id} has several figures: say which one is meant with --figure ({listed})")


@click.command(epilog='Example: tracker flag 12 --reason "the audit says 252" --by ada')
@_move_options
@_reason_option
def flag(claim: str, reason: str, by: str, db: Path | None, as_json: bool) -> None:
    """Say that something is wrong or doubtful about a claim; it goes into review."""
    _make(claim, desk.Flag(reason), by, db, as_json)


@click.command(epilog="Example: tracker attach 12 https://court.example/7 --primary --by ada")
@_move_options
@click.argument("url", required=False)
@click.option("--title", help="The source's title; needed where it has no address.")
@click.option("--publisher", help="Who published it.")
@click.option("--kind", help="What kind of source: court, regulator, audit, statistics, poll tables, news …")
@click.option("--primary", is_flag=True, help="It is the record itself, not a report about it.")
@click.option("--published", metavar="DATE", help="When it was published: 2020-07-02, 2020-07 or 2020.")
@click.option(
    "--relation",
    type=click.Choice(vocabulary.RELATIONS),
    default="supports",
    show_default=True,
    help="How it bears on the claim.",
)
@click.option("--locator", metavar="PLACE", help="Where in it: a page, section or table.")
@click.option("--excerpt", metavar="WORDS", help="Its own words.")
@_note_option
def attach(
    claim: str,
    url: str | None,
    title: str | None,
    publisher: str | None,
    kind: str | None,
    primary: bool,
    published: str | None,
    relation: str,
    locator: str | None,
    excerpt: str | None,
    note: str | None,
    by: str,
    db: Path | None,
    as_json: bool,
) -> None:
    """Attach a source to a claim: its address, or at least its title."""
    request = desk.Attach(
        url=url,
        title=title,
        publisher=publisher,
        kind=kind,
        is_primary=primary,
        published=published,
        relation=relation,
        locator=locator,
        excerpt=excerpt,
        note=note,
    )
    _make(claim, request, by, db, as_json)


@click.command(epilog="Example: tracker verdict 12 supported --by ada")
@_move_options
@click.argument("verdict", type=click.Choice(_VERDICTS), metavar="VERDICT")
@_note_option
def verdict(claim: str, verdict: str, note: str | None, by: str, db: Path | None, as_json: bool) -> None:
    """Say what the fact-check of a claim found.

    \b
    VERDICT is supported, contradicted, conflicting, outdated, misleading,
    unverifiable or not_checkable; unchecked takes it back.
    """
    _make(claim, desk.Verdict(verdict, note=note), by, db, as_json)


@click.command(epilog="Example: tracker approve 12 --by ada")
@_move_options
@_note_option
def approve(claim: str, note: str | None, by: str, db: Path | None, as_json: bool) -> None:
    """Approve a claim: it is read rightly, and may be used as its verdict says."""
    _make(claim, desk.Approve(note=note), by, db, as_json)


@click.command(epilog='Example: tracker reject 12 --reason "a page footer" --by ada')
@_move_options
@_reason_option
def reject(claim: str, reason: str, by: str, db: Path | None, as_json: bool) -> None:
    """Reject a claim that is none, or that is read wrongly beyond mending."""
    _make(claim, desk.Reject(reason), by, db, as_json)


@click.command(epilog="Example: tracker correct 12 --unit GBP --by ada")
@_move_options
@click.option("--kind", help="The right kind: fine, poll …")
@click.option("--subject", metavar="NAME", help="Whom or what it is about.")
@click.option("--speaker", metavar="NAME", help="Whose words they are.")
@click.option("--origin", metavar="NAME", help="On whose word it rests.")
@click.option("--stance", type=click.Choice(vocabulary.STANCES), metavar="STANCE",
              help=f"How it is told: {', '.join(vocabulary.STANCES)}.")  # fmt: skip
@click.option("--quote", metavar="WORDS", help="The right words of the claim, as they stand in the text.")
@click.option("--unit", help="The figure's unit: GBP, percent, woman …; the same unit confirms an inferred one.")
@click.option("--value", metavar="NUMBER", help='The right figure, as people write it: "23 million", "10 to 12".')
@click.option("--alias", metavar="WRONG=RIGHT", help="A name that is another name of somebody.")
@click.option(
    "--figure",
    type=click.IntRange(min=1),
    help="Which figure --unit and --value mean, from 1, where there are several.",
)
@_note_option
def correct(
    claim: str,
    figure: int | None,
    note: str | None,
    by: str,
    db: Path | None,
    as_json: bool,
    **given: str | None,
) -> None:
    """Correct one thing that the reader got wrong about a claim; it survives every later reading."""
    stated = {option: value for option, value in given.items() if value is not None}
    if len(stated) != 1:
        raise click.UsageError(f"correct one thing at a time: give one of --{', --'.join(_CORRECTED)}")
    ((option, value),) = stated.items()
    if figure is not None and option not in {"unit", "value"}:
        raise click.UsageError("--figure belongs to --unit or --value")
    wrong = None
    if option == "alias":
        wrong, equals, value = (part.strip() for part in value.partition("="))
        if not (wrong and equals and value):
            raise click.BadParameter(f"{value or wrong!r}: write it like servation=Survation", param_hint="--alias")
    request = desk.Correct(
        _CORRECTED[option], value, figure=None if figure is None else figure - 1, wrong=wrong, note=note
    )
    _make(claim, request, by, db, as_json)


@click.command(epilog='Example: tracker recall 12 --reason "the ruling was overturned" --by ada')
@_move_options
@_reason_option
def recall(claim: str, reason: str, by: str, db: Path | None, as_json: bool) -> None:
    """Take back the approval of a claim; it goes into review."""
    _make(claim, desk.Recall(reason), by, db, as_json)


@click.command(epilog='Example: tracker reopen 12 --reason "the page has it after all" --by ada')
@_move_options
@_reason_option
def reopen(claim: str, reason: str, by: str, db: Path | None, as_json: bool) -> None:
    """Take back the rejection of a claim; it goes into review."""
    _make(claim, desk.Reopen(reason), by, db, as_json)


@click.command(epilog='Example: tracker note 12 "asked the press office" --by ada')
@_move_options
@click.argument("text")
def note(claim: str, text: str, by: str, db: Path | None, as_json: bool) -> None:
    """Add a remark to the history of a claim."""
    _make(claim, desk.Note(text), by, db, as_json)
