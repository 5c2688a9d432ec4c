"""Who wrote a page: the names it states for machines, and the names its readers see near the heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from scrapers.dump_bylines import looks_like_person, person_names
from scrapers.jsonld import names, one_line
from scrapers.metadata_lines import Line
from scrapers.metadata_page import Page
from scrapers.metadata_titles import plain

_AUTHOR_KEYS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "byl",
    "bt:author",
    "article:author_name",
)
_STORY = r"(?:(?:written|posted|reported|story|words|text|reporting|analysis|opinion|report|published|guest post)\s+)?"
_BY = re.compile(rf"\A\s*{_STORY}by(?:\s*:\s*|\s+|$)", re.IGNORECASE)
_ISSUER = re.compile(r"\s*(?:news )?(?:provided|issued|released) by(?:[\s:]+|\Z)", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@\S+\.\S+|^\W*$|^(?:admin|administrator|editor|editors|staff|guest|none|null|unknown|anonymous"
    r"|undefined|n/?a|author|contributor|editorial|webmaster|user|root|test|press|news|(?:web|news|online) ?desk)$",
    re.IGNORECASE,
)
#: No names but the house's own people: "Staff reports", "Our Correspondent".
_STAFF = re.compile(
    r"^(?:from |the |our )?(?:(?:news|web|online|digital|editorial|special|own|local|city|sports?) )*"
    r"(?:staff(?: (?:reports?|reporters?|writers?|editors?|correspondents?))?|correspondents?|reporters?|newsroom"
    r"|(?:web|news|online|editorial|sports?) (?:desk|team|staff|board))$",
    re.IGNORECASE,
)
_HOUSE_STAFF = re.compile(
    r"^(.{2,40}?)(?:[' \u2019]s)? (?:staff(?: (?:reports?|reporters?|writers?))?|newsroom|team|editors?)$", re.I
)
#: Degrees and memberships behind a name; a title that belongs to it ("Jr", "MP") stays.
_DEGREE = (
    r"(?:Ph\.?D|M\.?D|D\.?O|M\.?S|M\.?Sc|B\.?Sc|M\.?A|B\.?A|M\.?P\.?H|M\.?B\.?A|J\.?D|R\.?D|R\.?D\.?N|L\.?D|L\.?D\.?N|R\.?N"
    r"|B\.?S\.?N|M\.?S\.?N|N\.?P|D\.?D\.?S|D\.?V\.?M|Pharm\.?D|Psy\.?D|Ed\.?D|F\.?A\.?A\.?P|F\.?A\.?C\.?P|CPA|CFA|CFP|CPT|CSCS"
    r"|CDCES|LCSW|MPhil|MFA|FRCP|FRS|Esq)\.?"
)
_DEGREES = re.compile(rf"(?:,?\s+{_DEGREE})+(?=\s*(?:,|;|$|\band\b|&))")
_ORGANISATION = re.compile(
    r"\b(?:news|press|agency|agencies|media|times|post|daily|tribune|herald|gazette|chronicle|observer|guardian|telegraph"
    r"|report|magazine|network|institute|university|college|foundation|council|service|services|association|society"
    r"|department|ministry|office|cent(?:re|er)|group|ltd|inc|llc|corp|corporation|company|bureau|newswire|wire"
    r"|committee|party|radio|tv|online|reuters|afp|bbc|cnn|team|staff|today|weekly|review|studios?|trust|union"
    r"|images|getty|government|commission|board|authority|limited|plc)\b|\.(?:com|org|net|co\.uk)\b"
    r"|\b(?:treasury|cabinet|police|court|parliament|campaign|alliance|federation|forum|(?-i:HM|NHS|UK|EU|UN))\b"
    r"|\b(?-i:AP|AFP|PA|UPI|DPA|AAP|ANI|PTI|IANS)\b",
    re.IGNORECASE,
)
#: What someone is, where it stands as a part of its own behind a name.
_POST = re.compile(
    r"\b(?:(?-i:C[A-Z]O|MPs?|MEP|MSP|VP)|deputy|chief|director|president|head|founder|professor|minister|manager|secretary"
    r"|chair(?:man|woman)?|partner|lecturer|fellow|spokes\w+|analyst|consultant|advis[eo]r|correspondent|editor|reporter"
    r"|writer|columnist|journalist|contributor|producer|leader|senior|specialist|officer|researcher|author|host)s?\b",
    re.IGNORECASE,
)
#: "Transport Correspondent Ada Quill".
_POST_BEFORE = re.compile(
    r"\A(?:[\w'&-]{1,20} ){0,4}?(?:reporter|correspondent|editor|writer|columnist|journalist)s?[,:]? (?=[A-Z])",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"(?:the )?(?:associated press|press association|reuters|pa media|ap|afp|agence france-presse|upi|dpa|aap|xinhua"
    r"|bloomberg news|canadian press)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|with)\s+|\s*[;|/\u2022]\s*", re.IGNORECASE)
#: Who did not write, or only helped.
_LESSER = re.compile(
    r"\s*(?:(?:with )?(?:additional )?(?:contributions?|contributed|reporting|contributing)\b"
    r"|(?:photo|illustrat|edit|produc|review|fact[- ]check|medically|video|graphic|translat|research|interview|curat"
    r"|additional|updated)\w*\b.{0,30}\b(?:by|from)\b)",
    re.IGNORECASE,
)
_JOINING = re.compile(r"(?:and|&|,|with)\b\s*", re.IGNORECASE)
_LOOSE_END = re.compile(r"(?:\band|&|,|\bwith)\s*\Z", re.IGNORECASE)
_MARKED = etree.XPath(
    "//*[contains(concat(' ', normalize-space(@rel), ' '), ' author ')]"
    " | //*[contains(@class, 'author-name') or contains(@class, 'author__name') or contains(@class, 'authorName')"
    " or contains(@class, 'author_name') or contains(@class, 'byline') or contains(@class, 'post-author')"
    " or contains(concat(' ', normalize-space(@class), ' '), ' author ')]"
)
#: "Text: Jane Doe", in any language.
_LABEL = re.compile(r"^[^\W\d_]{2,14}:\s+(?=[^\W\d_])")
_HOUSE_BOUND = re.compile(r"\s*[.,|/()\u2013\u2014-]\s+|\s+(?:for|at)\s+")
_GENERATION = re.compile(r",\s+((?:Jr|Sr)\b\.?|I{2,3}\b|IV\b)")
_MOST, _LONGEST = 30, 500


def byline(page: Page, publisher: str | None, *, is_release: bool) -> tuple[str | None, dict[str, str]]:
    """Return the names of who wrote the page, joined by commas, and which places tell.

    What the page shows beside its heading goes before what it states for machines where it names more
    people, or where a second statement agrees with it. ``byline_doubt`` tells of other names shown.
    """
    houses = _houses(page, publisher)
    stated = [(place, _cleaned(found, houses)) for place, found in _stated(page)]
    stated = [(place, found) for place, found in stated if found]
    found_shown, is_credit = _shown(page)
    shown = _cleaned(found_shown, houses)
    people = next(((place, found) for place, found in stated if any(map(_is_person, found))), None)
    place, found = people or (("byline", shown) if shown else None) or next(iter(stated), ("", []))
    marks: dict[str, str] = {}
    if shown and found != shown:
        ours, theirs = {plain(name) for name in found}, {plain(name) for name in shown}
        seconded = any({plain(name) for name in other} == theirs for _, other in stated)
        more = ours - theirs
        first, lesser = _near(page)
        is_less = theirs < ours and (
            all(name in lesser for name in more) or (seconded and not any(name in first for name in more))
        )
        if (is_credit and (theirs > ours or is_less)) or not any(map(_is_person, found)):
            place, found = "byline", shown
        elif not any(one.startswith(other) or other.startswith(one) for one in theirs for other in ours):
            marks["byline_doubt"] = f"the page shows {', '.join(shown)}"
    if not found and is_release:
        place, found = "issuer", _cleaned(_issuer(page), houses)
    if not found:
        place, found = "page", _cleaned(_anywhere(page), houses)
    text = ", ".join(_spoken(name, shown) for name in found[:_MOST])
    return (text, {"byline": place, **marks}) if text else (None, {})


def _houses(page: Page, publisher: str | None) -> set[str]:
    named = [publisher, page.first_meta("og:site_name"), page.first_meta("application-name")]
    named += names(page.node.get("publisher"))
    return {plain(name) for name in named if name}


def _stated(page: Page) -> Iterator[tuple[str, list[str]]]:
    yield "json-ld", _taken_apart(names(page.node.get("author")) or names(page.node.get("creator")))
    for place, key, values in page.meta_lists(*_AUTHOR_KEYS):
        if key.startswith("citation"):
            # Libraries' tags put the family name first.
            values = tuple(" ".join(reversed(v.split(", "))) if v.count(", ") == 1 else v for v in values)
        yield place, _taken_apart([name for value in values for name in _linked(page, value)])
    for element in page.props("author"):
        inner = (one for one in element.iter() if one.get("itemprop") == "name")
        words = one_line(element.get("content")) or _short(next(inner, element))
        if words and len(words) <= 80:
            yield "microdata", _taken_apart([words])


def _short(element: HtmlElement, most: int = 80) -> str | None:
    """Return the words of an element that has few, None of one with more: nested containers hold whole pages."""
    words = ""
    for text in element.itertext():
        words += text
        if len(words) > 10 * most:
            return None
    line = one_line(words)
    return line if line and len(line) <= most else None


def _linked(page: Page, value: str) -> list[str]:
    """Return a name as it is; of the address of a writer's page, the words of the links that lead there."""
    if not value.startswith(("http://", "https://", "/")):
        return [value]
    wanted = value.split("?")[0].rstrip("/")
    for link in page.tree.iter("a"):
        href = (link.get("href") or "").split("?")[0].rstrip("/")
        if href and href.rpartition("/")[2] == wanted.rpartition("/")[2]:
            words = one_line(link.text_content())
            try:
                is_same = urljoin(page.address or value, href).partition("//")[2] == wanted.partition("//")[2]
            except ValueError:
                continue
            if words and is_same and _is_person(_BY.sub("", words)):
                return [words]
    return []


