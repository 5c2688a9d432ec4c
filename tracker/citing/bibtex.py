"""Citations as BibTeX entries, for biblatex (UTF-8).

Whatever the press writes stays inside its field. Both BibTeX and biber count braces whether or not a
backslash stands before them, so a brace is written as a command and never as a sign. What is not
citable begins its title with ``NOT CHECKED:`` and has every reason in ``note``, which bibliographies
print, and which stands first there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.citing.authors import authors_of
from tracker.citing.citations import Citation, flat, is_web, notes_in_words, sources_in_words, warning, who
from tracker.citing.dates import partial_iso
from tracker.citing.formats import Format

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "|": r"\textbar{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    **{sign: "\\" + sign for sign in "%&#$_"},
}
_SPECIAL = re.compile(r"[\\{}~^|<>%&#$_]")
# In an address biblatex takes every sign as it is: only what would end the field is encoded.
_BREAKS_ADDRESS = re.compile(r"[\\{}^`|]")
_KINDS = {"email": "E-mail", "release": "Press release"}


def as_bibtex(citation: Citation) -> str:
    """The citation as one entry: ``@online`` where it has an address of the web, else ``@misc``.

    Its key is made of the claim's id alone, so that it stays the same whatever is corrected.
    """
    kind = "online" if is_web(citation.url) else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(citation) if value]
    return "\n".join([f"@{kind}{{claim-{citation.claim_id},", *lines, "}"])


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    authors = authors_of(citation)
    # Double braces: a name is not to be taken apart, nor a title put in small letters.
    yield "author", " and ".join(f"{{{_tex(author)}}}" for author in authors)
    yield "title", f"{{{'NOT CHECKED: ' if citation.problems else ''}{_tex(citation.title)}}}"
    if citation.publisher and (citation.publisher,) != authors:
        yield "organization", f"{{{_tex(citation.publisher)}}}"
    yield "date", partial_iso(citation.published)
    if citation.page is not None:
        yield "pages", str(citation.page)
    if is_web(citation.url):
        yield "url", _BREAKS_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", citation.url or "")
        yield "urldate", partial_iso(citation.accessed)
    else:
        yield "howpublished", _KINDS.get(citation.kind, citation.kind.capitalize())
    yield "note", _tex(f"{warning(citation)}Claim {citation.claim_id}: {who(citation)}")
    yield "abstract", _tex(citation.quote)
    yield "annotation", _tex(" ".join(_annotation(citation)))


def _annotation(citation: Citation) -> Iterator[str]:
    yield from notes_in_words(citation)
    yield sources_in_words(citation)
    if citation.url and not is_web(citation.url):
        yield f"Address: {flat(citation.url)}."
    yield f"Archived {flat(citation.archived)}, read {partial_iso(citation.accessed)}."


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda sign: _COMMANDS[sign[0]], flat(text))


def _write(citations: Sequence[Citation], remark: str = "") -> str:
    # A claim asked for twice is one entry: its key may occur once only.
    entries = {citation.claim_id: as_bibtex(citation) for citation in citations}
    # Text between entries is a comment, as long as there is no @ in it.
    said = [f"% {flat(remark).replace('@', ' at ')}"] if remark else []
    return "\n\n".join([*said, *entries.values()])


FORMATS = (Format("bibtex", "bib", "application/x-bibtex; charset=utf-8", _write, saved=True),)
