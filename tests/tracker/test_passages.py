"""How a document is cut, and whose turn each piece is."""

from __future__ import annotations

from scrapers.document import Block, Document
from tracker.reading.passages import is_interview, plain_blocks, read_passages
from tracker.reading.values import Passage


def document(*parts: str | tuple[str, str], kind: str = "article") -> Document:
    """A document of paragraphs, or of (tag, text) blocks; the tag ``b`` is a paragraph all in bold."""
    text, blocks = "", []
    for part in parts:
        tag, words = ("p", part) if isinstance(part, str) else part
        start = len(text)
        end = start + len(words)
        spans = ((start, end),) if tag == "b" else ()
        blocks.append(Block(start, end, "p" if tag == "b" else tag, 1 if tag == "h" else 0, spans))
        text += words + "\n\n"
    return Document(kind, text, blocks=tuple(blocks))


def cut(found: Document) -> list[tuple[str, str | None, str]]:
    return [(p.role, p.speaker, found.text[p.start : p.end]) for p in read_passages(found)]


def speakers(found: Document) -> list[str | None]:
    return [p.speaker for p in read_passages(found)]


TALK = ("Host: What is Acme?", "Ann Lee: A firm. It was fined.", "Host: And why?", "Ann Lee: For 412 trains.")


def test_labels_that_recur_and_alternate_are_turns_without_their_label() -> None:
    assert cut(document(*TALK)) == [
        ("question", "Host", "What is Acme?"),
        ("answer", "Ann Lee", "A firm. It was fined."),
        ("question", "Host", "And why?"),
        ("answer", "Ann Lee", "For 412 trains."),
    ]


def test_a_label_ends_in_a_no_break_space_too() -> None:
    talk = [line.replace(": ", "\u00a0:\u00a0") for line in TALK]
    assert speakers(document(*talk)) == ["Host", "Ann Lee", "Host", "Ann Lee"]


def test_the_headlines_label_is_none() -> None:
    found = cut(document(("h", "Campaigns Officer: Only 15% Believe"), *TALK))
    assert found[0] == ("heading", None, "Campaigns Officer: Only 15% Believe")


def test_an_answer_runs_on_into_the_unlabelled_paragraph() -> None:
    assert speakers(document(*TALK, "Besides, 27 drivers were ill."))[-1] == "Ann Lee"


def test_a_disclaimer_ends_the_answer() -> None:
    notice = "The views expressed in this article do not necessarily reflect those of the outlet."
    found = cut(document(*TALK, notice))
    assert found[-1] == ("boilerplate", None, notice)


def test_furniture_behind_the_last_turn_is_nobodys() -> None:
    found = cut(document(*TALK, ("footer", "Tags: rail"), "Sign up with 3 friends."))
    assert [(role, speaker) for role, speaker, _ in found[-2:]] == [
        ("boilerplate", None),
        ("paragraph", None),
    ]


def test_an_advertisement_amid_an_answer_does_not_end_it() -> None:
    assert speakers(document(*TALK[:2], ("nav", "Read more"), "It paid.", *TALK[2:]))[3] == "Ann Lee"


def test_initials_are_written_out_where_the_text_has_one_such_name() -> None:
    talk = (
        "We spoke to Ann Lee of Acme.",
        "QQ: What is it?",
        "AL: A firm.",
        "QQ: Why?",
        "AL: For 412 trains.",
    )
    assert speakers(document(*talk))[2] == "Ann Lee"


def test_initials_of_two_names_stay_initials() -> None:
    talk = ("Ann Lee met Abe Low.", "QQ: What is it?", "AL: A firm.", "QQ: Why?", "AL: For 412 trains.")
    assert speakers(document(*talk))[2] == "AL"


def test_a_surname_is_written_out() -> None:
    talk = ("Ann Lee explains.", "Q: What is it?", "Lee: A firm.", "Q: Why?", "Lee: For 412 trains.")
    assert speakers(document(*talk))[2] == "Ann Lee"


def test_capitals_are_a_name_like_another() -> None:
    talk = ("HOST: What is it?", "ANN LEE: A firm.", "HOST: Why?", "ANN LEE: For 412 trains.")
    assert speakers(document(*talk))[1] == "Ann Lee"


def test_one_label_once_makes_no_interview() -> None:
    found = document("Note: the fine was paid.", "The firm said nothing.", "Correction: it was £3m.")
    assert not is_interview(found)
    assert set(speakers(found)) == {None}


def test_a_list_of_labels_that_name_no_people_is_no_interview() -> None:
    found = document("Where: Hall 3", "When: 5 May", "Where: Hall 4", "When: 6 May", "Price: £3", "Price: £4")
    assert not is_interview(found)


def test_bold_questions_give_the_answers_to_the_one_interviewee() -> None:
    found = document(
        "Ann Lee explains what the fine means.",
        *(
            ("b", "What is Acme?"),
            "A firm.",
            ("b", "Who fined it?"),
            "The regulator did.",
            ("b", "Why?"),
            "For 412 trains.",
        ),
    )
    assert is_interview(found)
    assert cut(found)[2] == ("answer", "Ann Lee", "A firm.")
    assert [role for role, _, _ in cut(found)].count("question") == 3


def test_bold_questions_without_an_introduction_are_nobodys_turns() -> None:
    found = document(("b", "What is it?"), "A firm.", ("b", "Who?"), "The regulator.", ("b", "Why?"), "For trains.")
    assert not is_interview(found)


def test_a_mail_has_no_turns() -> None:
    assert set(speakers(document(*TALK, kind="email"))) == {None}


def test_roles_follow_the_tags() -> None:
    found = cut(
        document(
            *(("h", "Fined"), "The firm was fined."),
            *(("li", "• One"), ("blockquote", "Said so."), ("figcaption", "A train"), ("nav", "Home")),
        )
    )
    roles = [role for role, _, _ in found]
    assert roles == ["heading", "paragraph", "bullet", "quotation", "caption", "boilerplate"]
    assert found[2][2] == "One"


def test_notices_are_boilerplate_and_long_paragraphs_are_not() -> None:
    short = "Copyright © 2020 Acme, all rights reserved."
    mention = "The firm sent its privacy policy to 412 customers. " + "It said that it had done so in May. " * 15
    assert [role for role, _, _ in cut(document(short, mention))] == ["boilerplate", "paragraph"]


def test_plain_text_is_cut_at_blank_lines_and_bullets() -> None:
    text = "One line\nand its next.\n\n• First\n• Second\n\n\nLast."
    blocks = plain_blocks(text)
    assert [(b.tag, text[b.start : b.end]) for b in blocks] == [
        ("p", "One line\nand its next."),
        ("li", "• First"),
        ("li", "• Second"),
        ("p", "Last."),
    ]


def test_passages_are_in_order_and_do_not_overlap() -> None:
    found = read_passages(document(*TALK, ("li", "•"), ("p", "   "), "End."))
    assert all(isinstance(p, Passage) and p.start < p.end for p in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def test_the_head_of_a_message_within_a_message_is_nobodys_words() -> None:
    head = "---- Forwarded message ----\nFrom: Jo Roe <jo@mill.example>\nDate: 2 May\nSubject: Fined \u00a37m"
    roles = [p.role for p in read_passages(document(head, "Acme was fined \u00a37m.", kind="email"))]
    assert roles == ["boilerplate", "paragraph"]
