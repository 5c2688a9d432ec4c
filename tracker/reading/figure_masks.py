"""What has digits and a shape of its own: addresses of the web, telephone numbers, clock times, versions, dates."""

from __future__ import annotations

import re
from bisect import bisect_right

from tracker.reading.dates import fixed_dates

_HALVES = ("am", "pm", "a.m", "p.m", "AA", "A.A", "Am", "A.m")
#: What hides figures, each with what a text's shape must have for it: looking for that is far cheaper.
_MASKS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    # Web addresses, with and without their scheme, and e-mail addresses.
    (("://", "www.", "Aww.", "AAA."), re.compile(r"(?:https?|ftp)://[^\s<>\"]+|\bwww\.[^\s<>\"]+", re.IGNORECASE)),
    (
        ("@",),
        re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}\.[A-Za-z0-9.-]{1,63}"),
    ),
    (
        (".com", ".org", ".net", ".co.uk", ".gov", ".htm", ".jp", ".png", ".pdf", ".php"),
        re.compile(
            r"\b[A-Za-z0-9-]{2,40}\.(?:com|org|net|co\.uk|gov|gov\.uk|org\.uk|html?|jpe?g|png|pdf|php)\b"
            r"[^\s]{0,300}"
        ),
    ),
    (("#", "@"), re.compile(r"[#@][A-Za-z0-9_]{1,60}")),
    # Telephone numbers: an international or trunk prefix and groups of digits.
    (
        ("+0", "000 ", "000-", "000)"),
        re.compile(
            r"(?<![0-9A-Za-z£$€])(?:\+[0-9]{1,3}[ \u00a0.-]?|\(?0[0-9]{2,5}\)?[ \u00a0-])(?:\(0\))?"
            r"[0-9() \u00a0.-]{5,16}[0-9]"
        ),
    ),
    (("0000000",), re.compile(r"(?<![0-9A-Za-z£$€.,])0[0-9]{6,14}\b")),
    (
        ("000-0000", "000.0000", "000 0000"),
        re.compile(r"(?<![0-9A-Za-z£$€.,-])\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}(?![0-9])"),
    ),
    # Model numbers: "Radeon Pro 5500M".
    (("0000A",), re.compile(r"(?<![0-9A-Za-z£$€.,])[0-9]{4,5}[A-Z]\b")),
    # British postcodes.
    ((" 0AA",), re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}\b")),
    # Clock times: 16:25, 7.30pm, 10 a.m., 5 o'clock.
    (
        ("0:0",),
        re.compile(
            r"(?<![0-9.,:])(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9]){1,2}(?![0-9])(?: ?[ap]\.?m\b\.?)?", re.IGNORECASE
        ),
    ),
    (
        tuple("0" + gap + half for gap in ("", " ") for half in _HALVES),
        re.compile(r"(?<![0-9.,:])(?:[0-9]|1[0-2])(?:[.:][0-5][0-9])?[ \u00a0]?[ap]\.?m\b\.?", re.IGNORECASE),
    ),
    (
        ("clock", "Alock", "AAAAA"),
        re.compile(
            r"\b(?:[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
            r"[ \u00a0]o['’]clock\b",
            re.IGNORECASE,
        ),
    ),
    # The first of two clock times: 9 to 5pm, between 10 and 11.30 a.m.
    (
        tuple("0" + gap + half for gap in ("", " ") for half in _HALVES),
        re.compile(
            r"(?<![0-9.,:])(?:[0-9]|1[0-2])(?:[.:][0-5][0-9])?[ \u00a0]?(?:-|–|to|and|or|until)[ \u00a0]?"
            r"(?=(?:[0-9]|1[0-2])(?:[.:][0-5][0-9])?[ \u00a0]?[ap]\.?m\b)",
            re.IGNORECASE,
        ),
    ),
    (
        ("past ", "quarter to", " noon", " midnight"),
        re.compile(
            r"\b(?:(?:half|(?:a )?quarter|minutes)[ -]past|(?:a )?quarter[ -]to) (?:[0-9]{1,2}|one|two|three|four|five"
            r"|six|seven|eight|nine|ten|eleven|twelve|noon|midnight)\b|\b12[ \u00a0](?:noon|midnight)\b",
            re.IGNORECASE,
        ),
    ),
    (
        ("0 AA", "0AA"),
        re.compile(r"(?<![0-9.,:])[0-2]?[0-9][.:]?[0-5][0-9][ \u00a0]?(?:GMT|BST|UTC|CES?T|E[SD]?T|P[SD]T)\b"),
    ),
    (
        ("at 0",),
        re.compile(
            r"\bat (?:(?:[0-9]|1[0-2])(?:[.:][0-5][0-9])?(?= (?:in the (?:morning|evening|afternoon)|tonight"
            r"|this (?:morning|evening|afternoon)))|(?:[0-9]|1[0-2])[.:][0-5][0-9]"
            r"(?= (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))"
        ),
    ),
    # The 3.15 at Kempton: a race or a train.
    (
        ("the 0.00 ", "the 00.00 "),
        re.compile(r"\bthe (?:[01]?[0-9]|2[0-3])\.[0-5][0-9] (?:at|from|to) (?=[A-Z])"),
    ),
    # 300 BC, AD 79
    (
        ("AA 0", "0 AA", "0 A.A"),
        re.compile(r"\b(?:AD [0-9]{1,4}|[0-9][0-9,]{0,6} (?:BCE?|AD|CE|B\.C\.))(?![A-Za-z])"),
    ),
    # 1530hrs, 51°30'26"N, doi:10.1038/x, arXiv:2004.05150
    (
        ("0000hrs", "0000 hrs"),
        re.compile(r"(?<![0-9.,])(?:[01][0-9]|2[0-3])[0-5][0-9] ?hrs\b"),
    ),
    (
        ("0\u00b00",),
        re.compile(r"(?<![0-9.])[0-9]{1,3}\u00b0[0-9]{1,2}['\u2032\u2019][0-9.]{0,7}[\"\u2033\u201d]? ?[NSEW]?"),
    ),
    (("doi:", "doi.", "DOI:", "AAA:", "ar"), re.compile(r"\b(?:doi|DOI|arXiv):? ?[0-9][0-9A-Za-z./()-]{3,80}")),
    # Versions, network addresses and numbered paragraphs: 1.2.3.
    (
        ("0.0",),
        re.compile(
            r"(?<![0-9.,£$€])(?![0-9]{1,3}(?:\.[0-9]{3}){2,5}(?![0-9.]))"
            r"[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}(?:\.[0-9]{1,5})?(?![0-9.,]*[0-9])"
        ),
    ),
    (("v0", "A0"), re.compile(r"\b[vV][0-9]{1,3}(?:\.[0-9]{1,4})?\b")),
    # 9/11, 24/7, 7/7.
    (("0/0",), re.compile(r"(?<![0-9/])(?:9/11|24/7|7/7)(?![0-9/])")),
    # A numeric date that could be read two ways is still a date.
    (
        ("0/0", "0.0"),
        re.compile(r"(?<![0-9])[0-3]?[0-9][/.][0-3]?[0-9][/.](?:[0-9]{2}|[12][0-9]{3})(?![0-9])"),
    ),
    # References in brackets: [12], and a list's own numbers at the head of a line: "3.", "(3)", "3)".
    (("[0",), re.compile(r"\[[0-9]{1,3}\]")),
    (("0. ", "0) ", "0.\t", "0)\t"), re.compile(r"(?m)^[ \t]*\(?[0-9]{1,3}[.)](?=[ \t])")),
)
#: A text's shape has ``0`` for every digit, ``A`` for every capital, a blank for the hard one, ``?`` for what
#: Latin-1 has not. Of bytes it is made in no time.
_SHAPE = bytes.maketrans(b"123456789BCDEFGHIJKLMNOPQRSTUVWXYZ\xa0", b"0" * 9 + b"A" * 25 + b" ")


