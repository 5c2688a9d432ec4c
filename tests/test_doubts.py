"""A doubt about what was read is said when it is read, not only on the pages."""

from __future__ import annotations

import json
from pathlib import Path

from commands import article, query, rows, run

STORY = ("The regulator fined Acme Rail £3 million on Friday after 412 trains were cancelled in one week.",)


def test_a_page_behind_a_wall_is_told_with_a_warning(here: Path) -> None:
    stated = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False, "wordCount": 1900})
    head = f"<script type='application/ld+json'>{stated}</script>"
    Path("walled.html").write_bytes(article("Acme Rail fined", *STORY, head=head))
    Path("open.html").write_bytes(article("Acme Rail fined again", *STORY))
    result = run("add", "walled.html", "open.html", "--json")
    walled, free = rows(result.stdout)
    assert result.exit_code == 0
    (warning,) = walled["warnings"]
    assert warning.startswith("the page is not free to read, and holds only ")
    assert warning.endswith(" words: walled.html: see what was read of it")
    assert free["warnings"] == []
    assert "Warning: the page is not free to read" in run("read", "walled.html").stderr
    doubts = query(Path("press.db"), "SELECT doubt IS NULL FROM documents ORDER BY id")
    assert doubts == [(0,), (1,)]
