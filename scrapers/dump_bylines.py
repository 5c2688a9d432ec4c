"""Who wrote a saved page: names behind "By", before a post, or alone beneath the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scrapers import furniture
from scrapers.dump_facts import Facts
from scrapers.dump_headline import is_credit
from scrapers.dump_lines import Unit

_BY = re.compile(
    r"(?:(?:story|written|posted|published|reported|words|text|article|reporting|analysis|opinion|review"
    r"|commentary|edited|compiled|produced|report|column|interview)\s)?by(?::? |(?=[A-Z][a-z]+[ -][A-Z]))",
    re.IGNORECASE,
)
_BY_ALONE = re.compile(r"(?:(?:written|words|story|reported) )?by:?|authors?:?", re.IGNORECASE)
#: What ends the names: another column of the line, a date, a handle, the house they write for.
_NAMES_END = re.compile(
    r"\s*(?:[|/\u2022\u00b7\u2013\u2014(]| - |\s-$|@|\d|\bfor (?=[A-Z])"
    r"|\b(?:published|updated|posted|modified|last updated|follow|twitter)\b"
    r"|\bon \w{3,6}day\b|\b(?:in|at) (?=[A-Z])"
    r"|(?-i:(?<=[a-z])(?=(?:Published|Updated|Posted|Twitter|Follow"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b\.?)))",
    re.IGNORECASE,
)
_MONTH_TAIL = re.compile(
    r"[ ,]+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day[ ,]*)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct"
    r"|nov|dec)[a-z]{0,6}\.?$",
    re.IGNORECASE,
)
_POST = (
    r"(?:correspondent|editor|reporter|writer|columnist|journalist|contributor|producer|analyst|critic|staff"
    r"|bureau chief|presenter|blogger|photographer|author|team|fellow|professor|chief)s?"
)
#: The desks that stand before a post without a comma: "Jane Doe Transport correspondent".
_DESK = (
    r"(?:affairs|arts?|assistant|associate|breaking|business|chief|city|climate|consumer|contributing|crime|culture"
    r"|data|defen[cs]e|deputy|diplomatic|economics?|education|energy|entertainment|environment|europe|executive"
    r"|features?|finance|foreign|freelance|gear|general|global|guest|health|healthcare|home|industry|international"
    r"|investigations?|investigative|legal|lifestyle|local|managing|media|money|motoring|music|national|news|opinion"
    r"|parliamentary|personal|policy|political|politics|property|regional|religion|retail|royal|science|security"
    r"|senior|showbiz|social|special|sports?|staff|style|tech|technology|trade|transport|travel|uk|us|washington"
    r"|wellness|westminster|world|of|and|&|the|in|for)"
)
_ROLE_TAIL = re.compile(rf"[ ,]+(?:{_DESK}[ ,]+){{0,6}}{_POST}\b.*$", re.IGNORECASE)
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Sir|Dame|Rev|Mr|Mrs|Ms)\.? )?[^\W\d_a-z][\w.'\u2019-]*"
    r"(?: (?:[^\W\d_a-z][\w.'\u2019-]*|de|da|del|di|van|der|den|von|bin|al|la|le|el|ten|y)){1,4}"
)
_NO_PERSON = re.compile(
    r"\b(?:news|press|agency|media|staff|team|desk|times|post|daily|tribune|magazine|office|company|editor(?:ial)?"
    r"|reporter|correspondent|writer|photo(?:s|graph)?|getty|images|online|radio|tv|review|sports?|guidelines|policy"
    r"|stories|story|share|read|more|home|menu|edition|all|this|the|about|contact|sign|log|search|newsletter|video)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|with)\s+|\s*[&;]\s*")
_BIO = r"(?: |, )(?:is|was|has|covers|writes|reports|joined|works|can be reached)\b"


def person_names(words: str) -> str:
    """Give the names at the beginning of a credit, without posts, houses, handles and dates."""
    line = _NAMES_END.split(" " + words[:200].replace("\xa0", " ").lstrip(), maxsplit=1)[0]
    line = _MONTH_TAIL.sub("", line.strip(" ,;:-\u2013\u2014"))
    line = _ROLE_TAIL.sub("", line).strip(" ,;:-")
    parts = [part.strip() for part in _SPLIT.split(line) if part.strip()]
    kept: list[str] = []
    for part in parts:
        if kept and (not _NAME.fullmatch(part) or _NO_PERSON.search(part)):
            break
        kept.append(part)
    if not kept or len(kept) == len(parts):
        return line
    return line[: line.index(kept[-1]) + len(kept[-1])]


def looks_like_person(words: str) -> bool:
    """Tell whether a line is one person's name and no more."""
    return (
        len(words) <= 50 and _NAME.fullmatch(words) is not None and not _NO_PERSON.search(words) and not words.isupper()
    )


def page_byline(facts: Facts, units: Sequence[Unit], headline: int | None, first: int) -> None:
    """Offer the writers of a page, from the lines around its headline (``first``: first paragraph)."""
    top = headline if headline is not None else first
    near = range(max(0, top - 4), min(len(units), max(first, top) + 8, top + 24))
    for i in near:
        words = units[i].words
        if len(words) > 160 or words.endswith(("?", "!")) or i == headline or furniture.is_caption(words):
            continue
        if match := _BY.match(words):
            name = person_names(words[match.end() :])
            if _plausible(name) and not words.endswith("."):
                facts.offer("byline", name, "byline")
        elif _BY_ALONE.fullmatch(words) and i + 1 < len(units):
            name = person_names(units[i + 1].words)
            if len(units[i + 1].words) <= 80 and _plausible(name):
                facts.offer("byline", name, "byline")
    for i in near:
        if headline is not None and i > headline and len(units[i].words) <= 110:
            facts.offer("byline", _bare_name(units, i, headline), "name beneath the headline")


def _plausible(name: str) -> bool:
    return bool(name) and len(name) <= 90 and name[:1].isupper() and name.count(" ") <= 10


def _bare_name(units: Sequence[Unit], i: int, headline: int) -> str | None:
    """Give the name that a line begins with, if a post, a date or a second mention confirms it."""
    words = units[i].words
    if i - headline > 8 or furniture.is_control(words) or words.endswith((".", "?", "!", ":")):
        return None
    name = person_names(words)
    if not all(looks_like_person(part) for part in _SPLIT.split(name)) or not name:
        return None
    rest = words[len(name) :].strip()
    if _ROLE_TAIL.fullmatch(words[len(name) :]) or rest.startswith("@") or is_credit(rest):
        return name
    if rest and not rest.startswith(("|", "\u2022", "\u00b7", "/", "-", "\u2013", "\u2014", ",")):
        return None
    after = [unit.words for unit in units[i + 1 : i + 4]]
    if any(furniture.is_stamp(line) or is_credit(line) for line in after):
        return name
    return name if any(_mentions(units, name, i)) else None


def _mentions(units: Sequence[Unit], name: str, i: int) -> Iterator[bool]:
    bio = re.compile(re.escape(name) + f"(?:$|{_BIO})")
    for n, unit in enumerate(units[:5000]):
        if n != i and unit.words.startswith(name):
            yield bio.match(unit.words) is not None
