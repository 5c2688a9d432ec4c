"""How the reader's time grows with a text: what a text of twice the length costs, for texts of every hostile kind.

    python -m benchmarks.growth [--size 1000000] [--reader NAME] [--only WORDS] [--limit SECONDS] [--json]

For each text of a table and each reader (``read_figures``, ``read_dates``, ``read_attributions``, ``tracker.read`` of
one paragraph, and of one paragraph of sentences as long as are read):
the median of three CPU times at half the size and at the size, and their ratio; about 2 is linear, 4 is
quadratic. The worst stand at the end. A text whose time at a smaller size foretells more than the limit is
measured at that smaller size, which is printed.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial

import tracker
from scrapers.document import Block, Document
from tracker.own_words import load_kinds
from tracker.reading.dates import read_dates

#: A piece that is repeated up to the size.
PIECES = {
    "digits": "7", "zeros": "0", "long numbers": "1234567890" * 1000 + " ", "numbers": "0 0 0 ", "pounds": "£",
    "prices": "£1", "euros": "€ ", "ranges": "1-2-3-", "dashes": "1–2 – ", "from to": "from 1 to 2 to 3 to ",
    "between": "between 1 and ", "stops": ". ", "stops alone": ".", "ellipses": "\u2026 ", "commas": ",",
    "grouped": "1,1,1,", "dotted": "1.1.1.", "thousands": "1,000,", "letters": "a ", "ones": "one ",
    "hundreds": "hundred ", "millions": "million ", "a million": "a million ", "of the": "of the ",
    "one in": "one in ", "out of": "1 out of every ", "hyphened ones": "one-", "hyphened": "twenty-one-year-",
    "hyphens": "-", "quotes": '"', "curly": "\u201c", "closing": "\u201d", "single quotes": "'", "quoted": '"a" ',
    "opened": "\u201ca ", "brackets": "(", "closed": "(1) ", "numbered": "[1]", "zero width": "\u200b",
    "zero width digits": "1\u200b", "combining": "e\u0301", "marks": "\u0301", "nuls": "\0", "surrogates": "\ud800",
    "right to left": "1\u200f \u200f", "percents": "%", "percentages": "1%", "slashes": "/", "schemes": "://",
    "addresses": "http://a.b/", "mails": "@", "mail": "a@b.", "mail letters": "a.a@", "www": "www.", "hashes": "#a",
    "telephone": "+44 ", "trunk": "020 ", "brackets and digits": "(0)", "clocks": "12:34:", "clock": "12:34 p.m. ",
    "thirds": "1/1/", "numeric dates": "1/1/2019/", "months": "May ", "years": "in 2007 and ", "seasons": "2019-20-",
    "days": "1 May 2 ", "isodates": "2019-01-", "in the": "in the spring ", "ago": "one year ", "feasts": "by Easter ",
    "ages": "aged ", "aged": "aged 5 and ", "pers": "per ", "rates": "1 a day per ", "up to": "up to ",
    "more than": "more than ", "halves": "half a ", "and halves": "and a half ", "points": "point ", "fractions": "½",
    "quarters": "1/4 of ", "powers": "x10^", "powers of ten": "1 x 10^", "plus or minus": "plus or minus ",
    "tolerances": "1 ± ", "minus": "minus ", "minuses": "-1 ", "tens of": "tens of ", "newlines": "\n",
    "blank lines": "\n \n", "tabs": "\t", "crlf": "\r\n", "spaces": " ", "hard spaces": "\u00a0", "hard": "1\u00a0",
    "grouped hard": "1\u00a0000\u00a0", "feet": "5ft 11in ", "lists": "1, 2 and ", "ratio": "3 to 1 to ",
    "arabic digits": "\u0663", "full width": "\uff11", "underscores": "_", "backslashes": "\\", "capitals": "A",
    "names": "Jane Penn ", "initials": "J. ", "said": "said ", "he said": "she said that ", "colons": "a: ",
    "semicolons": "; ", "questions": "? ", "exclaimed": "No! ", "of genitives": "'s ", "genitives": "1 hour's ",
    "ordinals": "twenty-first of ", "versions": "v1.", "postcodes": "AB1 2", "models": "5500M", "emoji": "\U0001f600",
    "currencies": "USD ", "codes": "USD1", "ands": "and ", "counted": "1 of the 2 of the ", "listed": "1. ",
    "according": "according to ", "commas and words": "who, ", "dashes and words": "a — ", "because": "because ",
    "polls of polls": "A poll of ", "sources of sources": "a source close to ", "figures from": "Figures from the ",
    "he and she": "he said she said ", "he said it": "He said. ", "poll also": "The poll also found that 5 per cent. ",
    "told the told": "told the Times told the Guardian ", "unbalanced": "He said \u201cno. It \"was. A \u2018b. ",
    "notes": "It paid \u00a35m.[1] ", "ibid": "[1] Ibid.\n",
    "replies": "On 1 May, Jane Penn wrote:\n> he paid \u00a35m\n",
    "line of its own": "5\n", "bullets": "- 5\n", "labels": "Q: ", "speakers": "Jane Penn: 5\n\n",
}  # fmt: skip

#: Sentences so long are just still read as such; what is quadratic within a sentence shows here.
_LONG_SENTENCE = 2_900

_PEOPLE = ("the council", "Jane Penn", "a ministry", "the firm", "Mr Harlow", "the union", "Northgate")
_VERBS = ("said it had lost", "paid", "promised", "has hired", "closed", "was fined", "told us of", "spent")
_AMOUNTS = (
    "£4.5 million", "some 3,100 nurses", "a quarter of its depots", "7 per cent", "between 12 and 15 trains",
    "one in nine pupils", "$80 a barrel", "two-thirds of the votes", "12 miles", "3.1bn euros", "nothing",
)  # fmt: skip
_TAILS = (
    "in May", "since 2014", "on 4 March 2019", "up from 2.1 million a year earlier", "in the north", "again",
    "after a long dispute about the roads", "which nobody had foreseen", "\u201cand more will come\u201d", "last year",
)  # fmt: skip


def prose(size: int, ends: str = ". ") -> str:
    """Ordinary sentences with figures, names, dates and quotations, the same each time."""
    choose = random.Random(4).choice  # noqa: S311 - no secret
    pieces: list[str] = []
    length = 0
    while length < size:
        words = f"{choose(_PEOPLE)} {choose(_VERBS)} {choose(_AMOUNTS)} {choose(_TAILS)}"
        pieces.append(words[0].upper() + words[1:] + ends)
        length += len(pieces[-1])
    return "".join(pieces)[:size]


def texts() -> Iterator[tuple[str, Callable[[int], str]]]:
    """The table: each name with the text of it, for any length in characters."""
    yield "prose", prose
    yield "prose without stops", lambda n: prose(n, " and ")
    yield "prose with commas", lambda n: prose(n, ", and ")
    yield "prose in capitals", lambda n: prose(n).upper()
    yield "prose without blanks", lambda n: prose(n).replace(" ", "")
    yield "one word", lambda n: "a" * n
    yield "one quotation", lambda n: "\u201c" + prose(n - 1)
    for name, piece in PIECES.items():
        yield name, partial(_repeated, piece)


def _repeated(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def readers() -> dict[str, Callable[[str], object]]:
    """What is measured, by name; each takes the text."""
    kinds = load_kinds()

    def whole(text: str) -> object:
        blocks = (Block(0, len(text), "p"),) if text else ()
        return tracker.read(Document("article", text, published="2020-07-02", blocks=blocks), kinds)

    def in_sentences(text: str) -> object:
        return whole(". B".join(text[at : at + _LONG_SENTENCE] for at in range(0, len(text), _LONG_SENTENCE)))

    return {
        "read_figures": tracker.read_figures,
        "read_dates": read_dates,
        "read_attributions": tracker.read_attributions,
        "read": whole,
        "read, long sentences": in_sentences,
    }


@dataclass(frozen=True, slots=True)
class Growth:
    """One text read by one reader: seconds of CPU at half the size and at the size."""

    reader: str
    text: str
    size: int
    half: float
    whole: float

    @property
    def ratio(self) -> float:
        """What twice the length costs; times below a hundredth of a second count as one."""
        return max(self.whole, 0.01) / max(self.half, 0.01)


def seconds(reader: Callable[[str], object], text: str, repeats: int) -> float:
    """The median CPU time of some readings of a text."""
    times = []
    for _ in range(repeats):
        began = time.process_time()
        reader(text)
        times.append(time.process_time() - began)
    return statistics.median(times)


def measure(name: str, reader: Callable[[str], object], title: str, make: Callable[[int], str],
            size: int, limit: float, repeats: int) -> Growth:  # fmt: skip
    """The growth at the size, or at the largest smaller one whose time keeps within the limit."""
    now = max(2, size // 32)
    spent = seconds(reader, make(now), 1)
    while now < size // 2:
        # A quadratic text takes four times as long at twice the length.
        if spent * 16 > limit:
            break
        now *= 2
        spent = seconds(reader, make(now), 1)
    now = size // 2 if now >= size // 2 else now
    return Growth(name, title, now * 2, seconds(reader, make(now), repeats), seconds(reader, make(now * 2), repeats))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; SystemExit with status 2 on wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--reader", choices=sorted(readers()))
    parser.add_argument("--only", default="", help="only the texts whose name has these words")
    parser.add_argument("--limit", type=float, default=120.0)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    if not any(args.only in title for title, _ in texts()):
        parser.error(f"no text has {args.only!r} in its name")
    if args.size < 2 or args.repeats < 1:
        parser.error("a text of two characters and one reading are the least to measure")
    found: list[Growth] = []
    for name, reader in readers().items():
        if args.reader in (None, name):
            for title, make in texts():
                if args.only in title:
                    found.append(measure(name, reader, title, make, args.size, args.limit, args.repeats))
    found.sort(key=lambda growth: (growth.size < args.size, growth.whole))
    if args.json:
        print(json.dumps([asdict(growth) | {"ratio": round(growth.ratio, 2)} for growth in found], indent=1))
        return
    print(f"{'reader':<22}{'text':<24}{'size':>9}{'n/2, s':>10}{'n, s':>10}{'ratio':>8}")
    for growth in found:
        print(f"{growth.reader:<22}{growth.text:<24}{growth.size:>9}{growth.half:>10.3f}{growth.whole:>10.3f}"
              f"{growth.ratio:>8.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
