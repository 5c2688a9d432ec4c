"""Finds or makes the row of a party by its name."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from db.models import table

_PARTIES = table("parties")


class Parties:
    """The parties of one transaction: each name is looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[str, int] = {}

    def id_of(self, name: str | None, organisation: str | None = None) -> int | None:
        """The id of the party of this name or alias, made where it is missing; None for no name.

        ``organisation`` becomes its affiliation if it has none yet. Names that differ in ASCII case
        only are one party.
        """
        clean = " ".join((name or "").split())
        if not clean:
            return None
        if clean not in self._ids:
            self._ids[clean] = self._find(clean) or self._make(clean)
        party = self._ids[clean]
        affiliation = self.id_of(organisation)
        if affiliation is not None and affiliation != party:
            vacant = (_PARTIES.c.id == party) & _PARTIES.c.affiliation_id.is_(None)
            self._connection.execute(sa.update(_PARTIES).where(vacant).values(affiliation_id=affiliation))
        return party

    def _find(self, name: str) -> int | None:
        found = self._connection.execute(sa.select(_PARTIES.c.id).where(_PARTIES.c.name == name)).scalar()
        if found is None:
            found = self._connection.exec_driver_sql(
                "SELECT parties.id FROM parties, json_each(parties.aliases) AS alias"
                " WHERE parties.aliases <> '[]' AND alias.value = ? COLLATE NOCASE"
                " ORDER BY parties.id LIMIT 1",
                (name,),
            ).scalar()
        return None if found is None else int(found)

    def _make(self, name: str) -> int:
        row = sa.insert(_PARTIES).values(name=name).returning(_PARTIES.c.id)
        return int(self._connection.execute(row).scalar_one())
