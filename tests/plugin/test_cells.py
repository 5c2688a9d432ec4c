"""How single values look; what is odd is left to Datasette, which escapes it."""

from __future__ import annotations

import pytest

from tracker.plugin.cells import attached, cell, link_to, linked_quote


@pytest.mark.parametrize(
    ("column", "value", "html"),
    [
        ("quote", "a < b\nc", '<bdi class="press-words">a &lt; b\nc</bdi>'),
        ("is_primary", 1, "yes"),
        ("chain", "[]", "&nbsp;"),
        ("is_primary", 0, "no"),
        ("value", 23000000.0, "23,000,000"),
        ("low", 0.5, "0.5"),
        ("kind", "missed_screening", "missed screening"),
        ("kind", "<b>_x", "&lt;b&gt; x"),
        ("sourcing", "none", '<span class="press-badge press-badge-none">no source</span>'),
        ("workflow", '"><x', '<span class="press-badge press-badge-&#34;&gt;&lt;x">&#34;&gt;&lt;x</span>'),
        ("as_of", "2020-09", '<span class="press-when" title="2020-09">September 2020</span>'),
        ("date", "--09", '<span class="press-when" title="--09">September (year not stated)</span>'),
        ("published", "<soon>", '<span class="press-when" title="&lt;soon&gt;">&lt;soon&gt;</span>'),
        ("figure", "over £2", '<bdi class="press-value">over £2</bdi>'),
        ("detail", '{"was": "<i>", "now": null}', '<bdi class="press-words">was: &lt;i&gt;</bdi>'),
        ("aliases", '["Serco Group", "<i>"]', "<bdi>Serco Group, &lt;i&gt;</bdi>"),
        (
            "chain",
            '[{"name": "A", "role": "publisher"}, {"name": "B", "role": "reported"}]',
            '<bdi class="press-chain">A &gt; B (reported)</bdi>',
        ),
        ("url", "ftp://files.example/x", "<bdi>ftp://files.example/x</bdi>"),
        ("url", "https://a.example/ b", "<bdi>https://a.example/ b</bdi>"),
        ("url", "JavaScript:alert(1)", "<bdi>JavaScript:alert(1)</bdi>"),
        ("url", "https://[broken", "<bdi>https://[broken</bdi>"),
        ("key", "sha256:" + "a" * 64, f'<code title="sha256:{"a" * 64}">{"a" * 12}…</code>'),
    ],
)
def test_a_value_becomes_html(column: str, value: object, html: str) -> None:
    assert cell(column, value) == html


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("chain", "not json"),
        ("chain", "[1]"),
        ("chain", '{"name": "A"}'),
        ("chain", None),
        ("aliases", "3"),
        ("won_by", "[]"),
        ("sha256", "short"),
        ("is_primary", 7),
        ("is_primary", "yes"),
        ("quote", None),
        ("quote", {"value": 1, "label": "x"}),
        ("value", "x"),
        ("reading", "[1]"),
        ("reading", '{"quote": 3}'),
        ("detail", "no json"),
        ("unknown", "x"),
    ],
)
def test_what_is_odd_is_left_alone(column: str, value: object) -> None:
    assert cell(column, value) is None


def test_an_attached_source_stands_before_what_the_text_gives() -> None:
    html = attached("named", "none")
    assert html is not None
    assert html.startswith('<span class="press-badge press-badge-linked">source attached</span>')
    assert html.endswith(">in the text: no source</span>")
    assert "<b>" not in str(attached("<b>", "<b>"))
    assert ">primary source attached</span>" in str(attached("primary", "none"))
    # Where the page has no column of it, only what is attached is told.
    assert str(attached("linked")).endswith("source attached</span>")
    assert attached(None) is None


def test_long_addresses_are_shortened_but_lead_all_the_way() -> None:
    address = 'https://a.example/"onmouseover=' + "x" * 200
    html = cell("url", address)
    assert html is not None
    assert f'href="{address.replace(chr(34), "&#34;")}"' in html
    assert html.endswith("…</a>")


def test_only_numbers_lead_to_rows() -> None:
    assert link_to("/press/claims", 12) == '<bdi><a href="/press/claims/12">12</a></bdi>'
    assert link_to("/press/claims", "../x") is None
    labelled = {"value": 3, "label": '<b>" word' + " word" * 40}
    html = link_to("/press/parties", labelled)
    assert html is not None
    assert html.startswith('<bdi><a href="/press/parties/3">&lt;b&gt;&#34; word')
    assert html.endswith("word…</a></bdi>")


def test_quotations_are_cut_at_words_and_lead_to_their_claim() -> None:
    html = linked_quote("/press/claims/1", "<i>" + "words " * 100)
    assert html is not None
    assert html.startswith('<bdi class="press-words press-quote"><a href="/press/claims/1">“&lt;i&gt;words words')
    assert html.endswith("words…”</a></bdi>")
    assert len(html) < 400
    assert linked_quote("/press/claims/1", None) is None
