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
    """What was found; the two counts stop one beyond ``bound``."""

    claims: tuple[ClaimLine, ...] = ()
    claims_count: int = 0
    texts: tuple[TextHit, ...] = ()
    texts_count: int = 0
    parties: tuple[PartyHit, ...] = ()
    sources: tuple[SourceHit, ...] = ()
    bound: int = 1000


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase that is looked for; ``is_prefix``: every word that begins so; ``is_number``: a number
    outside quotation marks."""

    text: str
    is_prefix: bool = False
    is_number: bool = False

    @property
    def expression(self) -> str:
        """The term for FTS5, quoted; a number also as it stands with something written on to it."""
        words = " ".join(_TOKEN.findall(self.text))
        if self.is_prefix:
            return f'"{words}"*'
        if not self.is_number:
            return f'"{words}"'
        written = " OR ".join(f'"{words}{ending}"' for ending in ("", *_ON_NUMBERS))
        return f"({written})"


def terms_of(typed: str) -> tuple[tuple[Term, ...], ...]:
    """What is looked for: of each group one term must occur. OR in capitals makes a group of its neighbours;
    AND says what holds anyway."""
    groups: list[tuple[Term, ...]] = []
    joins = False
    for found in _PIECE.finditer(_bounded(typed)):
        phrase, word = found.groups()
        if word in ("AND", "OR"):
            joins = word == "OR" and bool(groups)
            continue
        text = phrase if word is None else word.rstrip("*")
        if not _TOKEN.search(text):
            continue
        is_number = word is not None and _NUMBER.match(word) is not None
        term = (Term(text, is_prefix=word not in (None, text), is_number=is_number),)
        if joins:
            groups[-1] += term
        else:
            groups.append(term)
        joins = False
    return tuple(groups)


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
            claim_lines(connection, _best(connection, "claims_fts", match, limit)),
            _counted(connection, "claims_fts", match, bound),
            _texts(connection, match, limit),
            _counted(connection, "texts_fts", match, bound),
            _parties(connection, typed, limit),
            _sources(connection, typed, limit),
            bound,
        )


def _bounded(typed: str) -> str:
    # Without the lone surrogates of undecodable addresses, which SQLite refuses.
    straight = typed[:_LONGEST].translate(_STRAIGHT).encode("utf-8", "replace").decode()
    return " ".join(straight.split()[:_MOST_WORDS])


def _best(connection: Connection, index: str, match: str, limit: int) -> list[int]:
    found = connection.exec_driver_sql(
        f"SELECT rowid FROM (SELECT rowid, rank AS place FROM {index} WHERE {index} MATCH ?"  # noqa: S608
        " ORDER BY rowid DESC LIMIT ?) ORDER BY place LIMIT ?",
        (match, RANKED[index], limit),
    )
    return [int(row[0]) for row in found]


def _counted(connection: Connection, index: str, match: str, bound: int) -> int:
    found = connection.exec_driver_sql(
        f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT ?)",  # noqa: S608
        (match, bound + 1),
    )
    return int(found.scalar_one())


def _texts(connection: Connection, match: str, limit: int) -> tuple[TextHit, ...]:
    ids = _best(connection, "texts_fts", match, limit)
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
    # A document's versions hold the same words: the best of them stands for all.
    best: dict[int, TextHit] = {}
    for text_id in ids:
        if text_id in hits:
            best.setdefault(hits[text_id].document_id, hits[text_id])
    return tuple(best.values())


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