def _taken_apart(values: Sequence[str]) -> list[str]:
    """Part names that stand in one value, where each part can be a name; what follows a name as his house goes."""
    parted: list[str] = []
    for value in values:
        value = _GENERATION.sub(r" \1", value[:_LONGEST])
        value = _LABEL.sub("", _DEGREES.sub("", _BY.sub("", value, count=1) or value).strip(" ,;|"))
        parts = [part for part in _SPLIT.split(value) if part]
        if len(parts) > 1 and _is_person(parts[0]):
            # "Ada Quill, Deputy Director, Northern Trust"; "Words: Ada Quill, Photos: Tom Hale".
            post = next((n for n, part in enumerate(parts) if n and (":" in part or _POST.search(part))), len(parts))
            people = [part for part in parts[:post] if _is_person(part)]
            joined = person_names(value)
            parted += people if len(people) == len(parts[:post]) else _parts(joined) or people or parts[:1]
        else:
            parted.append(_without_post(value))
    return parted


def _parts(joined: str) -> list[str]:
    return [part for part in _SPLIT.split(joined) if part and _is_person(part)]


def _without_post(value: str) -> str:
    before = _POST_BEFORE.match(value)
    if before and _is_person(value[before.end() :]):
        return value[before.end() :]
    name = person_names(value)
    return name if name != value and _is_person(name) and value.startswith(name) else value


