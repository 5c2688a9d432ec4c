"""One search over everything: claims, archived texts, parties and sources; no input can break it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.browse import ClaimLine, claim_lines
from db.engine import reading
from db.models import table

_PARTIES = table("parties")
_SOURCES = table("sources")
_CLAIMS = table("claims")
_EVIDENCE = table("evidence")
#: Nobody types more in earnest, and FTS5 bounds the depth of an expression.
_LONGEST = 300
_MOST_WORDS = 16
_SNIPPET_TOKENS = 32
#: Of more hits than these the newest are ranked: ranking 50 000 takes a quarter of a second.
RANKED = {"claims_fts": 5000, "texts_fts": 2000}
# SQLite takes a NUL as the end of a query.
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "\0": " "})
# A phrase (its last quotation mark may be missing), or a word.
_PIECE = re.compile(r'"([^"]*)(?:"|\Z)|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\D?\d+(?:[.,]\d+)*\Z")
#: How the words for large numbers are shortened.
_SCALES = {"thousand": ("k",), "million": ("m", "mn", "mln"), "billion": ("bn", "b"), "trillion": ("tn", "trn")}
_SCALE_OF = {form: name for name, short in _SCALES.items() for form in (name, f"{name}s", *short)}
_SCALED = re.compile(rf"(?P<number>{_NUMBER.pattern[:-2]})(?P<scale>{'|'.join(_SCALE_OF)})\Z", re.IGNORECASE)
#: What is written on to a number without a space, which makes it another word: £22.9m, 5th, 30mph.
_ON_NUMBERS = ("m", "mn", "mln", "bn", "b", "k", "tn", "trn", "p", "c", "pc", "pp", "x", "st", "nd", "rd", "th", "s",
               "am", "pm", "mm", "cm", "km", "kg", "g", "t", "mph", "kwh", "mwh", "gwh", "kw", "mw", "gw")  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text in which the words occur; ``snippet`` is pieces of it, each with whether it is a hit."""

    text_id: int
    document_id: int
    document: str
    kind: str
    outlet: str | None
    published: str | None
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class PartyHit:
    """A party whose name or alias holds the words, with its present claims."""

    id: int
    name: str
    kind: str | None
    about: int
    by: int


@dataclass(frozen=True, slots=True)
class SourceHit:
    """A source whose label, address or publisher holds the words, and how many claims it bears on."""

    id: int
    label: str
    url: str | None
    publisher: str | None
    kind: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; the two counts, of claims and of documents whose texts hold the words, stop one beyond
    ``bound``."""

    claims: tuple[ClaimLine, ...] = ()
    claims_count: int = 0
    texts: tuple[TextHit, ...] = ()
    texts_count: int = 0
    parties: tuple[PartyHit, ...] = ()
    sources: tuple[SourceHit, ...] = ()
    bound: int = 1000


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase that is looked for; ``is_prefix``: every word that begins so; ``forms`` are phrases that
    serve as well, as ``5 million`` does for ``5m``."""

    text: str
    is_prefix: bool = False
    forms: tuple[str, ...] = ()

    @property
    def expression(self) -> str:
        """The term for FTS5, quoted."""
        words = _in_words(self.text)
        if self.is_prefix:
            return f'"{words}"*'
        if not self.forms:
            return f'"{words}"'
        written = " OR ".join(f'"{form}"' for form in dict.fromkeys((words, *self.forms)))
        return f"({written})"


def terms_of(typed: str) -> tuple[tuple[Term, ...], ...]:
    """What is looked for: of each group one term must occur. OR in capitals makes a group of its neighbours;
    AND says what holds anyway. A number outside quotation marks is also looked for with something written on to it,
    and in the other ways of writing its thousands, millions …"""
    groups: list[tuple[Term, ...]] = []
    joins = False
    number = ""
    for found in _PIECE.finditer(_bounded(typed)):
        phrase, word = found.groups()
        if word in ("AND", "OR"):
            joins = word == "OR" and bool(groups)
            number = ""
            continue
        text = phrase if word is None else word.rstrip("*")
        if not _TOKEN.search(text):
            continue
        is_prefix = word not in (None, text)
        term = (Term(text, is_prefix, () if word is None or is_prefix else _forms(word, after=number)),)
        number = word if word is not None and _NUMBER.match(word) else ""
        if joins:
            groups[-1] += term
        else:
            groups.append(term)
        joins = False
    return tuple(groups)


