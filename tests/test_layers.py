"""Who may import whom (the design's section 2), read off the syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# The first rule that fits a module decides: (folder, what it may import of our own, which outer libraries never).
IO_LIBRARIES = {"requests", "sqlite3", "sqlmodel", "sqlalchemy", "datasette", "click", "urllib3", "socket", "random",
                "time", "os", "subprocess", "rich", "alembic"}  # fmt: skip
RULES: list[tuple[str, set[str], set[str]]] = [
    ("scrapers", {"scrapers"}, {"sqlalchemy", "sqlmodel", "datasette", "click"}),
    ("db", {"db"}, {"requests", "datasette", "click"}),
    ("tracker/reading", {"tracker.reading", "scrapers.document"}, IO_LIBRARIES),
    ("tracker/judging", {"tracker.judging", "tracker.reading"}, IO_LIBRARIES),
    ("tracker/citing", {"tracker.citing", "tracker.judging", "tracker.reading"}, IO_LIBRARIES),
    (
        "tracker/plugin",
        {"db", *(f"tracker.{own}" for own in ("plugin", "citing", "citations_of", "judging", "desk", "people"))},
        {"requests", "urllib3"},
    ),
    (
        "tracker/citations_of.py",
        {"tracker.citing", "tracker.judging", "db"},
        {"requests", "urllib3", "datasette", "click"},
    ),
    ("tracker/pipeline.py", {"tracker", "db", "scrapers"}, {"click", "datasette"}),
]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            if node.module in {"scrapers", "tracker", "db", "tracker.reading"}:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def modules() -> list[Path]:
    return sorted(
        p.relative_to(ROOT) for folder in ("scrapers", "db", "tracker") for p in (ROOT / folder).rglob("*.py")
    )


@pytest.mark.parametrize("path", modules(), ids=str)
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    rule = next((r for r in RULES if str(path) == r[0] or str(path).startswith(r[0] + "/")), None)
    if rule is None:
        return
    _, allowed, never = rule
    for name in imported(ROOT / path):
        top = name.split(".")[0]
        assert top not in never, f"{path} imports {name}"
        if top in {"scrapers", "db", "tracker"}:
            assert any(name == a or name.startswith(a + ".") for a in allowed), f"{path} imports {name}"


def test_the_rules_cover_every_folder_that_they_name() -> None:
    for folder, _, _ in RULES:
        assert (ROOT / folder).exists(), folder


def test_reading_uses_no_clock() -> None:
    for path in (ROOT / "tracker/reading").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ".now(" not in text, path
        assert ".today(" not in text, path