def _cleaned(found: Sequence[str], houses: set[str]) -> list[str]:
    kept: dict[str, str] = {}
    for name in found:
        name = _LABEL.sub("", _DEGREES.sub("", _BY.sub("", name, count=1)).strip(" ,;|\u2022\u00b7-\u2013\u2014"))
        name = _without_house(name, houses)
        key = plain(name)
        if not key or len(name) > 100 or _NOT_A_NAME.search(name) or _STAFF.match(name) or key in houses:
            continue
        own = _HOUSE_STAFF.match(name)
        if own and any(plain(own.group(1)) in house or house in plain(own.group(1)) for house in houses):
            continue
        # One word in small letters is how someone logs in.
        if " " not in name and (name.islower() or name.startswith("@")):
            continue
        kept.setdefault(key, name)
    return list(kept.values())


def _without_house(name: str, houses: set[str]) -> str:
    """Take the publisher's own name off a writer's: "Jane Doe. The Harbour Post"."""
    parts = _HOUSE_BOUND.split(name, maxsplit=1)
    return parts[0] if len(parts) == 2 and plain(parts[1]) in houses and _is_person(parts[0]) else name


def _is_person(name: str) -> bool:
    if _ORGANISATION.search(name):
        return False
    return looks_like_person(name.title() if name.isupper() else name)


