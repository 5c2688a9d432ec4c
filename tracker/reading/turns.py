"""Finds the turns of interviews and transcripts: whose words a paragraph carries.

A speaker's label must recur and must alternate with another one: a headline's "Officer: …" and a
list's "Note: …" are none. An answer runs on into the unlabelled paragraphs behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from scrapers.document import Block

# A label: up to five words before a colon, each a name, an initial or a title.
_SMALL = r"of|de|van|the|for|and"
_LABEL = re.compile(
    rf"\s*((?:[A-Z][\w.'\u2019&-]*|[\"'\u2018\u201c(][A-Z][\w.'\u2019-]*[\"'\u2019\u201d)]|{_SMALL})"
    rf"(?:[ \u00a0]+(?:[A-Z0-9][\w.'\u2019&-]*|{_SMALL})){{0,5}})[ \u00a0]*:(?=\s|\u00a0|$)"
    r"|\s*([QA])(?:\.|\))(?=\s)"
    # "JANE ROE \u2014 We counted 40": only capitals stand before a dash.
    r"|\s*([A-Z][A-Z'\u2019.-]+(?: [A-Z][A-Z'\u2019.-]+){0,3})\s+[\u2014\u2013](?=\s)"
)
# Who asks without a name speaks for the outlet; an answer's "A" is whoever the introduction says is asked.
ASKERS = frozenset({"interviewer", "host", "moderator", "presenter", "reporter"})
_ASKER = frozenset({"q", "question"})
_ANSWERER = frozenset({"a", "answer", "interviewee", "guest"})
_STAGE = re.compile(r"\s*(?:\[[^\]\n]{1,80}\]|\([^)\n]{1,60}\))[.\s]*")
# What ends the conversation: a note of the outlet's own.
_END_NOTE = re.compile(
    r"\s*[\[(*]?\s*(?:this|the) (?:interview|conversation|transcript|q&a|exchange|discussion)\b[^.\n]{0,60}"
    r"\b(?:edited|condensed|shortened|conducted|recorded|first published|originally)\b"
    r"|.{0,40}\b(?:views?|opinions?) (?:and opinions )?expressed\b|\s*[\[(]?edited for (?:length|clarity)",
    re.IGNORECASE,
)
_NO_LABEL = re.compile(
    r"(?:read|see|related|watch|listen|photos?|images?|pictures?|tags?|topics?|sources?|credits?|notes?|updated?|"
    r"more|also|p\.s|subject|from|to|date|sent|cc|email|e-mail|tel|phone|contact|editor|headline|follow|share|"
    r"published|posted|by|text|video|audio|warning|important|correction|step \d+|tip|fact|claim|verdict|rating|"
    r"background|summary|location|when|where|what|who|why|how|example)\b", re.IGNORECASE)  # fmt: skip
_QUESTION = re.compile(r"\?[\"'\u2019\u201d)]*\s*$")
# The whole text is searched for each name; further speakers keep the name of their label.
_MOST_SPEAKERS = 100
_SPEAKING = frozenset({"p", "li", "blockquote", "h"})


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn a block belongs to; ``words`` is where the turn's own words begin."""

    speaker: str | None
    asking: bool
    words: int


def find_turns(text: str, blocks: Sequence[Block]) -> dict[int, Turn]:
    """The turns of an interview by the index of their block; empty where the text is none."""
    labels = _recurring_labels(text, blocks)
    if labels:
        return _labelled_turns(text, blocks, labels)
    return _bold_questions(text, blocks)


def label_of(text: str, block: Block) -> re.Match[str] | None:
    """The possible speaker's label at the block's start."""
    match = _LABEL.match(text, block.start, min(block.end, block.start + 80))
    return None if match is None or _NO_LABEL.match(match.group(1) or match.group(3) or "") else match


