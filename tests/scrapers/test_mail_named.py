"""Whoever received a message is found however many they are, and however their names and addresses are spelt."""

from __future__ import annotations

import time
from base64 import b64encode

import pytest

from scrapers.document import Capture, Document
from scrapers.mail_names import recipients_of
from scrapers.mailbox import extract_email

ADDRESS = "ines.tolland@fen.example"
FROM = "From: Lock Keepers <news@locks.example>\n"


def read(head: str, body: str = "The lock was shut for 40 days.") -> Document:
    content = f"{head}Subject: Locks\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
    return extract_email(Capture("mail.eml", content.encode(), "2024-01-01T00:00:00Z"))


NAMES = [
    ("Prof. Dr. Ines Tolland PhD", "Ines Tolland paid £20.", "[recipient] paid £20.", "titles and degrees"),
    ("Ines R. Tolland", "Ines R Tolland and Ines Tolland", "[recipient] and [recipient]", "an initial"),
    ("Ines Tolland", "Ines R. Tolland paid.", "[recipient] paid.", "an initial that only the letter has"),
    ("Ines (Treasurer) Tolland", "Ines Tolland paid.", "[recipient] paid.", "an aside in the header"),
    ("Ines Tolland, Fen Trust", "Ines Tolland paid.", "[recipient] paid.", "with a house"),
    ("In\u00e9s Tolland", "Ines Tolland paid.", "[recipient] paid.", "an accent"),
    ("TOLLAND Ines", "Ines Tolland paid.", "[recipient] paid.", "the surname first, in capitals"),
    ("Ines and Rolf Tolland", "Ines Tolland, then Rolf Tolland", "[recipient], then [recipient]", "two of one name"),
    ("", "Ines Tolland paid.", "[recipient] paid.", "a name that only the address has"),
    ("Ines Tolland", "Tolland, Ines (account 9)", "[recipient] (account 9)", "inverted in a list"),
    ("Ines Tolland", "I. Tolland paid.", "[recipient] paid.", "the first name's initial"),
    ("Ines Tolland", "Ines\u200b Tol\u00adland paid.", "[recipient] paid.", "signs without width"),
    ("Ines Tolland", "Ms Tolland, your £5 counts.", "[recipient], your £5 counts.", "spoken to with a title"),
    ("Ines Tolland", "We thank you, Ms Tolland.", "We thank you, [recipient].", "at a sentence's end"),
    ("Ines Tolland", "Dear Ms Tolland,\n\nas Ms Tolland knows", "Dear [recipient],\n\nas [recipient] knows", "greeted"),
    ("Ines Tolland", "Dear J. Tolland,", "Dear [recipient],", "a greeting with an initial"),
]


@pytest.mark.parametrize(("name", "words", "expected", "reason"), NAMES, ids=[row[-1] for row in NAMES])
def test_names(name: str, words: str, expected: str, reason: str) -> None:
    assert read(f"{FROM}To: {name} <{ADDRESS}>\n", words).text == expected, reason


KEPT = [
    ("Mr Tolland, the minister, paid £9.", "another of that name is told of"),
    ("The minister, Mr Tolland, paid.", "within a sentence"),
    ("Rolf Tolland resigned.", "a public figure of that surname"),
    ("A Tolland barge sank.", "an article, no initial"),
    ("It sank near Fen Tolland.", "another name before it"),
    ("Write to clines.tolland@fen.example.", "an address that ends like it"),
    ("A: write to us at news@fen.example\nQ: when?\nA: soon", "answers are no head"),
]


@pytest.mark.parametrize(("words", "reason"), KEPT, ids=[row[-1] for row in KEPT])
def test_others_stay(words: str, reason: str) -> None:
    found = read(f"{FROM}To: Ines Tolland <{ADDRESS}>\n", words)
    assert found.text == words, reason
    assert "recipients" not in found.won_by


@pytest.mark.parametrize("words", ["The town of North Fenland flooded.", "Data Protection is a law."])
def test_parts_of_an_address_that_are_no_name_stay(words: str) -> None:
    head = f"{FROM}To: north.fenland@locks.example, data.protection@fen.example\n"
    assert read(head, words).text == words


ADDRESSES = [
    ("To: ines.tolland+locks@fen.example", "sent with a tag, written without one"),
    ("To : <ines.tolland@fen.example>", "a space before the colon, which ends the library's headers"),
    ("Return-Path: <bounce-7-ines.tolland=fen.example@locks.example>", "where bounces go"),
    ("X-Rcpt-To: ines.tolland@fen.example", "the envelope"),
    ("X-Rcpt: ines.tolland@fen.example", "another form"),
    ("X-MS-Exchange-Original-Recipient: <ines.tolland@fen.example>", "a server's own"),
    ("X-Forwarded-For: a@b.example ines.tolland@fen.example", "a chain of them"),
    ("List-Unsubscribe: <mailto:leave@locks.example?subject=ines.tolland@fen.example>", "what leaves the list"),
    ("List-Unsubscribe: <https://l.example/u?e=ines.tolland%40fen.example>", "as a page"),
    (f"List-Unsubscribe: <https://l.example/u/{b64encode(ADDRESS.encode()).decode()}>", "in base64"),
]


