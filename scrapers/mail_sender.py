"""Who sends a message that names no sender in a header: its signature, and the house in its small print.

Nothing is guessed: a name counts where a leave, a post or a legal line stands beside it, and of two
different signers neither does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.dump_bylines import looks_like_person
from scrapers.dump_mail import is_button, is_sign_off
from scrapers.dump_publisher import rights_holder_of, without_form

#: The head words of posts in a signature.
_POST = re.compile(
    r"\b(?:(?:co-?|vice[- ]?|deputy )?chair(?:man|woman|person)?s?|director|president|secretary|treasurer|manager"
    r"|co-?ordinator|organi[sz]er|officer|ceo|chief executive|chief of staff|(?:co-?)?founder|head|leader|campaigner"
    r"|correspondent|reporter|journalist|researcher|analyst|spokes(?:man|woman|person)|representative|senator|mp|msp|councillor|candidate|editor|adviser|advisor|convener"
    r"|governor|mayor|speaker)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:(?:former|state|us|u\.s\.) )?(?:(?:co-?|vice[- ]?)?chair(?:man|woman|person)?|representative|rep\.|senator"
    r"|sen\.|governor|gov\.|congress(?:man|woman)|mayor|president|director|councillor|cllr\.?) (?=(?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
#: What stands between a post and its house: "Director, Acme Watch", "Chair of the Acme Watch".
_BETWEEN = re.compile(
    r"\s*(?:,|\||\s[\u2013\u2014-])\s*(?:of |at |for )?(?:the )?|\s+(?:of|at|for|with) (?:the )?", re.IGNORECASE
)
_HOUSE_WORD = re.compile(
    r"\b(?:party|campaign|committee|council|coalition|alliance|union|trust|watch|action|network|foundation|society"
    r"|association|institute|group|fund|league|club|federation|centre|center|movement|forum|project|charity|initiative"
    r"|democrats|republicans|greens|dems|gop|pac|now|team|hq|office|friends|people|parents|workers|citizens"
    r"|victory|caucus|congress|senate|house)\b",
    re.IGNORECASE,
)
_CAPITAL = r"(?-i:[^\W\d_a-z])"
_NAME_WORD = rf"{_CAPITAL}[\w.&'\u2019\u2013+-]*"
_NAME = rf"((?:the )?{_NAME_WORD}(?: (?:(?:of|for|the|and|to|in|on|&)(?= )|{_NAME_WORD})){{0,9}})"
#: The legal and postal lines of a mailing that name whose it is; the first that speaks wins.
_FOOTER_LINE = "sender's line in the footer"
_MESSAGES = r"(?:e-?mails?|messages|updates)"
_LINES = (
    (_FOOTER_LINE, r"(?:paid for(?: and authori[sz]ed)? by|authori[sz]ed and paid for by|on behalf of):? "),
    (_FOOTER_LINE, r"this (?:e-?mail|message) (?:was|is|has been) sent (?:to you )?(?:by|from|on behalf of):? "),
    ("tax line", r"(?:contributions?|gifts|donations)(?: or gifts)? to (?=[^.]{2,120}\bdeductible)"),
    ("unsubscribe line", r"(?:unsubscribe|opt out) from (?=[^.]{2,80}['\u2019]s? (?:e-?mail|mailing|list))"),
    ("unsubscribe line", rf"(?:stop|no longer) receiv\w+ {_MESSAGES} from "),
)
_LEGAL = tuple((origin, re.compile(pattern + _NAME, re.IGNORECASE)) for origin, pattern in _LINES)
_POSTAL = re.compile(
    r"\bP\.? ?O\.? Box\b|\b[A-Z]{2},? \d{5}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    r"|^\W*\d{1,5}(?:-\d{1,5})? \w|\bUnited (?:States|Kingdom)\b"
)
_COLUMN = re.compile(r"\s*[|\u00b7\u2022]\s*|,\s+(?=\d|P\.? ?O)")
_POSTSCRIPT = re.compile(r"\W*p\.? ?p?\.? ?s\b", re.IGNORECASE)
_TEAM = re.compile(
    r"(?:the |your )?(.{2,50}?)(?: (?:campaign )?(?:team|crew|hq|staff))$|team (.{2,50})$", re.IGNORECASE
)
_ALIEN = re.compile(
    r"[@<>\[\]{}]|https?:|www\.|\d{3}|^(?:facebook|twitter|instagram|website|disclaimer|unsubscribe)\b", re.IGNORECASE
)
_ENDS_NAME = re.compile(
    r"\s(?:and|but|&) not\b|\sbecause\b|\.\s|\s[-\u2013\u2014]\s| (?:and )?authori[sz]ed\b"
    r"|['\u2019]s? (?:e-?mail|mailing|list)",
    re.IGNORECASE,
)
#: What qualifies a post that stands behind its house: "Acme Watch Deputy Director".
_RANK = re.compile(
    r"(?:\s+(?:executive|deputy|managing|political|communications|finance|field|state))+\s*$", re.IGNORECASE
)
_SMALL_WORDS = frozenset({"of", "for", "the", "and", "to", "in", "on"})
_LONGEST_LINE = 400
#: Names whose words are all shorter are letters that stand for words: "NM HC".
_LONG_WORD = 5
#: A line of so many words is the letter itself, and what stands above it signs nothing.
_LETTER = 25


@dataclass(frozen=True, slots=True)
class Sender:
    """A message's signer and its house, each None where nothing tells, with what told it."""

    person: str | None = None
    house: str | None = None
    house_from: str | None = None


