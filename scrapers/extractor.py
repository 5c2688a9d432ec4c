"""The one place that touches trafilatura, htmldate and resiliparse: guesses, which never take the page along."""

from __future__ import annotations

import logging
import warnings
from copy import deepcopy

from lxml.html import HtmlElement

with warnings.catch_warnings():
    # Importing it warns of a missing SOCKS library, which nothing here uses.
    warnings.simplefilter("ignore")
    from htmldate import find_date
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree
    from trafilatura import bare_extraction

# They log an error for every page without an article; the caller raises one instead.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def article_text(tree: HtmlElement, address: str | None, *, is_quick: bool = False) -> str | None:
    """Return the article's text as trafilatura reads it, one block a line, None where it finds none.

    ``is_quick`` leaves out the other extractors that it compares itself with, and half of its time.
    """
    try:
        found = bare_extraction(
            tree, url=address, fast=is_quick, favor_precision=True, include_comments=False, include_tables=True
        )
    except Exception:  # on hostile markup it raises whatever it trips over (RecursionError, IndexError …)
        return None
    return None if found is None or isinstance(found, dict) else found.text


def second_text(source: str) -> str:
    """Return the words that another extractor, resiliparse, takes for the article of an HTML text."""
    try:
        found = extract_plain_text(HTMLTree.parse(source), main_content=True, comments=False, links=False)
    except Exception:  # as above
        return ""
    return str(found)


def guess_date(tree: HtmlElement, address: str | None) -> str | None:
    """Return the day of first publication as htmldate guesses it from the page's markup, ISO 8601.

    Its extensive search is off: that takes a year in the prose for the page's own.
    """
    try:
        found = find_date(deepcopy(tree), extensive_search=False, original_date=True, url=address)
    except Exception:  # as above
        return None
    return found if isinstance(found, str) else None
