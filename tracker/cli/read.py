"""``tracker read``: reads without a database and prints the claims."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import click

from scrapers.document import Document
from scrapers.errors import ScrapeError, one_line
from scrapers.fetch import Fetcher
from tracker.citing.figures import figure_in_words
from tracker.cli.claim_lines import kind_in_words, say_claim
from tracker.cli.common import (
    claim_as_json,
    flat,
    joined,
    json_option,
    one_line_errors,
    plural_of,
    poll_as_json,
    print_json,
    say,
    say_error,
    settings,
    stated_url,
    wrapped,
)
from tracker.judging.poll_disclosure import poll_disclosure
from tracker.outcomes import Stated, warnings_of
from tracker.own_words import load_kinds, load_publishers
from tracker.pipeline import fetch_settings, read_input
from tracker.reading.values import Claim, Reading


@click.command(epilog="Example: tracker read page.html --json")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@json_option
@click.option("--with-text", is_flag=True, help="With --json: the whole text as well.")
@click.option("--url", callback=stated_url, help="The address that the page was saved from (one file only).")
def read(files: tuple[str, ...], as_json: bool, with_text: bool, url: str | None) -> None:
    """Read files (or URLs, or - for standard input) and print their claims; stores nothing."""
    if url and len(files) > 1:
        raise click.UsageError("--url belongs to one page: give one file with it")
    with one_line_errors():
        chosen = settings()
        kinds, publishers = load_kinds(chosen.kinds), load_publishers(chosen.publishers)
        failed = 0
        with Fetcher(fetch_settings(chosen)) as fetcher:
            for source in files:
                try:
                    document, reading = read_input(source, fetcher, Stated(url=url), kinds, publishers)
                except ScrapeError as error:
                    failed += 1
                    if as_json:
                        print_json({"input": source, "error": str(error)})
                    say_error(error)
                    continue
                for warning in warnings_of(source, document):
                    say(f"Warning: {warning}", err=True)
                if as_json:
                    print_json(_as_json(source, document, reading, with_text))
                else:
                    _print(source, document, reading)
    sys.exit(1 if failed else 0)


def _as_json(source: str, document: Document, reading: Reading, with_text: bool) -> dict[str, Any]:
    about = ("kind", "title", "byline", "publisher", "published", "modified", "url", "message_id", "language")
    answer: dict[str, Any] = {
        "input": source,
        "document": {name: getattr(document, name) for name in about} | {"won_by": dict(document.won_by)},
        "text_sha256": reading.text_sha256,
        "passages": [{"start": p.start, "end": p.end, "role": p.role, "speaker": p.speaker} for p in reading.passages],
        "claims": [_claim_as_json(document, claim) for claim in reading.claims],
    }
    if with_text:
        answer["text"] = document.text
    return answer


def _claim_as_json(document: Document, claim: Claim) -> dict[str, Any]:
    """The claim object; a poll's with what the text discloses of the poll."""
    if claim.kind != "poll":
        return claim_as_json(claim)
    sentence = (claim.sentence_start, claim.sentence_end)
    found = poll_disclosure(document.text, sentence, sources=(source.name for source in claim.sources))
    return {**claim_as_json(claim), "poll": poll_as_json(found)}


def _print(source: str, document: Document, reading: Reading) -> None:
    about = joined([document.kind, document.publisher or "", document.published or ""])
    say(f"{one_line(source)}: {flat(document.title or '(no title)')} ({about})")
    for claim in reading.claims:
        figures = joined(figure_in_words(f) for f in claim.figures)
        say_claim(claim, figures, "  ")
    kinds = Counter(kind_in_words(claim.kind) for claim in reading.claims)
    say(wrapped(joined([plural_of(len(reading.claims), "claim"), *(f"{k} {n}" for k, n in kinds.most_common())]), "  "))
