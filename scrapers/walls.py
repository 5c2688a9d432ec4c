"""Answers that stand in the place of a page: walls against robots, and error pages that came as if they were pages.

Told by a name (title or heading) that is nothing but a phrase of such a page, or by a line that begins with what
only a wall says to its reader; and by having next to no prose and no date of publication. An article that is called
"Access denied" has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from scrapers.errors import WallPage
from scrapers.prose import UNSAID

#: A page of more words of prose is an article, whatever it is called; and of more, what a line of it says is no wall.
_PROSE_WORDS, _LINE_WORDS = 150, 80
#: Shorter runs of text are menus, labels and buttons.
_PROSE = 60
_LONGEST_NAME = 150
_WORD = re.compile(r"\w+")
_UNSAID = frozenset({*UNSAID, "a", "title"})
_STATUS = (
    r"bad request|unauthori[sz]ed|forbidden|(?:page |file |url )?not found|method not allowed|request time-?out|gone"
    r"|too many requests|internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out"
)
# Behind it may stand the site's name, set off, or an address.
_TAIL = r"(?:[!.\u2026?:]|\s+[|\u2013\u2014\u00b7-]\s+.{1,60}|\s+\S+\.[a-z]{2,10}){0,3}"
_ERROR = re.compile(
    rf"(?:(?:http|error|status)[ :]+)*(?:[45][0-9]{{2}}[ :.\u2013\u2014-]+(?:error[ :.-]+)?(?:{_STATUS})"
    rf"|(?:error[ :]+|http[ :]+)[45][0-9]{{2}}"
    r"|(?:page|file|url|service|server) (?:cannot be found|not found|unavailable)"
    rf"|forbidden|unauthori[sz]ed|not found|bad gateway|internal server error|gateway time-?out"
    rf"|service (?:temporarily )?unavailable){_TAIL}",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"(?:access (?:to this (?:page|site) (?:has been |is )?)?denied|just a moment"
    r"|checking (?:if )?your browser\b.{0,60}"
    r"|attention required|are you (?:a robot|a human|human|not a robot)"
    r"|(?:robot|bot|security|human) (?:check|verification)"
    r"|verif(?:y|ying) (?:that )?you are (?:a )?human|one more step|pardon our interruption|ddos protection\b.{0,30}"
    r"|(?:sorry, )?you have been blocked|request blocked|too many requests"
    rf"|(?:please )?(?:enable|turn on) (?:javascript|js|cookies)\b.{{0,60}}){_TAIL}",
    re.IGNORECASE,
)
_WALL_LINE = re.compile(
    r"(?:please )?(?:checking (?:if )?(?:your browser|the site connection)"
    r"|(?:verify|verifying|confirm|prove) (?:that )?you are (?:a human|human|not a robot)"
    r"|(?:enable|turn on) (?:javascript|js) and cookies"
    r"|our systems have detected unusual traffic from your"
    r"|you (?:don't|don\u2019t|do not) have permission to access .{1,200} on this server)",
    re.IGNORECASE,
)


def refuse_wall(names: Iterable[str | None], runs: Iterable[str], source: str, *, is_dated: bool) -> None:
    """Raise WallPage for what is a wall or an error page, by its names (title, headings) and its runs of text.

    ``is_dated``: it states when it was published, as articles do and walls do not.
    """
    if is_dated:
        return
    called = [name for name in (" ".join((name or "")[: 2 * _LONGEST_NAME].split()) for name in names) if name]
    called = [name for name in called if len(name) <= _LONGEST_NAME]
    kind = next((kind for name in called for kind in (_kind(name),) if kind), None)
    lines = [" ".join(run.split()) for run in runs]
    words = sum(len(_WORD.findall(line)) for line in lines if len(line) >= _PROSE)
    if kind is None and words <= _LINE_WORDS and any(_WALL_LINE.match(line) for line in lines):
        kind = "a bot wall"
    if kind is not None and words <= _PROSE_WORDS:
        raise WallPage(f"this page is {kind}, not an article", source)


def _kind(name: str) -> str | None:
    if _WALL.fullmatch(name):
        return "a bot wall"
    return f'an error page ("{name[:60]}")' if _ERROR.fullmatch(name) else None


def runs_of(tree: HtmlElement) -> list[str]:
    """Return the runs of text of a page as they stand between its tags, without scripts and words of links."""
    runs: list[str] = []
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _UNSAID and element.text:
            runs.append(element.text)
        if element.tail:
            runs.append(element.tail)
    return runs


def names_of(tree: HtmlElement) -> list[str]:
    """Return what a page is called: its title and its main headings, where it has none its first others."""
    heads = list(tree.iter("h1"))[:2] or list(tree.iter("h2"))[:2]
    return [str(head.text_content()) for head in (*list(tree.iter("title"))[:1], *heads)]
