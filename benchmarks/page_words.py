"""The words of the invented documents that the pages are measured with: names, claims, paragraphs."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

from tracker.judging.importance import importance
from tracker.own_words import load_kinds

SEED = 20_200_702
CLAIMS_A_DOCUMENT = 10
OUTLETS, PARTIES = 200, 5_000
#: Words that stand in many claims, and pairs of them that follow each other: for the searches.
COMMON_WORDS = ("staff", "contract", "people", "records", "fined", "women", "invoices", "paid", "trust", "training")
COMMON_PHRASES = ("was fined", "people died", "adults in", "contract worth", "its staff", "missed their screening")

_STARTS = (
    "b",
    "br",
    "c",
    "cl",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "w",
)
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "oo")
_LINKS = ("b", "d", "g", "l", "m", "n", "r", "s", "t", "v")
_ENDS = ("ck", "ford", "ham", "ld", "ll", "m", "mouth", "n", "ng", "rd", "rn", "sk", "son", "t", "th", "ton", "worth")
_FIRST_NAMES = (
    "Ada",
    "Bram",
    "Cora",
    "Dev",
    "Elif",
    "Finn",
    "Gwen",
    "Hal",
    "Ines",
    "Joss",
    "Kit",
    "Lena",
    "Nia",
    "Otto",
)
_TRADES = ("Cleaning", "Holdings", "Transport", "Council", "Trust", "Services", "Union", "Institute", "Agency")
THINGS = (
    "invoices that nobody could explain", "night shifts at the depot", "the tagging of offenders", "meals in schools",
    "unpaid overtime", "the call centre", "repairs to the harbour wall", "ambulances that came late", "lost records",
    "the ferry timetable", "cleaning in hospitals", "heating in council flats", "the new ticket machines",
    "training that was never given", "waste left at the quay", "a helpline that nobody answered",
)  # fmt: skip
_FILLERS = (
    "The {word} committee of {place} will return to the matter after the {word} recess.",
    "Residents near {place} have complained about {word} noise and {word} traffic for years.",
    "A spokeswoman for {party} was not available for comment on the {word} question.",
    "The {word} building stands empty between the {word} market and the old {word} works.",
    "Councillors who had asked for the {word} papers were told to wait for the {word} review.",
    "{party} has worked with {place} on the {word} programme since it began.",
)
#: For each kind what its figure counts, and clauses of that kind.
_CLAUSES: dict[str, tuple[str, tuple[str, ...]]] = {
    "fine": ("money", ("{subject} was fined {figure} over {thing} in {place}",)),
    "contract_value": ("money", ("{subject} holds a contract worth {figure} for {thing} in {place}",)),
    "overcharging": ("money", ("{subject} overcharged taxpayers in {place} by {figure} for {thing}",)),
    "settlement": ("money", ("{subject} settled a case about {thing} in {place} for {figure}",)),
    "pay": ("money", ("{subject} paid {figure} to its chair in {place} in the year of {thing}",)),
    "poll": ("proportion", ("{figure} of adults in {place} trust {subject} after {thing}",)),
    "conviction": ("manager", ("{figure} of {subject} were convicted over {thing} in {place}",)),
    "deaths": ("people", ("{figure} died in {place} in the months of {thing}", "{figure} died under {subject}")),
    "falsification": ("record", ("staff of {subject} falsified {figure} about {thing} in {place}",)),
    "missed_screening": ("woman", ("{figure} in {place} missed their screening because of {thing}",)),
    "staffing": ("job", ("{subject} has cut {figure} of its staff in {place} since {thing}",)),
    "tracing": ("call", ("tracers of {subject} in {place} made {figure} in the week of {thing}",)),
    "training": ("hour", ("{subject} gave its staff in {place} {figure} of training about {thing}",)),
    "schedule": ("date", ("{subject} will open its centre in {place} by {figure} despite {thing}",)),
    "publication": ("", ("{subject} has not published its report on {thing} in {place}",)),
    "statement": ("", ("{subject} knew of {thing} in {place} before the contract was signed",)),
}
_OF_ANY_KIND = ("record", ("{subject} lost {figure} in {place} because of {thing}",))
_NOUNS = {"manager": "managers", "people": "people", "record": "records", "woman": "women", "job": "jobs",
          "call": "calls", "hour": "hours"}  # fmt: skip
_SOURCING = {"none": 34, "anonymous": 8, "firsthand": 17, "named": 20, "linked": 18, "primary": 3}
_STANCES = {"reported": 60, "asserted": 25, "hedged": 8, "denied": 5, "hypothetical": 2}
_SOURCE_KINDS = ("court", "regulator", "audit", "statistics", "poll tables", "news", "campaign", "company")


@dataclass
class World:
    """What all documents share, and the numbers that the next rows get."""

    rng: random.Random
    words: list[str]
    parties: list[str]
    outlets: list[str]
    sources: list[dict[str, Any]]
    kinds: dict[str, float]
    next_id: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    spread: dict[int, list[float]] = field(default_factory=dict)

    def number(self, table: str) -> int:
        """The next row's id."""
        self.next_id[table] += 1
        return self.next_id[table]

    def common(self, many: int) -> int:
        """An index below ``many``, the first ones much more often (Zipf)."""
        if many not in self.spread:
            self.spread[many] = list(accumulate(1 / (rank + 3) for rank in range(many)))
        return self.rng.choices(range(many), cum_weights=self.spread[many])[0]

    def word(self) -> str:
        """A word, most often one of the usual ones."""
        return self.words[self.common(len(self.words))]

    def place(self) -> str:
        """A place's name."""
        return self.word().capitalize()

    def organisation(self) -> int:
        """The index of an organisation among the parties."""
        return self.common(PARTIES // 2) * 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is written, and what it says."""

    words: str
    value: float | None
    unit: str | None
    dimension: str
    date: str | None = None
    unit_stated: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as it is written: ``start``, ``end`` and ``mention`` are offsets into its sentence."""

    kind: str
    sentence: str
    start: int
    end: int
    subject: int
    speaker: int
    figure: Figure | None
    stance: str
    weight: int
    sourcing: str
    source: int | None
    mention: tuple[int, int] | None


def _names(rng: random.Random, many: int) -> list[str]:
    """Invented names of places, families and firms, each once."""
    made: dict[str, None] = {}
    while len(made) < many:
        parts = [rng.choice(_STARTS), rng.choice(_MIDDLES), rng.choice(_ENDS)]
        if rng.random() < 0.6:
            parts[1:1] = [rng.choice(_MIDDLES), rng.choice(_LINKS)]
        made.setdefault("".join(parts).capitalize())
    return list(made)


def make_world(rng: random.Random, claims: int) -> World:
    """The names and sources for this many claims; organisations and people take turns among the parties."""
    names = _names(rng, 6_000)
    parties = [
        f"{rng.choice(_FIRST_NAMES)} {name}" if at % 2 else f"{name} {rng.choice(_TRADES)}"
        for at, name in enumerate(names[:PARTIES])
    ]
    outlets = [f"{names[-1 - at]} {('News', 'Echo', 'Times', 'Post')[at % 4]}" for at in range(OUTLETS)]
    kinds = {kind.name: kind.weight for kind in load_kinds()}
    sources = [_source(rng, names, at) for at in range(max(20, claims // 8))]
    words = [name.lower() for name in names]
    return World(rng, words, parties, outlets, sources, kinds)


def _source(rng: random.Random, names: Sequence[str], at: int) -> dict[str, Any]:
    kind = rng.choice(_SOURCE_KINDS)
    title = f"{rng.choice(names)} report {at} on {rng.choice(THINGS)}"
    url = f"https://{rng.choice(names).lower()}.example/papers/{at}" if at % 3 else None
    return {
        "id": at + 1, "key": url or title.lower(), "label": title, "url": url, "title": title, "kind": kind,
        "publisher": f"{rng.choice(names)} {rng.choice(_TRADES)}", "is_primary": kind in ("court", "audit"),
        "published": None, "liveness": rng.choices(("unchecked", "ok", "changed", "gone"), (80, 14, 4, 2))[0],
    }  # fmt: skip


def write_claim(world: World) -> Claim:
    """Somebody's claim about an organisation, with or without a figure and a source."""
    rng = world.rng
    kind = list(world.kinds)[world.common(len(world.kinds))]
    counted, clauses = _CLAUSES.get(kind, _OF_ANY_KIND)
    figure = _figure(rng, counted) if counted else None
    subject, speaker = world.organisation(), world.organisation() + 1
    clause = rng.choice(clauses).format(
        subject=world.parties[subject],
        figure=figure.words if figure else "",
        place=world.place(),
        thing=rng.choice(THINGS),
    )
    sourcing, stance = drawn(rng, _SOURCING), drawn(rng, _STANCES)
    source = world.common(len(world.sources)) if sourcing in ("named", "linked", "primary") else None
    lead, cue = f"{world.parties[speaker]} said that ", ", according to the "
    tail = "" if source is None else f"{cue}{world.sources[source]['title']}"
    start, end = len(lead), len(lead) + len(clause)
    return Claim(
        kind=kind,
        sentence=f"{lead}{clause}{tail}.",
        start=start,
        end=end,
        subject=subject,
        speaker=speaker,
        figure=figure,
        stance=stance,
        weight=importance(clause, world.kinds[kind], has_figure=figure is not None, stance=stance).weight,
        sourcing=sourcing,
        source=source,
        mention=None if source is None else (end + len(cue), end + len(tail)),
    )


def _figure(rng: random.Random, counted: str) -> Figure:
    number = rng.randint(2, 99)
    if counted == "money":
        scale, word = rng.choice(((1_000, ",000"), (1_000_000, " million"), (1_000_000_000, " billion")))
        return Figure(f"£{number}{word}", number * scale, "GBP", "money", unit_stated=rng.random() > 0.1)
    if counted == "proportion":
        return Figure(f"{number}%", number, "percent", "proportion")
    if counted == "date":
        month = rng.randint(1, 12)
        name = datetime(2020, month, 1, tzinfo=UTC).strftime("%B")
        return Figure(f"{name} 2020", None, None, "date", f"2020-{month:02}")
    value = number * rng.choice((1, 1, 13, 117))
    dimension = "duration" if counted == "hour" else "count"
    return Figure(f"{value:,} {_NOUNS[counted]}", value, counted, dimension)


def paragraph(world: World, claim: Claim) -> tuple[str, int]:
    """A paragraph with the claim in it, and where its sentence begins."""
    before = " ".join(_filler(world) for _ in range(world.rng.randint(0, 2)))
    words = " ".join(filter(None, (before, claim.sentence, _filler(world))))
    return words, len(before) + 1 if before else 0


def _filler(world: World) -> str:
    party = world.parties[world.common(PARTIES)]
    return world.rng.choice(_FILLERS).format(word=world.word(), place=world.place(), party=party)


def drawn(rng: random.Random, shares: Mapping[str, int]) -> str:
    """One of the names, each as often as its share says."""
    return rng.choices(list(shares), list(shares.values()))[0]