def _forms(word: str, *, after: str) -> tuple[str, ...]:
    """What serves as well as this word; ``after`` is the number typed before it, if one was."""
    if _NUMBER.match(word):
        return tuple(f"{_in_words(word)}{ending}" for ending in _ON_NUMBERS)
    if scaled := _SCALED.match(word):
        return _scaled(scaled["number"], scaled["scale"])
    # In "5 million" the number is looked for with its endings already: what is written 5m has both words in one.
    return _scaled(after, word) if after and word.casefold() in _SCALE_OF else ()


def _scaled(number: str, scale: str) -> tuple[str, ...]:
    """The ways of writing so many thousands, millions …: for 5 and ``bn`` 5 billion, 5bn, 5 bn, 5b, 5 b."""
    name, digits = _SCALE_OF[scale.casefold()], _in_words(number)
    return (f"{digits} {name}", *(f"{digits}{space}{short}" for short in _SCALES[name] for space in ("", " ")))


def _in_words(text: str) -> str:
    """The words of the text as the index has them, without the signs between them."""
    return " ".join(_TOKEN.findall(text))


def match_words(typed: str) -> str | None:
    """The FTS5 expression for what somebody typed; None if there is no word in it."""
    groups = [[term.expression for term in group] for group in terms_of(typed)]
    parts = [group[0] if len(group) == 1 else f"({' OR '.join(group)})" for group in groups]
    # FTS5 wants AND beside brackets. Between words it passes over those that it has no letters for without one.
    joined = ""
    for part in parts:
        between = " AND " if joined.endswith(")") or part.startswith("(") else " "
        joined += (between if joined else "") + part
    return joined or None


def search_all(bind: Engine | Connection, typed: str, *, limit: int = 20, bound: int = 1000) -> Found:
    """Everything that holds all the words typed (as ``terms_of`` reads them, their endings stripped), best first,
    ``limit`` of each.

    Of very many hits the newest alone are ranked (``RANKED``).
    """
    match = match_words(typed)
    if match is None:
        return Found(bound=bound)
    with reading(bind) as connection:
        return Found(
            claim_lines(connection, _best(connection, match, limit)),
            _counted(connection, match, bound),
            _texts(connection, match, limit),
            _documents_counted(connection, match, bound),
            _parties(connection, typed, limit),
            _sources(connection, typed, limit),
            bound,
        )


def _bounded(typed: str) -> str:
    # Without the lone surrogates of undecodable addresses, which SQLite refuses.
    straight = typed[:_LONGEST].translate(_STRAIGHT).encode("utf-8", "replace").decode()
    return " ".join(straight.split()[:_MOST_WORDS])


def _best(connection: Connection, match: str, limit: int) -> list[int]:
    found = connection.exec_driver_sql(f"SELECT id FROM {_newest('claims_fts')} ORDER BY place LIMIT ?", (match, limit))  # noqa: S608
    return [int(row[0]) for row in found]


def _newest(index: str) -> str:
    return (
        f"(SELECT rowid AS id, rank AS place FROM {index} WHERE {index} MATCH ?"  # noqa: S608
        f" ORDER BY rowid DESC LIMIT {RANKED[index]}) AS newest"
    )


def _counted(connection: Connection, match: str, bound: int) -> int:
    found = connection.exec_driver_sql(
        "SELECT count(*) FROM (SELECT 1 FROM claims_fts WHERE claims_fts MATCH ? LIMIT ?)", (match, bound + 1)
    )
    return int(found.scalar_one())


def _documents_counted(connection: Connection, match: str, bound: int) -> int:
    """In how many documents the words occur, of however many versions."""
    found = connection.exec_driver_sql(
        "SELECT count(*) FROM (SELECT DISTINCT snapshots.document_id FROM texts_fts"
        " CROSS JOIN texts ON texts.id = texts_fts.rowid"
        " CROSS JOIN snapshots ON snapshots.id = texts.snapshot_id WHERE texts_fts MATCH ? LIMIT ?)",
        (match, bound + 1),
    )
    return int(found.scalar_one())


def _best_versions(connection: Connection, match: str, limit: int) -> list[int]:
    """The texts of the best ``limit`` documents: of each the version that fits best, the newest among equals."""
    found = connection.exec_driver_sql(
        f"SELECT newest.id, snapshots.document_id FROM {_newest('texts_fts')}"  # noqa: S608
        " CROSS JOIN texts ON texts.id = newest.id CROSS JOIN snapshots ON snapshots.id = texts.snapshot_id"
        " ORDER BY newest.place, newest.id DESC",
        (match,),
    )
    best: dict[int, int] = {}
    for text_id, document_id in found:
        best.setdefault(document_id, text_id)
    return list(best.values())[:limit]


