"""A wire story in several papers is linked as copies; what only looks alike is not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import open_read_only
from tracker.judging.copies import alikeness, sign
from tracker.outcomes import Added
from tracker.pipeline import Adder
from tracker.settings import Settings

_PLACES = ("Norwick", "Ashby", "Torvale", "Brinmouth", "Callow", "Dunmere", "Eastry", "Farholt")
_DEEDS = ("counted", "closed", "rebuilt", "sold", "inspected", "painted", "rented out", "flooded")
_THINGS = ("bridges", "clinics", "schools", "depots", "ferries", "libraries", "shelters", "mills")


def story(seed: int, sentences: int = 14) -> list[str]:
    """A story of its own: other places, deeds and numbers for each seed."""
    chance = random.Random(seed)  # noqa: S311
    return [
        f"{chance.choice(_PLACES)} council {chance.choice(_DEEDS)} {chance.randrange(3, 900)} "
        f"{chance.choice(_THINGS)} for {chance.choice(_PLACES)} in the {chance.randrange(2, 40)} weeks before "
        f"{chance.choice(_PLACES)} {chance.choice(_DEEDS)} its own {chance.choice(_THINGS)}."
        for _ in range(sentences)
    ]


WIRE = story(1)


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (WIRE, True),
        # A paper cuts from the end.
        (WIRE[:8], True),
        # One adds a paragraph of its own, one changes the figure: copies still, the drift is another matter.
        ([*WIRE, "A reader of this paper in Callow called the plan for the mills a disgrace."], True),
        ([WIRE[0].replace("council", "borough"), *WIRE[1:]], True),
        # Another story from the same desk, in the same words but for the facts.
        (story(2), False),
        # A form filled in every month: the words stay, the numbers do not.
        (["".join(c if not c.isdigit() else str((int(c) + 3) % 10) for c in line) for line in WIRE], False),
        # Too short to tell.
        (WIRE[:1], False),
    ],
)
def test_what_is_a_copy(other: list[str], is_copy: bool) -> None:
    assert (alikeness("\n".join(WIRE), "\n".join(other)) is not None) is is_copy


def test_copies_meet_in_a_band() -> None:
    chance = random.Random(3)  # noqa: S311
    met = 0
    for seed in range(60):
        words = " ".join(story(seed + 100)).split()
        kept = " ".join(word for word in words if chance.random() > 0.125)
        own, copy = sign(" ".join(words)), sign(kept)
        assert own is not None
        assert copy is not None
        met += not set(enumerate(own.bands())).isdisjoint(enumerate(copy.bands()))
    assert met == 60


def page(folder: Path, name: str, sentences: list[str], published: str) -> str:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    path = folder / f"{name}.html"
    path.write_text(
        f"<html><head><title>{name} headline of the day</title><link rel='canonical' href='https://{name}.example/a'>"
        f"<meta property='article:published_time' content='{published}'></head>"
        f"<body><article><h1>{name} headline of the day</h1>{body}</article></body></html>"
    )
    return str(path)


def links(engine: Engine) -> list[tuple[str, str, str]]:
    query = (
        "SELECT d.url, o.url, l.how FROM document_links AS l JOIN documents AS d ON d.id = l.document_id"
        " JOIN documents AS o ON o.id = l.other_id WHERE l.relation = 'copies' ORDER BY 1, 2"
    )
    with engine.connect() as connection:
        return [(row[0], row[1], row[2]) for row in connection.exec_driver_sql(query)]


def test_copies_are_linked_to_the_story_that_came_first_and_only_once(tmp_path: Path) -> None:
    pages = [
        page(tmp_path, "later", WIRE, "2025-03-02T09:00:00Z"),
        page(tmp_path, "wire", WIRE, "2025-03-01T07:00:00Z"),
        page(tmp_path, "other", story(5), "2025-03-01T07:00:00Z"),
        page(tmp_path, "cut", WIRE[:9], "2025-03-03"),
    ]
    path = tmp_path / "press.db"
    for _ in range(2):
        with Adder(path, Settings()) as adder:
            assert all(isinstance(adder.add(each), Added) for each in pages)
    engine = open_read_only(path)
    expected = [("cut", "later"), ("cut", "wire"), ("later", "wire")]
    assert links(engine) == [(f"https://{a}.example/a", f"https://{b}.example/a", "minhash") for a, b in expected]
    engine.dispose()


def test_a_page_that_was_rewritten_is_a_copy_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    with Adder(path, Settings()) as adder:
        adder.add(page(tmp_path, "wire", WIRE, "2025-03-01"))
        adder.add(page(tmp_path, "paper", WIRE, "2025-03-02"))
        adder.add(page(tmp_path, "paper", story(7), "2025-03-02"))
    engine = open_read_only(path)
    assert links(engine) == []
    engine.dispose()


NOTE = ("Torvale council closed 41 mills for Ashby in the 6 weeks before Callow sold its own depots.",)


@pytest.mark.parametrize(
    ("texts", "expected", "why"),
    [
        ((NOTE, NOTE), [("b", "a", "same text", 1.0)], "the same to the letter, short as it is"),
        ((NOTE, (NOTE[0].replace("41", "42"),)), [], "one figure differs: too short to be called a copy"),
        ((NOTE, NOTE, NOTE), [("b", "a", "same text", 1.0), ("c", "a", "same text", 1.0), ("c", "b", "same text", 1.0)],
         "three papers"),
    ],
)  # fmt: skip
def test_a_short_text_that_is_the_same_is_a_copy(
    tmp_path: Path, texts: tuple[tuple[str, ...], ...], expected: list[tuple[object, ...]], why: str
) -> None:
    path = tmp_path / "press.db"
    with Adder(path, Settings()) as adder:
        for day, (name, text) in enumerate(zip("abc", texts, strict=False), 1):
            adder.add(short(tmp_path, name, text, day))
    assert short_links(path) == expected, why
    # Rewritten, it is none any more.
    with Adder(path, Settings()) as adder:
        adder.add(short(tmp_path, "b", (NOTE[0].replace("closed", "kept"),), 2))
    assert not [link for link in short_links(path) if "b" in link[:2]]


def short(folder: Path, name: str, text: tuple[str, ...], day: int) -> str:
    # The same headline in each paper.
    made = Path(page(folder, name, list(text), f"2025-03-0{day}"))
    made.write_text(made.read_text().replace(f"{name} headline of the day", "The mills of Torvale"))
    return str(made)


def short_links(path: Path) -> list[tuple[object, ...]]:
    engine = open_read_only(path)
    query = (
        "SELECT substr(d.url, 9, 1), substr(o.url, 9, 1), l.how, l.score FROM document_links AS l"
        " JOIN documents AS d ON d.id = l.document_id JOIN documents AS o ON o.id = l.other_id ORDER BY 1, 2"
    )
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(query)]
    engine.dispose()
    return found
