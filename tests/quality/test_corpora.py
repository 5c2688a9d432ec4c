"""The corpora's PDFs, where PRESS_DATA has them: none is uncaught, none is slow, each refusal has its reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks import corpora

DATA = Path(os.environ.get("PRESS_DATA") or Path(__file__).parents[3] / "shared")


def test_every_pdf_is_read_or_refused_with_its_reason() -> None:
    if not list((DATA / "corpora").glob("pdf-*/*.pdf")):
        pytest.skip(f"no PDFs in {DATA}/corpora: set PRESS_DATA to the shared data folder")
    tally = corpora.run(corpora.pdfs(DATA))
    assert (tally.uncaught, tally.slow) == ([], [])
    assert tally.read >= 36
    assert {name for name, _, _ in tally.refused} <= {"NoText", "EncryptedPdf", "BadPdf"}
