"""The forms of the moves: which fields each has, and the request of the desk that they become."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from db import vocabulary
from tracker import desk
from tracker.citing.figures import FigureLike, figure_in_words
from tracker.plugin.claim_words import CORRECTED, VERDICT_HINTS, VERDICTS, plain

#: As the desk has it; browsers stop at it, and the desk refuses what is longer.
LONGEST = 10_000
SOURCE_KINDS = (
    "court",
    "regulator",
    "audit",
    "contract",
    "statistics",
    "poll tables",
    "parliament",
    "company",
    "news",
    "campaign",
)
#: How a source bears on a claim, with the words for it.
RELATIONS = (
    ("supports", "it supports the claim"),
    ("contradicts", "it contradicts the claim"),
    ("mentions", "it only mentions the matter"),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; ``options`` are pairs of value and label, ``suggestions`` words to choose from."""

    name: str
    label: str
    shape: Literal["text", "url", "area", "choice", "tick"] = "text"
    needed: bool = False
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A move as a form: its title, the words on its button, and its fields; ``tone`` colours the button.

    ``says`` is what the move does, ``warns`` what it will not do for this claim.
    """

    move: str
    title: str
    button: str
    fields: tuple[Field, ...]
    tone: str = ""
    says: str = ""
    warns: str = ""


_NOTE = Field("note", "Note (if there is something to say)", "area")
_REASON = Field("reason", "Why?", "area", needed=True)

_FORMS = {
    "approve": Form(
        "approve",
        "Approve",
        "Approve",
        (_NOTE,),
        "primary",
        "It is read rightly, and may be used as its verdict says.",
    ),
    "verdict": Form(
        "verdict",
        "Give a verdict",
        "Give the verdict",
        (
            Field(
                "verdict",
                "What did the fact-check find?",
                "choice",
                needed=True,
                options=(
                    ("", "choose …"),
                    *((value, f"{VERDICTS[value]}: {hint}") for value, hint in VERDICT_HINTS.items()),
                ),
            ),
            _NOTE,
        ),
        "primary",
    ),
    "attach": Form(
        "attach",
        "Attach a source",
        "Attach it",
        (
            Field("url", "Address", "url", hint="like https://court.example/rulings/12; or else a title"),
            Field("title", "Title"),
            Field("relation", "What does it say?", "choice", needed=True, options=RELATIONS, value="supports"),
            Field("locator", "Where in it?", hint="page, section or table"),
            Field("excerpt", "Its own words", "area"),
            Field("publisher", "Publisher"),
            Field("kind", "Kind", suggestions=SOURCE_KINDS),
            Field("published", "Published", hint="like 2020-07-02, 2020-07 or 2020"),
            Field("is_primary", "It is the record itself, not a report about it", "tick"),
            _NOTE,
        ),
        "primary",
    ),
    "flag": Form("flag", "Flag it", "Flag it", (_REASON,), says="Something is wrong or doubtful: it goes into review."),
    "reject": Form(
        "reject",
        "Reject it",
        "Reject it",
        (_REASON,),
        "danger",
        "It is no claim, or it is read wrongly beyond mending.",
    ),
    "recall": Form(
        "recall",
        "Recall the approval",
        "Recall it",
        (_REASON,),
        "danger",
        "It goes back into review, and is not citable.",
    ),
    "reopen": Form("reopen", "Reopen it", "Reopen it", (_REASON,)),
    "note": Form("note", "Add a note", "Add the note", (Field("text", "Note", "area", needed=True),)),
}


def form_of(move: str, figures: Sequence[tuple[int, str]] = (), kinds: tuple[str, ...] = ()) -> Form:
    """The form of a move; ``figures`` are the claim's, with their words. KeyError for an unknown move."""
    return _FORMS[move] if move != "correct" else _correction(figures, kinds)


