"""Who received a message: names and addresses, as sets in which any words can be looked up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache

_TITLE_WORD = (
    r"(?:Dr|Prof(?:essor)?|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Rev|Cllr|Sen|Rep|Hon|Herrn?|Frau|Madame|Mme|Monsieur"
    r"|Mlle|Se\u00f1or(?:a|ita)?|Sra?|Mevrouw|Mevr|Meneer|Dhr|Signora?|Sig|Dott)\b\.?"
)
#: One or more titles and the space behind them.
TITLES = rf"(?:{_TITLE_WORD}[ \u00a0]){{1,3}}"
_TITLE = re.compile(rf"{_TITLE_WORD}\s*", re.IGNORECASE)
#: What stands behind a name: degrees, honours, seats.
_BEHIND = re.compile(
    r"[\s,]+(?:Ph\.?D|D\.?Phil|M\.?D|M\.?A|M\.?Sc|M\.?Phil|M\.?B\.?A|B\.?A|B\.?Sc|LL\.?[BM]|Esq|Jr|Sr|I{2,3}|IV|MBE|OBE|CBE|KBE|DBE"
    r"|QC|KC|MPs?|MSP|MEP|MS|MLA|TD|FRSA?|FBA|RN|JP|CPA)\.?\s*$",
    re.IGNORECASE,
)
#: Words of lists, houses and roles: whom they name is nobody in particular.
_NOBODY = re.compile(
    r"(?:all|again|americans?|activists?|admin|board|bulletin|campaign(?:er)?s?|chair|citizens?|colleagues?|committee|community"
    r"|comrades?|conservatives?|constituents?|clients?|contact|council(?:lor)?s?|customers?|democrats?|donors?|desk|editor(?:s|ial)?|enquiries"
    r"|every(?:one|body)|fellow|folks|friends?|fund|government|governor|greens?|guests?|hello|homeowners?|info|investors?|journalists?|labour|lists?|madam"
    r"|mail|mailing|mayor|media|members?|ministers?|mps?|neighbou?rs?|network|news(?:desk|letter|room)?|office|parents?|party"
    r"|patriots?|people|postmaster|president|press|prime|progressives?|readers?|recipients?|reply|representatives?|republicans?"
    r"|residents?|secretary|senators?|sirs?|sisters?|staff|students?|shareholders?|subscribers?|supporters?|support|taxpayers?|teachers?|tenants?|team|there|thanks"
    r"|trust|undisclosed|union|updates?|users?|volunteers?|voters?|watch|webmaster|world|you"
    r"|freund\w*|kolleg\w*|damen|herren|leser\w*|alle|tous|toutes|amig[oa]s|amici|vrienden)(?:['\u2019]s)?",
    re.IGNORECASE,
)
#: What parts of an address are that are no names: "north.wales@", "data.protection@".
_NO_PERSON = re.compile(
    r"north\w*|south\w*|east\w*|west\w*|new|old|great|upper|lower|central|saint|st|road|street|lane|avenue|park|hill|school"
    r"|church|hall|farm|house|hospital|college|university|city|town|county|bay|island|river|lake|data|protection|human"
    r"|resources|services?|accounts?|payable|public|affairs|general|sales|marketing|legal|policy|research|open|digital"
    r"|no|do|not|bounces?|the|my|our"
)
WORD = r"[^\W\d_][\w'\u2019-]*"
_WORD = re.compile(WORD)
_PERSON = re.compile(rf"{WORD}\.?(?:\s{WORD}\.?){{0,5}}")
_ASIDE = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_HOUSE = re.compile(r"\s+(?:via|at|@|from|c/o|-|\u2013|\u2014)\s.*|\s*[|/].*", re.IGNORECASE | re.DOTALL)
_BOTH = re.compile(r"\s+(?:and|und|et|y|&|\+)\s+", re.IGNORECASE)
_SMALL = frozenset({"de", "da", "di", "du", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "of"})
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_OF_PERSON = re.compile(r"([a-z]{1,20})[._]([a-z]{2,25})")
_WHOLE_ADDRESS = re.compile(r"[^\s@<>,;\"]{1,64}@[^\W_][\w.-]{0,253}")
#: Longer display names are none.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who received a message, all folded as ``fold`` does.

    ``names`` are at least two words with a space between; ``addresses`` as they were written and as mail
    systems take them; ``firsts`` what they may be greeted by; ``lasts`` what they may be, behind a title;
    ``titled`` those by which a letter greets somebody with a title.
    """

    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    firsts: frozenset[str] = frozenset()
    lasts: frozenset[str] = frozenset()
    titled: frozenset[str] = frozenset()

    def without(self, names: Iterable[str], addresses: Iterable[str]) -> Recipients:
        """Those who are not among these, who wrote the words themselves."""
        own = recipients_of((name, "") for name in names)
        written = frozenset(form for one in addresses for form in forms_of(one))
        return Recipients(
            self.names - own.names,
            self.addresses - written,
            self.firsts - own.firsts - own.lasts,
            self.lasts - own.lasts,
            self.titled,
        )

    def joined(self, other: Recipients) -> Recipients:
        """These and those."""
        return Recipients(*(getattr(self, one.name) | getattr(other, one.name) for one in fields(self)))


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Give a word in small letters, without accents, with straight apostrophes."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("\u2019", "'"))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


