"""Works out a correction, for the desk: what a person typed becomes what is laid over the reading."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from db.errors import RecordError
from db.parties import Parties, refresh_names
from db.queries import kinds_in_use
from db.records import ClaimRecord, FigureRecord
from db.reviews import last_alias
from db.vocabulary import STANCES
from tracker.corrections import FIELDS, place_of
from tracker.desk_requests import BadMove, Correct

_WORD = re.compile(r"[^\W\d_]")
_FEWEST_WORDS = 3
_CURRENCY = re.compile(r"[A-Z]{3}")
_KINDS = Path(__file__).parent / "reading" / "kinds"


def known_kinds(connection: Connection) -> frozenset[str]:
    """The kinds that a claim can be of: those of the package, and the user's own that are in use."""
    return frozenset(path.stem for path in _KINDS.glob("*.toml")) | kinds_in_use(connection)


def worked_out(request: Correct, claim: ClaimRecord, text: str, kinds: Collection[str]) -> dict[str, Any]:
    """The correction as the log keeps it: ``field``, ``now``, ``was``, and the figure meant; raises BadMove."""
    if request.field not in FIELDS:
        raise BadMove(f'"{request.field}" cannot be corrected: use one of {", ".join(FIELDS)}', field="field")
    now = " ".join(request.now.split())
    if not now:
        raise BadMove(f"say what the {request.field} should be", field="now")
    if request.field == "kind":
        if now not in kinds:
            raise BadMove(f'there is no kind "{now}": use one of {", ".join(sorted(kinds))}', field="now")
        return _done(request, claim.kind, now)
    if request.field == "stance":
        if now not in STANCES:
            raise BadMove(f'"{now}" is no stance: use one of {", ".join(STANCES)}', field="now")
        return _done(request, claim.stance, now)
    if request.field == "span":
        place = place_of(now, claim, text)
        if place is None:
            raise BadMove(
                "these words do not stand in or near the claim's sentence: copy them from the text", field="now"
            )
        if len(now.split()) < _FEWEST_WORDS:
            raise BadMove("these words are too few to be a claim: give the whole clause", field="now")
        outside = [f for f in claim.figures if not (place[0] <= f.start and f.end <= place[1])]
        if outside:
            raise BadMove(f'these words leave out the figure "{outside[0].text}": give words that hold it', field="now")
        return _done(request, claim.quote, text[place[0] : place[1]])
    if request.field in {"unit", "figure"}:
        return _of_figure(request, claim, now)
    return _done(request, getattr(claim, request.field), now)


def rename(connection: Connection, request: Correct) -> tuple[dict[str, Any], tuple[int, ...]]:
    """Makes one name an alias of another's party, or, named as its own, no alias any more.

    Gives what was done, and the claims that now name somebody else; raises BadMove.
    """
    wrong, right = " ".join((request.wrong or "").split()), " ".join(request.now.split())
    if not wrong:
        raise BadMove("say which name is wrong", field="wrong")
    if not right:
        raise BadMove("say whose other name it is", field="now")
    parties = Parties(connection)
    try:
        if wrong.casefold() == right.casefold():
            former = last_alias(connection, wrong)
            touched = parties.split(wrong, [(int(claim), str(column)) for claim, column in former.get("moved", ())])
            done = {"field": "alias", "was": former.get("now"), "now": right}
        else:
            moved = parties.merge(wrong, right)
            touched = tuple(sorted({claim for claim, _ in moved}))
            done = {"field": "alias", "was": wrong, "now": right, "moved": [list(pair) for pair in moved]}
    except RecordError as error:
        raise BadMove(str(error), field="now") from error
    refresh_names(connection, touched, right)
    return {**done, "claims": len(touched)}, touched


def _of_figure(request: Correct, claim: ClaimRecord, now: str) -> dict[str, Any]:
    if not claim.figures:
        raise BadMove("the claim has no figure that could be corrected", field="figure")
    at = 0 if request.figure is None and len(claim.figures) == 1 else request.figure
    if at is None or not 0 <= at < len(claim.figures):
        listed = ", ".join(f'{position}: "{figure.text}"' for position, figure in enumerate(claim.figures))
        raise BadMove(f"say which figure is meant by its number ({listed})", field="figure")
    figure = claim.figures[at]
    meant = _unit(now, figure) if request.field == "unit" else _number(now)
    was = {name: getattr(figure, name) for name in ("value", "low", "high", "unit", "comparator", "date")}
    return {**_done(request, was, meant), "figure": at, "figure_text": figure.text}


def _unit(now: str, figure: FigureRecord) -> dict[str, Any]:
    if now == figure.unit:
        return {"unit": now, "dimension": figure.dimension}
    # Loaded when it is needed: reading takes its time to import, and this is rare.
    from tracker.reading.figures import read_figures

    found = read_figures(f"5 {now}")
    if _CURRENCY.fullmatch(now) and (len(found) != 1 or found[0].dimension != "money"):
        raise BadMove(f'"{now}" is no currency that is known: write its code, like GBP or EUR', field="now")
    if len(found) == 1 and found[0].unit and found[0].end == len(f"5 {now}"):
        return {"unit": found[0].unit, "dimension": found[0].dimension}
    raise BadMove(
        f'"{now}" is no unit: write a currency code (GBP), percent, or what is counted (woman, job)', field="now"
    )


def _number(now: str) -> dict[str, Any]:
    from tracker.reading.figures import read_figures

    found = read_figures(now)
    # A number that counts nothing, as people type it in place of another: its unit is that of the other.
    bare = not found and not _WORD.search(now.rpartition(" ")[2])
    if bare:
        found = read_figures(f"{now} items")
    if len(found) != 1:
        raise BadMove(f'"{now[:80]}" is not one figure: write it like 23 million, over 400 or 10 to 12', field="now")
    figure = found[0]
    return {
        "words": now,
        **{name: getattr(figure, name) for name in ("value", "low", "high", "comparator", "date")},
        **({"unit": figure.unit, "dimension": figure.dimension} if figure.unit and not bare else {}),
    }


def _done(request: Correct, was: object, now: object) -> dict[str, Any]:
    return {"field": request.field, "was": was, "now": now}
