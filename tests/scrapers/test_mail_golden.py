"""Whole messages against what a careful reader has of each; the expected values lie beside them.

A message without expected values has them written, and fails until somebody has looked at them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scrapers.document import Capture, Document
from scrapers.mailbox import extract_email

FOLDER = Path(__file__).parent.parent / "golden" / "mail"
STATED = ("title", "byline", "publisher", "published", "message_id")


def as_json(document: Document) -> dict[str, Any]:
    return {
        **{name: getattr(document, name) for name in STATED},
        "won_by": dict(document.won_by),
        "blocks": [[b.tag, document.text[b.start : b.end]] for b in document.blocks],
        "links": [[document.text[link.start : link.end], link.url] for link in document.links],
    }


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.eml")), ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    found = as_json(extract_email(Capture(path.name, path.read_bytes(), "2023-01-01T00:00:00Z")))
    expected = path.with_suffix(".expected.json")
    if not expected.exists():
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{expected.name} was written: look at it")
    assert found == json.loads(expected.read_text(encoding="utf-8"))
    assert "priya" not in json.dumps(found).lower().replace("from: priya nair", ""), "only above her own words"