def bare(address: str) -> str:
    """Give an address as mail systems take it: small letters, nothing behind a plus, no dots where none count."""
    local, _, domain = address.casefold().rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local.replace('.', '') if domain in _DOTLESS else local}@{domain}"


def forms_of(address: str) -> frozenset[str]:
    """Give an address as it is written and as mail systems take it."""
    return frozenset({address.casefold(), bare(address)})


def is_nobody(name: str) -> bool:
    """Whether a name holds a word of lists, houses and roles."""
    return any(map(_NOBODY.fullmatch, _WORD.findall(name)))


def without_title(name: str) -> str:
    """Give a name without the titles before it."""
    while (match := _TITLE.match(name)) and match.end() < len(name):
        name = name[match.end() :]
    return name


def recipients_of(pairs: Iterable[tuple[str, str]]) -> Recipients:
    """Tell recipients from lists and houses in pairs of a display name and an address; linear in their number."""
    names: set[str] = set()
    addresses: set[str] = set()
    firsts: set[str] = set()
    lasts: set[str] = set()
    for name, address in pairs:
        # Some programs write the address in place of the name.
        for one in (address, name.strip("'\" ")):
            if _WHOLE_ADDRESS.fullmatch(one):
                addresses |= forms_of(one)
        people = [*_people(name[:_LONGEST]), *_of_address(address)]
        for words in people:
            firsts.update(word for word in words[:1] if len(word) > 1)
            if len(words) > 1:
                names |= _names(words)
                lasts.add(words[-1])
        # "anna.smith@" may be greeted as Anna; "info@" is nobody.
        local = re.split(r"[._+-]", address.partition("@")[0])[0]
        if 3 <= len(local) <= 20 and local.isalpha() and not _NOBODY.fullmatch(local):
            firsts.add(fold(local))
    return Recipients(frozenset(names), frozenset(addresses), frozenset(firsts), frozenset(lasts))


def _names(words: tuple[str, ...]) -> set[str]:
    """What somebody of these words is called by more than one of them."""
    first, last = words[0], words[-1]
    found = {" ".join(words), f"{first[0]} {last}"}
    found.update(f"{first} {word}" for word in words[1:] if len(word) > 1 and word not in _SMALL)
    whole = " ".join(word for word in words if len(word) > 1)
    found.update(one for one in (whole, whole.replace("-", " ")) if " " in one)
    return found


def _of_address(address: str) -> Iterator[tuple[str, ...]]:
    """The name in "zoe.lee@", in folded words."""
    parts = _OF_PERSON.fullmatch(address.casefold().partition("@")[0].partition("+")[0])
    if parts and not any(_NOBODY.fullmatch(one) or _NO_PERSON.fullmatch(one) for one in parts.groups()):
        yield parts[1], parts[2]


def _people(name: str) -> Iterator[tuple[str, ...]]:
    """The persons whom a display name may mean, each in folded words, first name first."""
    name = " ".join(_HOUSE.sub("", _ASIDE.sub(" ", name)).split()).strip("'\" .,")
    while match := _BEHIND.search(name):
        name = name[: match.start()]
    parts = [one.strip(" .") for one in name.split(",") if one.strip(" .")]
    readings = [name] if len(parts) == 1 else []
    if len(parts) > 1:
        # "Lee, Zoe"; "Zoe Lee, Mill Watch".
        readings = [f"{parts[1]} {parts[0]}"] + ([parts[0]] if " " in parts[0] else [])
    for reading in readings:
        several = _BOTH.split(reading)
        for one in several:
            if " " not in one and one != several[-1] and " " in several[-1]:
                one = f"{one} {several[-1].split()[-1]}"  # "Zoe and Tom Lee"
            yield from _person(one)


def _person(name: str) -> Iterator[tuple[str, ...]]:
    name = without_title(name)
    if not _PERSON.fullmatch(name) or is_nobody(name):
        return
    written = _WORD.findall(name)
    words = tuple(fold(word.strip("'\u2019-")) for word in written)
    if not all(words):
        return
    yield words
    if len(words) > 1 and len(words[0]) > 1 and written[0].isupper() and not written[1].isupper():
        yield (*words[1:], words[0])  # "LEE Zoe"