@pytest.mark.parametrize(("header", "reason"), ADDRESSES, ids=[row[-1] for row in ADDRESSES])
def test_addresses_in_headers(header: str, reason: str) -> None:
    found = read(f"{FROM}{header}\n", f"Your account {ADDRESS} has £20.")
    assert found.text == "Your account [recipient] has £20.", reason
    assert "Tolland" not in str(found)


@pytest.mark.parametrize(
    "spelt", ["ines.tolland\u200b@fen.example", "ines.tolland [at] fen.example", "INES.TOLLAND+x@Fen.example"]
)
def test_addresses_in_other_spellings(spelt: str) -> None:
    assert read(f"{FROM}To: {ADDRESS}\n", f"Account {spelt} has £20.").text == "Account [recipient] has £20."


def test_a_lists_own_address_stays() -> None:
    head = f"{FROM}List-Unsubscribe: <mailto:leave@locks.example?subject=leave%20talk@locks.example>\n"
    assert "talk@locks.example" in read(head, "Write to talk@locks.example.").text


HEADS = {
    "German": "Von: Rolf Bram <rolf@mill.example>\nGesendet: Montag, 1. Juli 2024\nAn: {to}\nBetreff: Schleuse",
    "German, in another order": "Betreff: Schleuse\nAn: {to}\nDatum: 1. Juli 2024",
    "French": "De : Rolf Bram <rolf@mill.example>\nEnvoy\u00e9 : lundi\n\u00c0 : {to}\nObjet : \u00c9cluse",
    "French, spaces that do not break": "De\u00a0: Rolf Bram <r@mill.example>\n\u00c0\u00a0: {to}\nObjet\u00a0: x",
    "Spanish": "De: Rolf Bram <rolf@mill.example>\nEnviado el: lunes\nPara: {to}\nAsunto: Esclusa",
    "Dutch": "Van: Rolf Bram <rolf@mill.example>\nVerzonden: maandag\nAan: {to}\nOnderwerp: Sluis",
    "Italian": "Da: Rolf Bram <rolf@mill.example>\nInviato: luned\u00ec\nA: {to}\nOggetto: Chiusa",
}


@pytest.mark.parametrize("language", HEADS)
def test_heads_of_forwarded_mails_in_other_languages(language: str) -> None:
    inner = HEADS[language].format(to=f"Ines Tolland <{ADDRESS}>")
    body = f"See below.\n\n{inner}\n\nInes Tolland was told that it cost £3 million."
    found = read(f"{FROM}To: desk@paper.example\n", body)
    assert "olland" not in found.text
    assert "[recipient] was told" in found.text


def test_the_one_within_a_german_forward_is_the_work() -> None:
    body = f"{HEADS['German'].format(to=ADDRESS)}\n\nThe lock cost £3 million."
    content = f"From: Ines Tolland <{ADDRESS}>\nTo: desk@paper.example\nSubject: WG: Schleuse\n\n{body}\n"
    found = extract_email(Capture("mail.eml", content.encode(), "2024-01-01T00:00:00Z"))
    assert (found.byline, found.title) == ("Rolf Bram", "Schleuse")
    assert "olland" not in found.text


def test_any_number_of_recipients_in_one_pass() -> None:
    crowd = [f"Person{n} Crowd{n} <p{n}@fen.example>" for n in range(3_000)]
    body = (
        "Ines Tolland lost £20. p2999@fen.example and https://x.example/?e=p7@fen.example too. " + "It rained. " * 9_000
    )
    start = time.process_time()
    found = read(f"{FROM}To: {', '.join(crowd)}, Ines Tolland <{ADDRESS}>\n", body)
    assert found.text.startswith("[recipient] lost £20. [recipient] and https://x.example/?e=[recipient] too.")
    assert time.process_time() - start < 5


def test_a_sender_among_the_recipients_stays() -> None:
    head = f"From: Dr Ines Tolland <{ADDRESS}>\nTo: Rolf Tolland <rolf@fen.example>, Ines Tolland <{ADDRESS}>\n"
    found = read(head, f"Rolf Tolland has left.\n\nInes Tolland\n{ADDRESS}")
    assert found.text == f"[recipient] has left.\n\nInes Tolland\n{ADDRESS}"


@pytest.mark.parametrize("name", ["", "Fen Trust", "All Members", "list@fen.example", "MP", "..,,", "Dr"])
def test_display_names_that_name_nobody(name: str) -> None:
    assert not recipients_of([(name, "info@fen.example")]).names - {"fen trust", "f trust"}
