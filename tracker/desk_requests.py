"""What a person asks of the desk, one value a move, and the errors with which the desk answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.reviews import StoredReview
from tracker.errors import TrackerError

_LONGEST = 10_000
#: Names and titles stand in lists.
_SHORTER = {"now": 1_000, "wrong": 200, "title": 500, "publisher": 200, "kind": 100, "locator": 500, "published": 40}


class MoveError(TrackerError):
    """A move that was not made; ``str(error)`` is one line that says why and what to do."""


class NotAllowed(MoveError):
    """The person's role does not let them make this move."""


class NotNow(MoveError):
    """The claim's state does not allow this move."""


class BadMove(MoveError):
    """Something that was typed cannot be used; ``field`` names it."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class Overtaken(MoveError):
    """Others have worked on the claim since the person saw it; ``since`` are their moves."""

    def __init__(self, claim_id: int, since: tuple[StoredReview, ...]) -> None:
        done = "; ".join(f"{review.by_whom}: {review.move.replace('_', ' ')}" for review in since[:5])
        super().__init__(f"claim {claim_id} has changed since you opened it ({done}): look at it again, then decide")
        self.claim_id = claim_id
        self.since = since


@dataclass(frozen=True, slots=True)
class Request:
    """The base of all requests: ``words`` are the reason, note or text that goes into the log."""

    move: ClassVar[str] = ""
    words_field: ClassVar[str] = "note"

    @property
    def words(self) -> str | None:
        """The reason, note or text."""
        found: str | None = getattr(self, self.words_field)
        return found

    def check(self) -> None:
        """Raises BadMove for a value that is too long or that SQLite cannot hold."""
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, str):
                longest = _SHORTER.get(name, _LONGEST)
                if len(value) > longest:
                    raise BadMove(f"the {name} is longer than {longest:,} characters: shorten it", field=name)
                if value.strip() and not any(sign.isprintable() and not sign.isspace() for sign in value):
                    raise BadMove(f"the {name} has nothing in it that can be seen: type it again", field=name)
                if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
                    raise BadMove(f"the {name} has characters in it that are none: type it again", field=name)


@dataclass(frozen=True, slots=True)
class Flag(Request):
    """Something is wrong or doubtful about the claim."""

    move: ClassVar[str] = "flag"
    words_field: ClassVar[str] = "reason"
    reason: str


@dataclass(frozen=True, slots=True)
class Attach(Request):
    """A source that supports, contradicts or mentions what is claimed; ``url``, or at least a ``title``."""

    move: ClassVar[str] = "attach"
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    kind: str | None = None
    is_primary: bool = False
    published: str | None = None
    relation: str = "supports"
    locator: str | None = None
    excerpt: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict(Request):
    """What the fact-check found."""

    move: ClassVar[str] = "verdict"
    verdict: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Approve(Request):
    """The claim is read rightly, and may be used as its verdict says."""

    move: ClassVar[str] = "approve"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Reject(Request):
    """This is no claim, or is not read rightly beyond mending."""

    move: ClassVar[str] = "reject"
    words_field: ClassVar[str] = "reason"
    reason: str


@dataclass(frozen=True, slots=True)
class Recall(Request):
    """The approval is taken back."""

    move: ClassVar[str] = "recall"
    words_field: ClassVar[str] = "reason"
    reason: str


@dataclass(frozen=True, slots=True)
class Reopen(Request):
    """The rejection is taken back."""

    move: ClassVar[str] = "reopen"
    words_field: ClassVar[str] = "reason"
    reason: str


@dataclass(frozen=True, slots=True)
class Note(Request):
    """A remark for those who work on the claim."""

    move: ClassVar[str] = "note"
    words_field: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True)
class Correct(Request):
    """What the claim should read; ``figure`` is the position of the figure meant, for unit and figure.

    ``field`` is kind, subject, speaker, origin, stance, span, unit, figure or alias; ``now`` what it should be;
    ``wrong``, for an alias, the name that is another's.
    """

    move: ClassVar[str] = "correct"
    field: str
    now: str
    figure: int | None = None
    wrong: str | None = None
    note: str | None = None