#: What runs on for so many characters without a blank is data or a prank: no prose, and nothing in it is read.
_LONGEST_WORD = 300
_STRETCH = re.compile(rf"\S{{{_LONGEST_WORD},}}")


class Mask:
    """Spans of a text in which no figure may begin or end; asking is logarithmic in their number."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def behind(self, start: int) -> int:
        """Where the hidden span ends in which an offset lies; the offset itself where none does."""
        position = bisect_right(self._starts, start) - 1
        return max(start, self._ends[position]) if position >= 0 else start

    def hides(self, start: int, end: int) -> bool:
        """Whether a span of the text overlaps a hidden one."""
        position = bisect_right(self._starts, end - 1) - 1
        return position >= 0 and self._ends[position] > start


def endless(text: str) -> Mask | None:
    """The stretches of a text that run on without a blank; None where it has none, as nearly every text."""
    if len(text) < _LONGEST_WORD:
        return None
    spans = [match.span() for match in _STRETCH.finditer(text)]
    return Mask(spans) if spans else None


def masked(text: str) -> Mask:
    """What of a text is an address, a telephone number, a date or another number that counts nothing."""
    shape = text.encode("latin-1", "replace").translate(_SHAPE).decode("latin-1")
    found: list[re.Pattern[str]] = []
    for needles, pattern in _MASKS:
        for needle in needles:
            if needle in shape:
                found.append(pattern)
                break
    spans = [match.span() for pattern in found for match in pattern.finditer(text)]
    spans += [(mention.start, mention.end) for mention in fixed_dates(text)]
    return Mask(spans)