def _spoken(name: str, shown: Sequence[str]) -> str:
    """Write a name that is all in capitals as the page writes it elsewhere, if it does."""
    if not name.isupper():
        return name
    return next((other for other in shown if plain(other) == plain(name) and not other.isupper()), name)


def _near(page: Page) -> tuple[str, str]:
    """Return what the lines near the heading say, bare: the credits of its writers, and those of others."""
    first: list[str] = []
    lesser: list[str] = []
    is_lesser = False
    for line in (*page.above[::-1], *page.below[:20]):
        if len(line.words) > 300:
            continue
        # The names may stand on the line below such words.
        is_label = _LESSER.match(line.words) is not None
        (lesser if is_label or is_lesser else first).append(line.words)
        is_lesser = is_label and len(line.words.split()) <= 3
    return plain(" ".join(first)), plain(" ".join(lesser))


def _shown(page: Page) -> tuple[list[str], bool]:
    """Return the names that readers see near the heading, and whether behind "By".

    Else they are those of lines whose markup calls them the writer's.
    """
    for lines in (page.below, page.above[::-1]):
        for number, line in enumerate(lines):
            match = _BY.match(line.words)
            if match and len(line.words) <= 300:
                credited = _behind_by(line.words[match.end() :], lines[number + 1 : number + 8])
                if credited:
                    return credited, True
        found: list[str] = []
        for line in lines[:20]:
            # Below the first name stands a post, which may look like one.
            more = _names_only(line, is_first=not found) if line.is_writer else []
            if found and not more:
                break
            found += more
        if found:
            return found, False
    return [], False


def _behind_by(rest: str, following: Sequence[Line]) -> list[str]:
    found = _names_in(rest)
    if rest and not found:
        return []
    is_open = not rest or _LOOSE_END.search(rest) is not None
    for line in following:
        joining = _JOINING.match(line.words)
        if not is_open and not joining:
            break
        words = line.words[joining.end() :] if joining else line.words
        more = _names_in(words) if len(words) <= 120 else []
        if words and not more:
            break
        found += more
        is_open = not words or _LOOSE_END.search(words) is not None
    return found


def _names_in(words: str) -> list[str]:
    """Return the names that a credit begins with; an agency's is one."""
    words = _DEGREES.sub("", words).strip(" ,")
    agency = _AGENCY.match(words)
    if agency and (agency.end() >= len(words.rstrip(" .")) or words[agency.end() :].startswith((" |", ", "))):
        return [agency.group()]
    text = words.title() if words.isupper() else words
    parts = [part for part in _SPLIT.split(person_names(text.replace(" | ", ", "))) if part]
    kept: list[str] = []
    for part in parts:
        if not _is_person(part):
            break
        at = text.find(part)
        # As it is written, though it was read in other letters.
        kept.append(words[at : at + len(part)] if len(text) == len(words) and text[at:][: len(part)] == part else part)
    return kept


def _names_only(line: Line, *, is_first: bool) -> list[str]:
    words = _DEGREES.sub("", line.words).strip(" ,|")
    if len(words) > 120 or words.endswith((".", "?", "!", ":")) and not words.endswith((" Jr.", " Sr.")):
        return []
    found = _names_in(words)
    if any(name.isupper() for name in found):
        return []
    is_whole = len(plain("".join(found))) >= len(plain(words)) - 3
    return found if found and (is_first or is_whole) and words.casefold().startswith(found[0].casefold()) else []


def _anywhere(page: Page) -> list[str]:
    """Return the names that the markup calls the writer's anywhere, if all of it calls the same people so."""
    marked = _MARKED(page.tree)
    told: dict[str, list[str]] = {}
    for element in marked[:500] if isinstance(marked, list) else []:
        words = _short(element) if isinstance(element, HtmlElement) else None
        if words:
            names_there = _names_in(_BY.sub("", words, count=1))
            if names_there:
                told.setdefault(plain("".join(names_there)), names_there)
    return next(iter(told.values())) if len(told) == 1 else []


def _issuer(page: Page) -> list[str]:
    """Return the house that a wire's release names as its source."""
    for number, line in enumerate(page.below):
        match = _ISSUER.match(line.words)
        if match and len(line.words) <= 120:
            rest = line.words[match.end() :].strip()
            if not rest and number + 1 < len(page.below):
                rest = page.below[number + 1].words
            return [rest] if rest and len(rest) <= 80 else []
    return []
