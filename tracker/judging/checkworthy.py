"""How much a sentence is worth checking: a small linear model of single words, numbers and signs.

What a fact-checker would check tells of something done, counted or decided; opinions, wishes, greetings
and questions are not checked. The weights of the words are in ``checkworthy.tsv``, learnt by
``benchmarks/train_checkworthy.py`` (a logistic regression). The score ranks what the rules found and never
takes a claim away: words are all that the model sees.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

#: What stands for every number and every sign of money, so that no sum is learnt by heart.
NUMBER, MONEY = "<number>", "<money>"
_PART = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d[\d,.]*|[%$\u00a3\u20ac?]")
_PER_CENT = re.compile(r"\bper cent\b", re.IGNORECASE)
# The model learnt its words in American spelling.
_SPELLINGS = {
    "programme": "program", "programmes": "programs", "labour": "labor", "defence": "defense", "centre": "center",
    "centres": "centers", "favour": "favor", "neighbour": "neighbor", "neighbours": "neighbors",
    "behaviour": "behavior", "offence": "offense", "honour": "honor", "colour": "color", "criticise": "criticize",
    "criticised": "criticized", "recognise": "recognize", "realise": "realize", "organisation": "organization",
    "organisations": "organizations", "cancelled": "canceled", "travelled": "traveled", "apologise": "apologize",
    "mum": "mom", "favourite": "favorite", "judgement": "judgment",
}  # fmt: skip
# From this share of words with a capital on, it is a headline in capitals, where they are no sign of a name.
_HEADLINE = 0.7


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of the terms, what is added to their sum, and the score from which a sentence is worth checking."""

    weights: dict[str, float]
    bias: float
    threshold: float

    @classmethod
    def parse(cls, text: str) -> Model:
        """The model of a file: a term, a tab and its weight a line; lines with ``#`` in front are comments.

        Raises ValueError for a line that is neither, and KeyError without ``<bias>`` and ``<threshold>``.
        """
        weights: dict[str, float] = {}
        for line in text.splitlines():
            if line and not line.startswith("#"):
                term, weight = line.split("\t")
                weights[term] = float(weight)
        return cls(bias=weights.pop("<bias>"), threshold=weights.pop("<threshold>"), weights=weights)

    def score(self, sentence: str) -> float:
        """How likely the sentence is worth checking, 0 to 1, and 0 where it has no word or number."""
        values = values_of(terms(sentence))
        if not values:
            return 0.0
        total = self.bias + sum(self.weights.get(term, 0.0) * value for term, value in values.items())
        return 1 / (1 + math.exp(-total))


def worth_checking(sentence: str) -> float:
    """The score of the model that ships with the package, 0 to 1; the same words, the same score.

    >>> worth_checking("They were fined £19m in 2019.") > 0.8 > 0.2 > worth_checking("Thank you, good evening!")
    True
    """
    return MODEL.score(sentence)


def terms(sentence: str) -> Iterator[str]:
    """The words of a sentence in small letters, with one term for all numbers, and no names.

    A word with a capital inside the sentence is taken for a name, so that what is learnt of the people
    and places of one country says nothing of those of another.
    """
    parts = _PART.findall(_PER_CENT.sub("percent", sentence.replace("\u2019", "'")))
    words = [part for part in parts if part[0].isalpha()]
    headline = sum(word[0].isupper() for word in words) >= _HEADLINE * len(words)
    for place, part in enumerate(parts):
        first = part[0]
        if first.isdigit():
            yield NUMBER
        elif not first.isalpha():
            yield "percent" if first == "%" else first if first == "?" else MONEY
        elif not place or headline or not first.isupper() or first == part or part.startswith("I'"):
            word = part.lower()
            yield _SPELLINGS.get(word, word)


def values_of(found: Iterable[str]) -> dict[str, float]:
    """What each term counts: 1 + ln of how often it stands there, all together of length 1."""
    values = {term: 1 + math.log(number) for term, number in Counter(found).items()}
    length = math.sqrt(sum(value * value for value in values.values()))
    return {term: value / length for term, value in values.items()}


def _load() -> Model:
    return Model.parse(files("tracker.judging").joinpath("checkworthy.tsv").read_text(encoding="utf-8"))


MODEL = _load()
