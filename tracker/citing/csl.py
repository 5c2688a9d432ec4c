"""Citations as CSL-JSON, which Zotero, pandoc and word processors' citation programs read.

Most citation styles drop ``note``, so what is not citable has its warning, with every reason, in front
of its title as well.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tracker.citing.authors import authors_of
from tracker.citing.citations import Citation, flat, is_web, notes_in_words, sources_in_words, warning, who
from tracker.citing.dates import date_parts
from tracker.citing.formats import Format

_TYPES = {"article": "article-newspaper", "email": "personal_communication", "report": "report"}


def as_csl(citation: Citation) -> dict[str, Any]:
    """The citation as one CSL item; fields that would be empty are left out."""
    kind = _TYPES.get(citation.kind, "webpage" if is_web(citation.url) else "document")
    in_newspaper = kind == "article-newspaper"
    # A newspaper's own words have no author: the newspaper is named as what they stand in.
    authors = authors_of(citation) if citation.byline or not in_newspaper else ()
    published = citation.publisher if (citation.publisher,) != authors else None
    item = {
        "id": f"claim-{citation.claim_id}",
        "type": kind,
        "title": warning(citation) + flat(citation.title),
        "author": [{"literal": flat(author)} for author in authors],
        "container-title" if in_newspaper else "publisher": flat(published or ""),
        "issued": _date(citation.published),
        "accessed": _date(citation.accessed),
        "page": str(citation.page) if citation.page is not None else None,
        "URL": citation.url if is_web(citation.url) else None,
        "abstract": flat(citation.quote),
        "annote": " ".join([f"Who said it: {who(citation)}.", *notes_in_words(citation), sources_in_words(citation)]),
        "note": _inert(f"{warning(citation)}Claim {citation.claim_id}, archived {flat(citation.archived)}."),
    }
    return {name: value for name, value in item.items() if value}


def _date(stated: str | None) -> dict[str, list[list[int]]] | None:
    parts = date_parts(stated)
    return {"date-parts": [list(parts)]} if parts else None


def _inert(note: str) -> str:
    """A note that sets no field: citeproc-js reads ``{:type:report}`` in one as an order."""
    return note.replace("{:", "{ :")


def _write(citations: Sequence[Citation], remark: str = "") -> str:
    # A claim asked for twice is one item: its id may occur once only.
    items = list({citation.claim_id: as_csl(citation) for citation in citations}.values())
    if remark and items:
        items[0]["note"] = _inert(f"{flat(remark)} {items[0]['note']}")
    # As ASCII, and without a sign that opens a tag: it survives any terminal, and any page it is put into.
    return json.dumps(items, indent=2).replace("<", "\\u003c")


FORMATS = (Format("csl-json", "csl.json", "application/vnd.citationstyles.csl+json", _write, saved=True),)