def _recurring_labels(text: str, blocks: Sequence[Block]) -> dict[str, bool]:
    """Each label that recurs, and whether its turns ask."""
    turns: dict[str, list[bool]] = {}
    order: list[str] = []
    for block in blocks:
        match = label_of(text, block) if block.tag in _SPEAKING else None
        if match is not None:
            label = _label_words(match)
            turns.setdefault(label, []).append(bool(_QUESTION.search(text[block.start : block.end])))
            order.append(label)
    recurring = {label: asks for label, asks in turns.items() if len(asks) > 1}
    # A guest who answers once still speaks when the interviewer recurs.
    if len(recurring) == 1:
        (host,) = recurring
        if sum(recurring[host]) >= 2:
            recurring.update({label: asks for label, asks in turns.items() if label != host})
    changes = sum(a != b for a, b in zip(order, order[1:], strict=False))
    if len(recurring) < 2 or changes < 2 or not _anybody_asks(text, blocks):
        return {}
    asking = {label: sum(asks) * 2 > len(asks) for label, asks in recurring.items()}
    if all(asking.values()) or not any(asking.values()):
        # Who speaks first leads the conversation.
        asking = {label: label == order[0] for label in recurring}
    return asking


def _anybody_asks(text: str, blocks: Sequence[Block]) -> bool:
    """Whether questions are put at all: "Size: …", "Price: …" head the parts of a list, not turns."""
    asking = (block for block in blocks if block.tag in _SPEAKING and _QUESTION.search(text, block.start, block.end))
    return len(list(islice(asking, 2))) == 2


def _labelled_turns(text: str, blocks: Sequence[Block], asking: dict[str, bool]) -> dict[int, Turn]:
    turns: dict[int, Turn] = {}
    names = {
        label: _speaker_of(text, blocks, label, search=number < _MOST_SPEAKERS) for number, label in enumerate(asking)
    }
    current: Turn | None = None
    pending = _last_labelled(text, blocks, asking)
    for index, block in enumerate(blocks):
        if block.tag in {"nav", "footer"}:
            # Furniture in the middle of an answer (an advertisement) does not end it; behind the
            # last labelled turn nothing tells who speaks any more.
            current = current if index < pending else None
            continue
        match = label_of(text, block) if block.tag in _SPEAKING else None
        label = _label_words(match) if match else None
        if match and label in asking:
            current = Turn(names[label], asking[label], match.end())
            turns[index] = current
        elif block.tag == "h":
            is_question = bool(_QUESTION.search(text[block.start : block.end]))
            if is_question:
                turns[index] = Turn(None, True, block.start)
            elif index > pending:
                current = None
        elif index > pending and _END_NOTE.match(text, block.start, block.end):
            current = None
        elif current is not None and block.tag in _SPEAKING and not _STAGE.fullmatch(text, block.start, block.end):
            # An interviewer's next paragraph without a label is still the interviewer's only when
            # it asks; answers run on.
            turns[index] = Turn(current.speaker, current.asking, block.start)
    return turns


def _speaker_of(text: str, blocks: Sequence[Block], label: str, *, search: bool) -> str | None:
    """Whom a label means; None for a "Q", and for an "A" whom no introduction names.

    ``search``: whether to look in the whole text for the full name.
    """
    low = label.casefold()
    if low in _ASKER:
        return None
    if low in _ANSWERER:
        first = next(i for i, block in enumerate(blocks) if (m := label_of(text, block)) and _label_words(m) == label)
        people = _interviewees(text, blocks[:first])
        return people[0] if len(people) == 1 else None
    return _full_name(text, label) if search else label


def _last_labelled(text: str, blocks: Sequence[Block], asking: dict[str, bool]) -> int:
    last = -1
    for index, block in enumerate(blocks):
        match = label_of(text, block) if block.tag in _SPEAKING else None
        if match and _label_words(match) in asking:
            last = index
    return last