def sender_of(lines: Sequence[str]) -> Sender:
    """Give the sender that a message's own lines tell; ``lines`` are in order, without quoted ones."""
    kept = [" ".join(line.split()).strip("\ufeff\u200b") for line in lines]
    kept = [line for line in kept if line]
    person, signed = _signature(kept)
    house, origin = _in_footer(kept)
    if house is None and signed is not None:
        house, origin = signed, "signature"
    return Sender(person, None if house is None else _written(house, kept), origin)


def _in_footer(lines: Sequence[str]) -> tuple[str | None, str | None]:
    tail = lines[len(lines) // 3 :]
    holder = rights_holder_of(tail)
    if holder is not None:
        return without_form(holder), "copyright line"
    for origin, pattern in _LEGAL:
        for line in reversed(tail):
            match = pattern.search(line[:1200])
            if match and (name := _house(match.group(1))):
                return re.sub(r"['\u2019]s?$", "", name) if origin == "unsubscribe line" else name, origin
    for i in range(len(tail) - 1, -1, -1):
        if name := _with_address(tail, i):
            return name, "address line"
    return None, None


def _with_address(lines: Sequence[str], i: int) -> str | None:
    """The name before its postal address: on one line, or with the address beneath."""
    line = lines[i]
    if len(line) > _LONGEST_LINE:
        return None
    head, *rest = _COLUMN.split(line, maxsplit=1)
    below = lines[i + 1] if i + 1 < len(lines) else ""
    if not (rest and _POSTAL.search(rest[0])) and not (not rest and len(below) < 90 and _POSTAL.search(below)):
        return None
    name = _house(head.strip("# "))
    return name if name and (_HOUSE_WORD.search(name) or name.isupper()) and not looks_like_signer(name) else None


def _house(words: str) -> str | None:
    """A name cut where another statement begins, None for what is no house's."""
    name = _ENDS_NAME.split(words)[0]
    name = re.sub(r"^the ", "", name.strip(" .,'\u2019:;\u2013\u2014-"), flags=re.IGNORECASE)
    name = without_form(name)
    name = re.sub(r"(?: (?:and|or|of|for|the|to|in|on|&))+$", "", name)
    fits = 1 < len(name) <= 70 and name[:1].isupper() and not _ALIEN.search(name)
    return name if fits and name.casefold() not in {"you", "us", "we"} else None


def _written(name: str, lines: Sequence[str]) -> str:
    """A name in capitals as the message writes it elsewhere, else with small letters."""
    if not name.isupper() or " " not in name or max(map(len, name.split())) < _LONG_WORD:
        return name
    text = "\n".join(lines)
    for match in re.finditer(re.escape(name), text, re.IGNORECASE):
        if not match.group().isupper():
            return match.group()
    words = name.lower().split()
    return " ".join(word if n and word in _SMALL_WORDS else word.capitalize() for n, word in enumerate(words))


def _signature(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The signer and the house that stand beneath a leave, or that a post shows."""
    found: dict[tuple[str | None, str | None], None] = {}
    for i in range(len(lines) - 1, len(lines) // 4, -1):
        words = lines[i - 1]
        if _is_letter(lines[i]) and not _POSTSCRIPT.match(lines[i]):
            break
        takes_leave = len(words) <= 60 and (is_sign_off(words) or (words.endswith(",") and words.count(" ") <= 6))
        if takes_leave and not is_sign_off(lines[i]) and (signed := _signed(lines, i)) != (None, None):
            return signed
        if dashed := re.match(r"[-\u2013\u2014] ?(?=[^\W\d_a-z])(.{2,60})$", lines[i]):
            return _person_and_house(dashed.group(1), lines, i)
        signed = _person_and_house(lines[i], lines, i)
        # "Contact:" heads a list of others, and the law asks for a treasurer's name.
        if signed[0] and _has_post(lines, i) and "treasurer" not in lines[i].casefold():
            found[(None, None) if words.endswith(":") else signed] = None
    return next(iter(found)) if len(found) == 1 else (None, None)


def _is_letter(line: str) -> bool:
    return line.count(" ") >= _LETTER and not re.search(
        r"unsubscribe|paid for|sent to|receiv|deductible|address|rights reserved|authori[sz]ed|e-?mails?\b", line, re.I
    )


def _has_post(lines: Sequence[str], i: int) -> bool:
    own = lines[i].partition(",")[2]
    below = lines[i + 1] if i + 1 < len(lines) else ""
    is_post = len(below) <= 90 and not below.endswith((".", "!", "?")) and _POST.search(below)
    return bool(_POST.search(own) or is_post)


def _signed(lines: Sequence[str], i: int) -> tuple[str | None, str | None]:
    line = lines[i].strip(" ,-\u2013\u2014")
    if len(line) > 90 or not line[:1].isupper() or line[-1:] in "!?:" or is_button(line) or _ALIEN.search(line):
        return None, None
    return _person_and_house(line, lines, i)


def _person_and_house(line: str, lines: Sequence[str], i: int) -> tuple[str | None, str | None]:
    """Signer and house of a signature that begins with ``line``; the lines beneath tell post and house."""
    line = line.strip(" ,-\u2013\u2014")
    head, _, rest = line.partition(",")
    name = _TITLE.sub("", head).strip()
    person = name if looks_like_signer(name) else None
    rest = rest.strip()
    own = _of_post(rest) or _bare_house(rest) if person else None
    if person is None:
        team = _TEAM.match(line)
        house = _house((team.group(1) or team.group(2)) if team else line) if len(line) <= 60 else None
        of_team = _house(rest) if team is None and re.search(r"\bteam$", head, re.IGNORECASE) else None
        is_house = bool(house) and (team is not None or bool(_HOUSE_WORD.search(line)) or line.isupper())
        return None, of_team or (house if is_house else None)
    for below in lines[i + 1 : i + 4]:
        if own or len(below) > 90 or below.endswith(("!", "?")) or _ALIEN.search(below) or is_button(below):
            break
        if below.casefold() == name.casefold():
            continue
        own = _of_post(below) or _bare_house(below)
    return person if not person.isupper() else person.title(), own


def _bare_house(words: str) -> str | None:
    is_house = _HOUSE_WORD.search(words) or re.fullmatch(r"[A-Z]{3,8}", words)
    return _house(words) if is_house and not _POST.search(words) else None


def looks_like_signer(name: str) -> bool:
    """Tell whether a line is a person's name, a first name alone included."""
    if _HOUSE_WORD.search(name) or is_sign_off(name) or _POST.search(name):
        return False
    if name.isupper() and " " in name:
        name = name.title()
    return looks_like_person(name) or re.fullmatch(r"[^\W\d_a-z][a-z'\u2019-]{2,20}", name) is not None


def _of_post(words: str) -> str | None:
    """The house that a post names: "Director, Acme Watch", "Chair of the Mill Fund", "Acme Watch Director"."""
    post = _POST.search(words)
    if post is None or len(words) > 120:
        return None
    after = words[post.end() :].strip()
    if link := _BETWEEN.match(words, post.end()):
        after = words[link.end() :]
    elif not _HOUSE_WORD.search(after):
        after = ""
    name = _house(after) if after[:1].isupper() else None
    if name and not _POST.search(name) and (_HOUSE_WORD.search(name) or name.isupper() or " " in name or link):
        return name
    before = _RANK.sub("", words[: post.start()])
    before = before.strip(" ,")
    return _house(before) if before and (_HOUSE_WORD.search(before) or before.isupper()) and len(before) > 2 else None
