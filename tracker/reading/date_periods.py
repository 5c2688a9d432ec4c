"""Years and what is longer or shorter than one: spans of years, quarters, halves, decades, centuries.

ISO 8601-2 throughout: ``2019-35`` is the third quarter of 2019 (33 to 36), ``2019-40`` its first half (40 and 41),
``199X`` the nineteen-nineties, ``18XX`` the nineteenth century, ``XX9X`` the nineties of a century left open.
"""

from __future__ import annotations

import re

from tracker.reading.date_parts import (
    COUNTED,
    FOLLOW,
    NUMBER_BEGINS,
    ORDINALS,
    SP,
    YEAR,
    Entry,
    ever,
)

#: What a year may stand behind for it to be one.
_YEAR_LEAD = (
    r"(?:in|since|by|from|until|till|before|after|during|early|late|mid|year|Year"
    rf"|In|Since|By|From|Until|Before|After|During|(?:end|start|beginning|middle|half|quarter|rest|course|year){SP}of"
    rf"|(?:until|till|before){SP}at{SP}least|as{SP}(?:late|early|soon|recently|far{SP}back){SP}as"
    rf"|(?:later|earlier|sooner){SP}than|(?:back|dat(?:es|ed|ing)){SP}to|beyond|circa|c\.|born|died)"
)
#: A year of our days: four figures that the press hardly ever writes as a count without a comma.
_RECENT = r"(?:19[0-9]{2}|20[0-4][0-9])"
#: What does not go on: decades, genitives of decades, further digits.
_ENDS = r"(?![0-9%s]|[’']s|[.,][0-9])"
_TIED = r"[ \u00a0]?[-–—~][ \u00a0]?"
_SP_OR_HYPHEN = r"[ \t\u00a0-]{1,2}"
#: "Fell by 2018 votes": by how much, not by when.
_BY_HOW_MUCH = re.compile(
    r"\b(?:rose|risen|rise|fell|fallen|fall|grew|grown|grow|cut|down|up|dropp?e?d?|won|lost|beat(?:en)?|short|increased?"
    r"|decreased?|reduced?|passed|carried|defeated|ahead|behind|higher|lower|exceeded|outnumbered)"
    r"[ \u00a0][Bb]y[ \u00a0]\Z"
)
_PLURAL = re.compile(r"[ \u00a0][a-z]{2,20}s\b")
#: Plurals in form that are none, and what is told of years and not counted.
_NO_PLURAL = re.compile(
    r"[ \u00a0](?:is|was|has|does|as|this|its|his|us|across|sales|levels|prices|figures|elections|accounts|results"
    r"|standards|games|riots|protests|talks|terms|seasons|estimates|statistics|rates|polls|finals|[a-z]{2,20}ss)\b"
)


def _counts(text: str, end: int) -> bool:
    """Whether what follows is a plural that the number before it may count."""
    return _PLURAL.match(text, end) is not None and _NO_PLURAL.match(text, end) is None


def _year(match: re.Match[str]) -> str | None:
    text, start = match.string, match.start("year")
    if _BY_HOW_MUCH.search(text, max(0, start - 24), start) and _counts(text, match.end("year")):
        return None
    return match["year"]


def _season(match: re.Match[str]) -> str | None:
    """A span of years: 2019-20, 1939-45, 2010-2013; of a month (2015-12) where it cannot be one."""
    first, last = match["year"], match["last"]
    if len(last) == 1:
        last = first[2] + last if int(first[3]) + 1 == int(last) else "00"
    text, start, end = match.string, match.start(), match.end()
    if COUNTED.match(text, end) or (len(last) == 4 and _counts(text, end) and text[start - 4 : start] != "the "):
        return None
    until = int(last) if len(last) == 4 else int(first[:2] + last)
    if len(last) == 2 and last == "00" and first.endswith("99"):
        until += 100
    if int(first) < until <= int(first) + 130:
        return f"{first}/{until:04d}"
    return f"{first}-{last}" if match["sign"] == "-" and len(last) == 2 and 1 <= int(last) <= 12 else None


def _month_and_year(match: re.Match[str]) -> str | None:
    return f"{match['year']}-{int(match['month']):02d}"


def _short_year(match: re.Match[str]) -> str | None:
    return f"XX{match['short']}"