def _bold_questions(text: str, blocks: Sequence[Block]) -> dict[int, Turn]:
    """Questions set in bold or as headings, answers without labels: one interviewee throughout."""
    questions = [
        index
        for index, block in enumerate(blocks)
        if block.tag in {"h", "p"} and _QUESTION.search(text[block.start : block.end]) and _stands_out(block)
    ]
    if len(questions) < 3:
        return {}
    people = _interviewees(text, blocks[: questions[0] + 1])
    if not people:
        return {}
    only = people[0] if len(people) == 1 else None
    speaker = only
    turns: dict[int, Turn] = {}
    asked = set(questions)
    for index in range(questions[0], len(blocks)):
        block = blocks[index]
        if index in asked:
            turns[index] = Turn(None, True, block.start)
            speaker = only
        elif _END_NOTE.match(text, block.start, block.end) and index > questions[-1]:
            break
        elif block.tag in {"p", "li"} and not _STAGE.fullmatch(text, block.start, block.end):
            match = label_of(text, block)
            named = [one for one in people if match and _label_words(match).casefold() in one.casefold().split()]
            speaker = named[0] if len(named) == 1 else speaker
            turns[index] = Turn(speaker, False, match.end() if match and named else block.start)
        elif block.tag in {"nav", "footer", "h"} and index > questions[-1] + 1:
            break
    return turns


def _stands_out(block: Block) -> bool:
    if block.tag == "h":
        return True
    bold = sum(end - start for start, end in block.bold)
    return bold * 10 >= (block.end - block.start) * 8


_FULL_NAME = r"(?:[A-Z][\w'\u2019-]+[ \u00a0]){1,3}[A-Z][\w'\u2019-]+"
_INTRODUCED = re.compile(
    rf"\b({_FULL_NAME})\b[^.?!\n]{{0,160}}?"
    r"\b(?:explains|talks|tells|told|answers|speaks|spoke|discusses|joins|sat down|shares|talked|answered)\b"
    r"|\b(?:spoke|talked|speaks|talks|sat down|caught up|interview(?:ed)?)(?: to| with)? (?:[a-z ]{0,40})"
    rf"({_FULL_NAME})"
)


_AND_ANOTHER = re.compile(rf"(?:,| and| &)\s+({_FULL_NAME})\b")


def _interviewees(text: str, blocks: Sequence[Block]) -> list[str]:
    """Those whom the introduction says it talks to, in order, each once."""
    found: dict[str, None] = {}
    for block in blocks:
        if block.tag in {"p", "h"}:
            for match in _INTRODUCED.finditer(text, block.start, block.end):
                group = 1 if match.group(1) else 2
                found[match.group(group)] = None
                if another := _AND_ANOTHER.match(text, match.end(group), block.end):
                    found[another.group(1)] = None
    return list(found)


def _clean(label: str) -> str:
    return re.sub(r"\s+", " ", label.replace("\u00a0", " ")).strip(" \"'\u2018\u2019\u201c\u201d()")


def _label_words(match: re.Match[str]) -> str:
    return _clean(match.group(1) or match.group(2) or match.group(3))


def _full_name(text: str, label: str) -> str:
    """A surname or initials as label, written out where the text has exactly one such name."""
    if re.fullmatch(r"[A-Z](?:\.? ?[A-Z]){1,2}\.?", label):
        letters = re.sub(r"[^A-Z]", "", label)
        name = r"[ \u00a0]".join(letter + r"[\w'\u2019-]*[a-z][\w'\u2019-]*" for letter in letters)
        names = _written(text, rf"\b{name}\b")
        if len(names) == 1:
            return names.pop()
    if not re.fullmatch(r"[A-Z][\w'\u2019-]+", label):
        return label.title() if label.isupper() and len(label.split()) > 1 else label
    word = re.escape(label if not label.isupper() else label.capitalize())
    surname = rf"\b(?!(?:Mr|Mrs|Ms|Dr|The|And|But|When|Sir)\b)[A-Z][a-z'\u2019-]+[ \u00a0]{word}\b(?! [A-Z])"
    first_name = rf"(?<![A-Z][a-z] )\b{word}[ \u00a0][A-Z][a-z'\u2019-]+(?:-[A-Z][a-z]+)?\b"
    names = _written(text, f"{surname}|{first_name}")
    return names.pop() if len(names) == 1 else label


def _written(text: str, pattern: str) -> set[str]:
    return {match.group().replace("\u00a0", " ") for match in re.finditer(pattern, text)}