def _correction(figures: Sequence[tuple[int, str]], kinds: tuple[str, ...]) -> Form:
    about = [("", "choose …"), ("span", "the words of the claim")]
    for position, words in figures:
        short = plain(words) if len(words) <= 60 else plain(words[:59]) + "…"
        about += [(f"figure:{position}", f"the figure “{short}”"), (f"unit:{position}", f"the unit of “{short}”")]
    about += [(field, f"the {CORRECTED[field]}") for field in ("kind", "subject", "speaker", "origin")]
    about.append(("stance", "how it is told: asserted, reported, hedged …"))
    about.append(("alias", "a name: it is another name of the same"))
    return Form(
        "correct",
        "Correct it",
        "Correct it",
        (
            Field("field", "What is wrong?", "choice", needed=True, options=tuple(about)),
            Field(
                "now",
                "What is right?",
                needed=True,
                hint="words: copied from the text; a figure: like 23 million, over 400 or 10 to 12; "
                "a unit: GBP, percent, woman; a name: the right one; "
                f"how it is told: {', '.join(vocabulary.STANCES)}",
                suggestions=(*(kind.replace("_", " ") for kind in kinds), *vocabulary.STANCES),
            ),
            Field("wrong", "Only for a name: the wrong one"),
            _NOTE,
        ),
        says="The correction lies over what the reader found, and survives every reading to come.",
    )


def filled(form: Form, typed: Mapping[str, str]) -> Form:
    """The form with what somebody has typed in it."""
    return replace(form, fields=tuple(replace(field, value=typed.get(field.name, "")) for field in form.fields))


#: Every move that has an address.
MOVES = ("flag", "attach", "verdict", "approve", "reject", "correct", "recall", "reopen", "note")


def request_of(move: str, typed: Mapping[str, str]) -> desk.Request:
    """What the desk is asked; raises ``desk.BadMove`` for what cannot be meant. KeyError for an unknown move."""
    return _REQUESTS[move](typed)


def _maybe(typed: Mapping[str, str], name: str) -> str | None:
    return typed.get(name, "").strip() or None


def _attach(typed: Mapping[str, str]) -> desk.Request:
    return desk.Attach(
        url=_maybe(typed, "url"),
        title=_maybe(typed, "title"),
        publisher=_maybe(typed, "publisher"),
        kind=_maybe(typed, "kind"),
        is_primary=bool(_maybe(typed, "is_primary")),
        published=_maybe(typed, "published"),
        relation=_maybe(typed, "relation") or "supports",
        locator=_maybe(typed, "locator"),
        excerpt=_maybe(typed, "excerpt"),
        note=_maybe(typed, "note"),
    )


def _correct(typed: Mapping[str, str]) -> desk.Request:
    field, _, position = typed.get("field", "").strip().partition(":")
    if not field:
        raise desk.BadMove("say what is wrong", field="field")
    if position and not (position.isascii() and position.isdigit() and len(position) < 4):
        raise desk.BadMove("say which figure is meant", field="field")
    now = typed.get("now", "").strip()
    # The form offers kinds as people write them.
    now = now.replace(" ", "_") if field == "kind" else now
    return desk.Correct(
        field, now, figure=int(position) if position else None, wrong=_maybe(typed, "wrong"), note=_maybe(typed, "note")
    )


def _verdict(typed: Mapping[str, str]) -> desk.Request:
    verdict = typed.get("verdict", "").strip()
    if verdict not in vocabulary.VERDICTS:
        raise desk.BadMove("choose a verdict", field="verdict")
    return desk.Verdict(verdict, note=_maybe(typed, "note"))


_REQUESTS: dict[str, Callable[[Mapping[str, str]], desk.Request]] = {
    "flag": lambda typed: desk.Flag(typed.get("reason", "")),
    "attach": _attach,
    "verdict": _verdict,
    "approve": lambda typed: desk.Approve(note=_maybe(typed, "note")),
    "reject": lambda typed: desk.Reject(typed.get("reason", "")),
    "correct": _correct,
    "recall": lambda typed: desk.Recall(typed.get("reason", "")),
    "reopen": lambda typed: desk.Reopen(typed.get("reason", "")),
    "note": lambda typed: desk.Note(typed.get("text", "")),
}


def figures_of(figures: Sequence[FigureLike]) -> tuple[tuple[int, str], ...]:
    """The claim's figures by position, in words, for the form of a correction."""
    return tuple((position, figure_in_words(figure)) for position, figure in enumerate(figures))
