"""Finds or makes the row of a party by its name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Connection

from db.errors import RecordError
from db.models import table

_CLAIMS = table("claims")
_PARTIES = table("parties")
_PARTY_COLUMNS = ("subject_id", "speaker_id", "origin_id")
# Statements made once: each name of a document asks for them.
_ALIASED = sa.select(_PARTIES.c.id).where(sa.text("aliases <> '[]'")).limit(1)
_NEW = "INSERT INTO parties (name) VALUES (?) RETURNING id"
_AFFILIATE = (
    sa.update(_PARTIES)
    .where(_PARTIES.c.id == sa.bindparam("party"), _PARTIES.c.affiliation_id.is_(None))
    .values(affiliation_id=sa.bindparam("body"))
)
# One parameter for all spellings: a statement with two hundred of its own takes longer to make than to run.
_SPELT = "SELECT id, name FROM parties WHERE name IN (SELECT value FROM json_each(?))"


# The forms of companies, which a name has or leaves out as the writer likes.
_FORMS = ("Ltd", "Limited", "plc", "Inc", "LLC", "LLP", "Corp", "GmbH", "Pty Ltd")
#: What may stand behind a name's core, the likeliest first.
_ENDS = ("", ".", *(f"{comma} {form}{stop}" for form in _FORMS for comma in ("", ",") for stop in ("", ".")))
_FORM = re.compile(r",? (?:" + "|".join(_FORMS) + r")\.?$", re.IGNORECASE)
_ARTICLE = re.compile(r"the (?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['\u2019]s$")


def core_of(name: str) -> str:
    """A name without what changes from one mention to the next: article, possessive, last stops, form.

    Names with the same core are one party's. "'s" goes from names of several words and from
    acronyms only: "Lloyd's" is no Lloyd. Case is kept.

    >>> core_of("The Derravane Mill Co-op Ltd.")
    'Derravane Mill Co-op'
    """
    core = tidy(name).rstrip(".")
    core = _FORM.sub("", _ARTICLE.sub("", core, count=1))
    return core.rstrip(" .,;:") or name


def tidy(name: str) -> str:
    """A name without a possessive and the marks of its sentence at its end, as a list shows it."""
    plain = " ".join(name.split()).rstrip(" ,;:'\u2019")
    if " " in plain or plain[:2].isupper():
        plain = _POSSESSIVE.sub("", plain)
    return plain or name


def spellings_of(name: str) -> tuple[str, ...]:
    """The names that a party of this name may have in the database, the likeliest first."""
    core = core_of(name)
    plain = dict.fromkeys((core, core.replace("\u2019", "'"), core.replace("'", "\u2019")))
    return tuple(article + one + end for one in plain for article in ("", "The ") for end in _ENDS)


class _Alike:
    """The parties that may be one name's: each with its id, as last seen.

    ``places`` are the spellings of the name, without case, each with its place among them.
    """

    __slots__ = ("places", "plain", "rows")

    def __init__(self, name: str, spellings: tuple[str, ...]) -> None:
        self.plain = _without_case(name)
        without_case = str.lower if name.isascii() else _without_case
        self.places: dict[str, int] = {}
        for place, spelling in enumerate(spellings):
            self.places.setdefault(without_case(spelling), place)
        self.rows: list[tuple[int, str]] = []

    def made(self, party: int, name: str, plain: str) -> None:
        """Learn of a party that was just made."""
        if plain in self.places or plain == self.plain:
            self.rows.append((party, name))


class Parties:
    """The parties of one transaction: each name is looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._spelt: dict[str, str] = {}
        self._ids: dict[str, int] = {}
        self._aliased: bool | None = None
        self._affiliated: set[int] = set()
        self._alikes: dict[str, _Alike] = {}

    def id_of(self, name: str | None, organisation: str | None = None) -> int | None:
        """The id of the party of this name or alias, made where it is missing; None for no name.

        ``organisation`` becomes its affiliation if it has none yet. Names that differ in ASCII case,
        article, possessive, last stops or a company's form only are one party (``core_of``).
        """
        clean = " ".join((name or "").split())
        if not clean:
            return None
        if clean not in self._ids:
            self._ids[clean] = self._find(clean) or self._make(tidy(clean))
        party = self._ids[clean]
        affiliation = self.id_of(organisation)
        if affiliation is not None and affiliation != party and party not in self._affiliated:
            self._connection.execute(_AFFILIATE, {"party": party, "body": affiliation})
            self._affiliated.add(party)
        return party

    def _find(self, name: str) -> int | None:
        # Aliases first: a person may have said that a name that has a row of its own is another's.
        found = self._alias_of(name)
        if found is None:
            found = self._exactly(name)
        if found is None:
            alike = self._alike(name)
            found = None if alike is None else alike[0]
        return found

    def _exactly(self, name: str) -> int | None:
        alike = self._spelt_like(name)
        return next((party for party, spelling in alike.rows if _without_case(spelling) == alike.plain), None)

    def _alike(self, name: str) -> tuple[int, str] | None:
        """The party whose name has the same core, and that name."""
        alike = self._spelt_like(name)
        plain = [(_without_case(spelling), party, spelling) for party, spelling in alike.rows]
        places = [(alike.places[one], party, spelling) for one, party, spelling in plain if one in alike.places]
        return min(places)[1:] if places else None

    def _spelt_like(self, name: str) -> _Alike:
        """The parties of this very name or of one of its spellings."""
        if name not in self._alikes:
            spellings = spellings_of(name)
            names = [name, *spellings]
            if "\0" in name:  # at which SQLite's JSON ends a string
                of_names = sa.select(_PARTIES.c.id, _PARTIES.c.name).where(_PARTIES.c.name.in_(names))
                rows = self._connection.execute(of_names)
            else:
                rows = self._connection.exec_driver_sql(_SPELT, (json.dumps(names),))
            self._alikes[name] = found = _Alike(name, spellings)
            found.rows = [(int(row[0]), str(row[1])) for row in rows]
        return self._alikes[name]

    def _alias_of(self, name: str) -> int | None:
        if not self._has_aliases():
            return None
        found = self._connection.exec_driver_sql(
            "SELECT parties.id FROM parties, json_each(parties.aliases) AS alias"
            " WHERE parties.aliases <> '[]' AND alias.value = ? COLLATE NOCASE"
            " ORDER BY parties.id LIMIT 1",
            (name,),
        ).scalar()
        return None if found is None else int(found)

    def other_names(self, names: Iterable[str]) -> list[str]:
        """Of names that are aliases, what their parties are called."""
        return list(canonical_names(self._connection, names).values()) if self._has_aliases() else []

    def _has_aliases(self) -> bool:
        if self._aliased is None:
            self._aliased = self._connection.execute(_ALIASED).first() is not None
        return self._aliased

    def spelt(self, name: str) -> str:
        """A name as the party of that spelling has it; an alias stays as it is, to be found by."""
        if name not in self._spelt:
            alike = self._alike(name)
            self._spelt[name] = name if alike is None else alike[1]
        return self._spelt[name]

    def merge(self, wrong: str, right: str) -> tuple[tuple[int, str], ...]:
        """Makes the wrong name an alias of the party of the right one; gives what of which claims was repointed.

        What pointed at the wrong name's party points at the right one's afterwards; the aliases of
        the one are the other's. Raises RecordError if both are one party already, or the wrong name
        is another party's.
        """
        clean = " ".join(wrong.split())
        self._aliased = None
        owner = self._alias_of(clean)
        kept = self.id_of(right)
        row = self._connection.execute(sa.select(_PARTIES).where(_PARTIES.c.name == clean)).first()
        if kept is None or not clean or owner == kept or (row is not None and row.id == kept):
            raise RecordError(f'"{clean}" and "{right}" are one already')
        if owner is not None:
            raise RecordError(f'"{clean}" is another name of "{self._name(owner)}": take that back first')
        party = self._connection.execute(sa.select(_PARTIES).where(_PARTIES.c.id == kept)).one()
        inherited = [] if row is None else list(row.aliases)
        aliases = sorted({*party.aliases, *inherited, clean} - {party.name})
        self._connection.execute(sa.update(_PARTIES).where(_PARTIES.c.id == kept).values(aliases=aliases))
        self._forget()
        if row is None:
            return ()
        self._connection.execute(sa.update(_PARTIES).where(_PARTIES.c.id == row.id).values(aliases=[]))
        own = _PARTIES.c.affiliation_id == row.id
        self._connection.execute(sa.update(_PARTIES).where(own, _PARTIES.c.id != kept).values(affiliation_id=kept))
        moved: list[tuple[int, str]] = []
        for name in _PARTY_COLUMNS:
            column = _CLAIMS.c[name]
            found = self._connection.execute(sa.select(_CLAIMS.c.id).where(column == row.id)).scalars()
            moved.extend((int(claim), name) for claim in found)
            self._connection.execute(sa.update(_CLAIMS).where(column == row.id).values({name: kept}))
        return tuple(moved)

    def split(self, name: str, moved: Iterable[tuple[int, str]]) -> tuple[int, ...]:
        """Takes an alias back: the name is a party of its own again; gives the claims that this touches.

        ``moved`` is what ``merge`` gave: of that, what still points at the other party points back.
        Raises RecordError if the name is no alias.
        """
        clean = " ".join(name.split())
        self._aliased = None
        owner = self._alias_of(clean)
        if owner is None:
            raise RecordError(f'"{clean}" is no other name of anybody')
        party = self._connection.execute(sa.select(_PARTIES).where(_PARTIES.c.id == owner)).one()
        left = [alias for alias in party.aliases if alias.casefold() != clean.casefold()]
        self._connection.execute(sa.update(_PARTIES).where(_PARTIES.c.id == owner).values(aliases=left))
        self._forget()
        # A row of its own, even where the names are so alike that they would be taken for one.
        own = self._exactly(clean) or self._make(clean)
        touched = set()
        for claim, column in moved:
            if column in _PARTY_COLUMNS:
                where = (_CLAIMS.c.id == claim) & (_CLAIMS.c[column] == owner)
                if self._connection.execute(sa.update(_CLAIMS).where(where).values({column: own})).rowcount:
                    touched.add(claim)
        return tuple(sorted(touched))

    def _forget(self) -> None:
        """Look everything up again, after names and parties have been joined or parted."""
        self._ids.clear()
        self._spelt.clear()
        self._alikes.clear()
        self._affiliated.clear()
        self._aliased = None

    def _make(self, name: str) -> int:
        party = int(self._connection.exec_driver_sql(_NEW, (name,)).scalar_one())
        plain = _without_case(name)
        for alike in self._alikes.values():
            alike.made(party, name, plain)
        return party

    def _name(self, party: int) -> str:
        return str(self._connection.execute(sa.select(_PARTIES.c.name).where(_PARTIES.c.id == party)).scalar_one())


def _without_case(name: str) -> str:
    """A name as the database compares it: case counts for nothing, in ASCII only."""
    return name.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def canonical_names(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Of these names, those that are aliases, each with the name of its party."""
    found: dict[str, str] = {}
    for name in set(names):
        row = connection.exec_driver_sql(
            "SELECT parties.name FROM parties, json_each(parties.aliases) AS alias"
            " WHERE parties.aliases <> '[]' AND alias.value = ? COLLATE NOCASE ORDER BY parties.id LIMIT 1",
            (" ".join(name.split()),),
        ).scalar()
        if row is not None:
            found[name] = str(row)
    return found


def refresh_names(connection: Connection, claim_ids: Iterable[int], right: str) -> None:
    """Adds the right name to the claims' ``names``, by which the search finds them."""
    for claim_id in claim_ids:
        connection.exec_driver_sql(
            "UPDATE claims SET names = names || '; ' || ? WHERE id = ? AND instr(names, ?) = 0",
            (right, claim_id, right),
        )
