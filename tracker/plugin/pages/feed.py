"""The Atom feed of new claims (RFC 4287): the newest fifty, all of them or some."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import NAMESPACE_OID, uuid5
from xml.etree import ElementTree as ET

from db.browse import ClaimLine, FeedFilter, latest_claims
from tracker.plugin.claim_words import attached
from tracker.plugin.pages.common import database_of, in_thread, require
from tracker.plugin.words import figures_in_words, value_in_words

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

_ATOM = "http://www.w3.org/2005/Atom"
# What XML cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TITLE_LENGTH = 120
#: The feed of no claims was last changed when there was nothing yet.
_NEVER = "1970-01-01T00:00:00Z"
#: What a reader of the titles alone must not take for something that is said to be so.
_NOT_SAID_SO = ("denied", "hedged", "hypothetical")


async def feed(datasette: Datasette, request: Request) -> Response:
    """``/-/new.atom?kind=…&subject=…&lacking=1``; 304 to whoever has this feed already."""
    from datasette.utils.asgi import Response

    await require(datasette, request)
    given = {name: _plain(value) for name in ("kind", "subject") if (value := request.args.get(name))}
    lacking = request.args.get("lacking") == "1"
    wanted = FeedFilter(given.get("kind"), given.get("subject"), lacking)
    claims = await in_thread(datasette, latest_claims, wanted)
    query = urlencode({**given, **({"lacking": "1"} if lacking else {})})
    made = _feed(datasette, request, claims, wanted, query)
    tag = f'"{sha256(made).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in (request.headers.get("if-none-match") or ""):
        return Response("", 304, headers)  # type: ignore[no-untyped-call]
    return Response(made.decode(), 200, headers, "application/atom+xml; charset=utf-8")  # type: ignore[no-untyped-call]


def _plain(words: str) -> str:
    return _NOT_XML.sub("\ufffd", words)


def _feed(
    datasette: Datasette, request: Request, claims: tuple[ClaimLine, ...], wanted: FeedFilter, query: str
) -> bytes:
    urls = datasette.urls

    def absolute(path: object) -> str:
        return str(datasette.absolute_url(request, path))  # type: ignore[no-untyped-call]

    here = absolute(urls.path("/-/new.atom")) + (f"?{query}" if query else "")
    root = ET.Element("feed", xmlns=_ATOM)
    _add(root, "title", _title(wanted))
    _add(root, "subtitle", "Claims found in press material, the newest first")
    _add(root, "id", here)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=here)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=absolute(urls.instance()))
    _add(root, "updated", max((claim.updated_at for claim in claims), default=_NEVER))
    _add(ET.SubElement(root, "author"), "name", "Press claims")
    table = urls.table(database_of(datasette).name, "claims")
    for claim in claims:
        _entry(root, claim, absolute(f"{table}/{claim.id}"))
    ET.indent(root)
    made: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return made


def _entry(root: ET.Element, claim: ClaimLine, address: str) -> None:
    entry = ET.SubElement(root, "entry")
    words = " ".join(claim.quote.split())
    short = words if len(words) <= _TITLE_LENGTH else words[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
    stance = f"{claim.stance.upper()}: " if claim.stance in _NOT_SAID_SO else ""
    _add(entry, "title", f"{stance}{value_in_words(claim.kind)}: {short}")
    # The key is the claim's own for ever, wherever it is served from.
    _add(entry, "id", uuid5(NAMESPACE_OID, claim.key).urn)
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "published", claim.first_seen)
    _add(entry, "updated", max(claim.updated_at, claim.first_seen))
    _add(ET.SubElement(entry, "author"), "name", claim.speaker or claim.origin or claim.outlet or "not named")
    ET.SubElement(entry, "category", term=_plain(claim.kind))
    _add(entry, "content", _content(claim), type="text")


def _content(claim: ClaimLine) -> str:
    said = [name for name in (claim.speaker, claim.origin) if name]
    where = ", ".join(part for part in (claim.document, claim.outlet, claim.published) if part)
    lines = (
        f"\u201c{claim.quote}\u201d",
        f"Figure: {figures_in_words(claim.figures)}" if claim.figures else None,
        f"Said by: {', on the word of '.join(dict.fromkeys(said))}" if said else None,
        f"In: {where}",
        f"Stance: {value_in_words(claim.stance)}" if claim.stance in _NOT_SAID_SO else None,
        f"Sourcing: {_sourcing(claim)}. Review: {value_in_words(claim.workflow)}.",
    )
    return "\n".join(line for line in lines if line)


def _sourcing(claim: ClaimLine) -> str:
    said = value_in_words(claim.read_sourcing, "sourcing")
    return f"{attached(claim.sourcing)}; in the text: {said}" if claim.is_backed else said


def _title(wanted: FeedFilter) -> str:
    parts = ["New claims"]
    if wanted.kind:
        parts.append(f"of the kind {value_in_words(wanted.kind)}")
    if wanted.subject:
        parts.append(f"about {wanted.subject}")
    if wanted.lacking:
        parts.append("that lack a source")
    return " ".join(parts)


def _add(parent: ET.Element, name: str, words: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _plain(words)


ROUTES = ((r"^/-/new\.atom$", feed),)