def _texts(connection: Connection, match: str, limit: int) -> tuple[TextHit, ...]:
    ids = _best_versions(connection, match, limit)
    if not ids:
        return ()
    # Marks that no text can hold by chance or by intent.
    mark = secrets.token_hex(8)
    opens, closes = f"<{mark}>", f"</{mark}>"
    listed = ",".join(map(str, ids))
    query = sa.text(  # The ids are numbers, the rest is bound.
        "SELECT texts_fts.rowid AS text_id, documents.id AS document_id, documents.label AS document,"  # noqa: S608
        " documents.kind AS kind, outlets.name AS outlet, documents.published AS published,"
        f" snippet(texts_fts, 0, :opens, :closes, ' … ', {_SNIPPET_TOKENS}) AS snippet"
        " FROM texts_fts JOIN texts ON texts.id = texts_fts.rowid"
        " JOIN snapshots ON snapshots.id = texts.snapshot_id"
        " JOIN documents ON documents.id = snapshots.document_id"
        " LEFT JOIN outlets ON outlets.id = documents.outlet_id"
        f" WHERE texts_fts MATCH :match AND texts_fts.rowid IN ({listed})"
    )
    rows = connection.execute(query, {"match": match, "opens": opens, "closes": closes}).mappings()
    hits = {row["text_id"]: TextHit(**{**row, "snippet": _pieces(row["snippet"], opens, closes)}) for row in rows}
    return tuple(hits[text_id] for text_id in ids if text_id in hits)


def _pieces(snippet: str, opens: str, closes: str) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    plain, *marked = snippet.split(opens)
    pieces.append((plain, False))
    for part in marked:
        hit, _, rest = part.partition(closes)
        pieces += [(hit, True), (rest, False)]
    return tuple(piece for piece in pieces if piece[0])


def _holds(typed: str, *columns: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Each group's words occur in one of the columns, whether they are capitals or not (the letters A to Z)."""

    def occurs(term: Term) -> sa.ColumnElement[bool]:
        # No word has a space in it, so each stands in one column whole.
        return sa.and_(
            *(sa.or_(*(column.contains(word, autoescape=True) for column in columns)) for word in term.text.split())
        )

    groups = terms_of(typed)
    return sa.and_(*(sa.or_(*map(occurs, group)) for group in groups)) if groups else sa.false()


def _parties(connection: Connection, typed: str, limit: int) -> tuple[PartyHit, ...]:
    def of(column: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
        query = sa.select(sa.func.count()).select_from(_CLAIMS).where(column == _PARTIES.c.id)
        return query.correlate(_PARTIES).scalar_subquery()

    # The names first and their claims afterwards, or every name's claims would be counted.
    holds = _holds(typed, _PARTIES.c.name, sa.cast(_PARTIES.c.aliases, sa.Text))
    ids = sa.select(_PARTIES.c.id).where(holds).order_by(sa.func.length(_PARTIES.c.name), _PARTIES.c.id).limit(limit)
    query = (
        sa.select(
            _PARTIES.c.id,
            _PARTIES.c.name,
            _PARTIES.c.kind,
            of(_CLAIMS.c.subject_id).label("about"),
            of(_CLAIMS.c.speaker_id).label("by"),
        )
        .where(_PARTIES.c.id.in_(connection.execute(ids).scalars().all()))
        .order_by(sa.func.length(_PARTIES.c.name), _PARTIES.c.id)
    )
    return tuple(PartyHit(**row) for row in connection.execute(query).mappings())


def _sources(connection: Connection, typed: str, limit: int) -> tuple[SourceHit, ...]:
    claims = sa.select(sa.func.count()).select_from(_EVIDENCE).where(_EVIDENCE.c.source_id == _SOURCES.c.id)
    holds = _holds(typed, _SOURCES.c.label, _SOURCES.c.url, _SOURCES.c.publisher)
    ids = sa.select(_SOURCES.c.id).where(holds).order_by(sa.func.length(_SOURCES.c.label), _SOURCES.c.id).limit(limit)
    named = ("id", "label", "url", "publisher", "kind")
    query = (
        sa.select(*(_SOURCES.c[name] for name in named), claims.correlate(_SOURCES).scalar_subquery().label("claims"))
        .where(_SOURCES.c.id.in_(connection.execute(ids).scalars().all()))
        .order_by(sa.func.length(_SOURCES.c.label), _SOURCES.c.id)
    )
    return tuple(SourceHit(**row) for row in connection.execute(query).mappings())