_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_NUMBER = r"first|second|third|fourth|final|last|1st|2nd|3rd|4th"


def _quarter(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    word = str(found["number"]).lower()
    number = int(word[0]) if word[0].isdigit() else _NUMBERS[word]
    is_half = str(found["part"]).lower() in ("h", "half")
    if is_half and number > 2:
        number = 2 if word in ("final", "last") else 0
    code = 39 + number if is_half else 32 + number
    return f"{found.get('year') or '-'}-{code}" if number else None


_DECADES = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
    "nineties": 9,
}  # fmt: skip
#: "In the nineties" may be degrees.
_OF_A_DECADE = re.compile(r"\b(?:the|early|late|mid)[ \u00a0-]\Z", re.IGNORECASE)
_AGED = re.compile(r"\b(?:his|her|their|my|our|your)[ \u00a0-]\Z", re.IGNORECASE)
_DEGREES = re.compile(r"(?i:temperature|degrees|mercury|heat|weather|sunshine)")


def _decade(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    if found.get("decade"):
        year = str(found["decade"])
        if match["mark"] and not _OF_A_DECADE.search(match.string, max(0, match.start() - 6), match.start()):
            return year  # "2020's floods": the genitive of the year
        # "The 1800s" are a century or its first years: the century holds both.
        return f"{year[:2]}XX" if year.endswith("00") else f"{year[:3]}X"
    text, start = match.string, match.start()
    if _AGED.search(text, max(0, start - 12), start) or _DEGREES.search(text, max(0, start - 60), match.end() + 30):
        return None
    if not match["sign"] and not match["the"]:
        return None
    tens = int(found["tens"]) if found["tens"] else _DECADES[str(found["word"]).lower()]
    century = {"nineteen": "19", "eighteen": "18", "twenty": "20"}.get((found.get("hundred") or "").lower(), "XX")
    return f"{century}{tens}X"


_CENTURIES = {word: number for word, number in ORDINALS.items() if number <= 21}
_CENTURY = "|".join(sorted((word.replace("-", "[- ]") for word in _CENTURIES), key=len, reverse=True))


def _century(match: re.Match[str]) -> str | None:
    number = (
        int(match["digits"]) if match["digits"] else _CENTURIES["-".join(re.split(r"[- ]", match["words"].lower()))]
    )
    return f"{number - 1:02d}XX" if 1 <= number <= 21 else None


#: Spans and parts of years, in the order in which they are tried; they stand before the bare years.
PERIODS: tuple[Entry, ...] = (
    # Q3 2019, H1 of 2020
    (
        ever("quarter", "year"),
        re.compile(rf"\b(?P<part>[QqH])(?P<number>[1-4])(?:{SP}(?:of{SP})?|[-/])(?P<year>{YEAR})(?![0-9])"),
        _quarter,
    ),
    # 2019 Q3, 2017-Q1
    (
        ever("quarter", "year"),
        re.compile(rf"{NUMBER_BEGINS}(?P<year>{YEAR})[ \u00a0/-]?(?P<part>[QqHh])(?P<number>[1-4])\b"),
        _quarter,
    ),
    # the third quarter of 2019, the first half of the 2020 financial year
    (
        ever("quarter", "year"),
        re.compile(
            rf"\b(?P<number>(?i:{_NUMBER}))[- ](?P<part>quarter|half){SP}(?:(?:of|in){SP})?(?:the{SP})?"
            rf"(?:year{SP})?(?P<year>{YEAR})(?![0-9]|,[0-9])"
        ),
        _quarter,
    ),
    # in Q3, by the third quarter, the first half of the year
    (
        ever("quarter"),
        re.compile(
            r"\b(?:(?:(?:[Ii]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]rom|[Ff]or|[Dd]uring|[Oo]f|[Bb]efore|[Aa]fter|to|and|early|late|mid"
            rf"){SP}(?:the{SP})?(?:(?:end|start|beginning){SP}of{SP}(?:the{SP})?)?)(?P<date>(?P<part>Q)(?P<number>[1-4]))\b)"
        ),
        _quarter,
    ),
    (
        ever("quarter"),
        re.compile(
            rf"\b(?P<number>(?i:{_NUMBER}))[- ](?P<part>quarter|half){SP}of{SP}the{SP}"
            r"(?:financial |fiscal |calendar )?year\b"
        ),
        _quarter,
    ),
    # the 1990s, the early 1800s
    (
        ever("decade", "year"),
        re.compile(r"(?<![0-9A-Za-z.,/£$€])(?<![0-9]-)(?P<decade>1[0-9]{2}0|20[0-9]0)[ ]?(?P<mark>['’])?s\b"),
        _decade,
    ),
    # the nineties, the late '80s, the nineteen-sixties
    (
        ever("decade"),
        re.compile(
            rf"\b(?:(?P<the>[Tt]he){_SP_OR_HYPHEN}(?:(?:early|late|mid){_SP_OR_HYPHEN})?|(?:[Ee]arly|[Ll]ate|[Mm]id"
            rf"|[Ii]n|[Ss]ince|and){_SP_OR_HYPHEN})(?P<date>(?:(?P<hundred>[Nn]ineteen|[Ee]ighteen|[Tt]wenty)[- ])?"
            rf"(?:(?P<word>(?i:{'|'.join(_DECADES)}))|(?P<sign>['’‘])?(?P<tens>[1-9])0['’]?s)\b)"
        ),
        _decade,
    ),
    # the 19th century
    (
        ever("century"),
        re.compile(
            rf"\b(?:(?P<digits>[12]?[0-9])(?:st|nd|rd|th)|(?P<words>(?i:{_CENTURY})))[- \u00a0]{{1,2}}[Cc]entury\b"
            r"(?![ \u00a0](?:BCE?|B\.C))"
        ),
        _century,
    ),
    # the financial year 2019-20, the 1939-45 war, 2010–2013
    (
        ever("year"),
        re.compile(
            rf"{NUMBER_BEGINS}(?P<year>{YEAR})(?P<sign>[-–/]|{_TIED}(?={_RECENT}))"
            rf"(?P<last>{_RECENT}|1[5-9][0-9]{{2}}|[0-9]{{1,2}})(?![0-9A-Za-z%/-]|[.,:][0-9])"
        ),
        _season,
    ),
    # 12/2018, 12-2018
    (
        ever("year"),
        re.compile(rf"{NUMBER_BEGINS}(?P<month>0[1-9]|1[0-2])[/-](?P<year>{YEAR})(?![0-9]|[-/.,][0-9])"),
        _month_and_year,
    ),
    # back in '68, the summer of '69; the century is open
    (
        ever("short"),
        re.compile(
            rf"\b(?:in|since|until|of|by|after|before|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter){SP}"
            r"(?P<date>['’‘](?P<short>[0-9]{2}))(?![0-9A-Za-z%'’]|[.,][0-9])"
        ),
        _short_year,
    ),
)

#: Nouns that a number of four figures behind "of" is the amount of.
_AMOUNTS = frozenset({
    "total", "sum", "number", "average", "population", "crowd", "sale", "sales", "cost", "price", "rate", "limit",
    "cap",
    "maximum", "minimum", "target", "profit", "loss", "debt", "out", "some", "most", "all", "record", "peak", "high",
    "low", "figure", "tally", "majority", "toll", "attendance", "one", "many", "each", "fine", "score", "group",
    "instead", "because", "none", "half", "quarter", "third",
})  # fmt: skip
_AND_YEAR = re.compile(rf"[ \u00a0](?:and|or)[ \u00a0]{_RECENT}{_ENDS}{FOLLOW}")
_NOUN_BEFORE = re.compile(r"\b(?P<noun>[A-Za-z]{3,14})[ \u00a0]\Z")


def _year_of(match: re.Match[str]) -> str | None:
    noun = _NOUN_BEFORE.search(match.string, max(0, match.start() - 16), match.start())
    listed = _AND_YEAR.match(match.string, match.end()) is not None
    return match["year"] if noun and (listed or noun["noun"].lower() not in _AMOUNTS) else None


#: What is told of the year before it; "the 2020 Sentra" is a model and "the 2000 metre run" a measure.
_OF_A_YEAR = (
    r"(?:[A-Z][A-Za-z]{1,20} ){0,3}(?:(?:general|presidential|local|European|parliamentary|midterm|financial|fiscal|tax"
    r"|academic|school) )?(?:census|elections?|campaign|surveys?|reports?|study|referendum|budget|law|attacks?"
    r"|bombings?|riots?|crash|crisis|recession|floods?|inquiry|strikes?|wars?|polls?|season|championships?|finals?|primary|primaries"
    r"|summit|conference|agreement|treaty|ruling|judgment|review|earthquake|hurricane|pandemic|outbreak|epidemic|year"
    r"|Olympics|Games|Act|Census|Budget|Election|World Cup|Championships?|Conference|Report|Review|Referendum)\b"
)

#: Years alone, tried last.
YEARS: tuple[Entry, ...] = (
    # 2014 to 2018: the first
    (
        ever("years"),
        re.compile(
            rf"{NUMBER_BEGINS}(?P<date>(?P<year>{_RECENT}))(?={SP}(?:to|until|till|through){SP}"
            rf"(?:the{SP}(?:end|start|beginning|middle){SP}of{SP})?(?:[A-Z][a-z]{{2,8}}{SP}(?:{'[0-9]{1,2}(?:st|nd|rd|th)?'}{SP})?)?"
            rf"{_RECENT}{FOLLOW})"
        ),
        _year,
    ),
    # between 2010 and 2013: the first
    (
        ever("years"),
        re.compile(
            rf"\b[Bb]etween{SP}(?:the{SP}(?:end|start|beginning|middle){SP}of{SP})?(?P<date>(?P<year>{_RECENT}))"
            rf"(?={SP}and{SP}(?:the{SP}(?:end|start|beginning|middle){SP}of{SP})?{_RECENT}{FOLLOW})"
        ),
        _year,
    ),
    # 2007 and 2009, 2015 to 2016: the second
    (
        ever("years"),
        re.compile(
            rf"{NUMBER_BEGINS}{YEAR}{SP}(?:and|or|to|until|till|through){SP}"
            rf"(?P<date>(?P<year>{YEAR}))(?![0-9%s]|[’']s|[.,][0-9])"
        ),
        _year,
    ),
    # in 2018, © 2020
    (
        ever("year"),
        re.compile(rf"(?:\b{_YEAR_LEAD}[\s\u00a0-]{{1,3}}|[©(]\s?)(?P<date>(?P<year>{YEAR})){_ENDS}"),
        _year,
    ),
    # in 2018, 2019 and 2020: the second; 2019's floods
    (
        ever("years"),
        re.compile(
            rf"{YEAR},{SP}(?P<date>(?P<year>{YEAR}))(?=(?:,{SP}{YEAR}){{0,5}},?{SP}(?:and|or){SP}{YEAR}(?![0-9]))"
        ),
        _year,
    ),
    (
        ever("year"),
        re.compile(rf"{NUMBER_BEGINS}(?P<date>(?P<year>(?:19|20)[0-9][1-9]))(?=['’]s{SP}[a-z0-9])"),
        _year,
    ),
    # by 2100; in 1066, where nothing else can follow
    (
        ever("year"),
        re.compile(
            rf"\b(?:[Bb]y|[Uu]ntil|[Bb]efore|[Aa]fter|beyond|[Ii]n|[Ss]ince|(?:end|start|beginning|middle){SP}of){SP}"
            rf"(?P<date>(?P<year>21[0-9]{{2}})){_ENDS}"
            rf"(?:{FOLLOW}|(?={SP}[a-z]{{2,20}} (?:may|will|could|would|must|should)\b))"
        ),
        _year,
    ),
    (
        ever("year"),
        re.compile(
            rf"\b(?:[Ii]n|[Ss]ince){SP}(?P<date>(?P<year>1[0-4][0-9]{{2}}))(?=[ ]?[,.;:)]?(?:[ ]|\Z)){_ENDS}{FOLLOW}"
        ),
        _year,
    ),
    # the crash of 2008
    (
        ever("year"),
        re.compile(rf"\bof{SP}(?P<date>(?P<year>{_RECENT})){_ENDS}{FOLLOW}"),
        _year_of,
    ),
    # the 2011 census, a 2018 report
    (
        ever("year"),
        re.compile(
            rf"\b(?:[Tt]he|[Aa]|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur){SP}(?P<date>(?P<year>{_RECENT}))"
            rf"(?=[ \u00a0]{_OF_A_YEAR})"
        ),
        _year,
    ),
)
