"""Whether a source states what is attributed to it, and what its content is: texts of our own, each with its reason."""

from __future__ import annotations

import pytest

from tracker.reading.attribution import Attribution, read_attributions


def only(text: str) -> Attribution:
    found = read_attributions(text)
    assert len(found) == 1, found
    return found[0]


FORMS = [
    # A clause under a verb of saying, with "that" and without.
    ("The council said that the bridge was unsafe.", "clause", True),
    ("The council said the bridge was unsafe.", "clause", True),
    ("Mr Reed admitted 14 nurses had left.", "clause", True),
    ("The bridge was unsafe, according to the council.", "clause", True),
    # Quotations behind "that": a clause in somebody's own words.
    ('The council said that "the rota is empty".', "quotation", True),
    ('The council said that "the rota is empty" and that "nobody came".', "clause", True),
    ('"We saw nothing," Jane Penn said.', "quotation", True),
    # A thing and no clause; a deed in -ing and a figure are told all the same.
    ("Ms Penn described a hostile place to work.", "phrase", False),
    ("Northgate denied losing 40 records.", "phrase", True),
    ("Campaigners warned of delays to 40 trains.", "phrase", True),
    # A name that is given is no report.
    ('Critics call it a "tax on the poor".', "phrase", False),
    # An act: "to" with a thing behind it is no infinitive.
    ("She has agreed to an interview.", "phrase", False),
    # What was not said, by denial of the cue, by nobody, or by a question left open.
    ("The council did not say whether the bridge was safe.", "clause", False),
    ("The council refused to say how many had left.", "clause", False),
    ("Mr Reed never claimed that it was safe.", "clause", False),
    ("The spokesman would not say how many had left.", "clause", False),
    ("Nobody said the bridge was safe.", "clause", False),
    ("No official claimed that the bridge was safe.", "clause", False),
    # A case and a plan under "whether" are no parties.
    ("The case illustrates how lax the rules are.", "clause", False),
]


@pytest.mark.parametrize(("text", "form", "reports"), FORMS)
def test_whether_the_source_states_the_content(text: str, form: str, reports: bool) -> None:
    one = only(text)
    assert (one.form, one.reports) == (form, reports)


def test_a_denial_of_a_denial_denies_nothing() -> None:
    one = only("Jane Penn did not deny that she had left.")
    assert (one.stance, one.reports) == ("reported", False)
    assert only("Jane Penn denied that she had left.").stance == "denied"


def test_who_declines_to_comment_has_said_nothing() -> None:
    text = "Northgate declined to comment."
    one = only(text)
    assert (one.source, one.form, one.reports) == ("Northgate", "none", False)
    assert text[one.start : one.end] == ""


def test_what_another_did_not_say_lies_within_what_one_says() -> None:
    outer, inner = read_attributions("The union said the firm did not say it was safe.")
    assert (outer.reports, inner.reports) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Detectives tried to find Mr Baker.",
        "He went on a run of ten wins.",
        "The email reminding a rival of the deadline was sent on Monday.",
        'The so-called "experts" left early.',
        'The minister\'s "plan" failed.',
    ],
)
def test_deeds_and_words_held_at_arm_s_length_are_no_attributions(text: str) -> None:
    assert read_attributions(text) == ()


NAMES = [
    # The whole figure, not its tail.
    ("A poll of 2,140 adults found that one in three had no car.", "A poll of 2,140 adults", "document"),
    ("About 2,500 residents said they would sign.", "About 2,500 residents", "group"),
    # Names of bodies go on behind of, for, "for the" and and.
    ("The U.S. Bureau of Labor Statistics noted that wages rose.", "U.S. Bureau of Labor Statistics", "organisation"),
    (
        "The Department of Health and Social Care said it was late.",
        "Department of Health and Social Care",
        "organisation",
    ),
    ('"It is late," said the Department for Work and Pensions.', "Department for Work and Pensions", "organisation"),
    ("The Office for National Statistics said prices rose.", "Office for National Statistics", "organisation"),
    (
        "The Society for the Protection of Hedges warned of loss.",
        "Society for the Protection of Hedges",
        "organisation",
    ),
    ("The Dock and Harbour Workers' Union said it was late.", "The Dock and Harbour Workers' Union", "organisation"),
    # A person of a body is the person, and speaks for it.
    ("Joe Penn of the Bureau of Labor Statistics said wages rose.", "Joe Penn", "person"),
    # Don is no auxiliary in front of a surname.
    ('"It is late," said Don Ashby.', "Don Ashby", "person"),
    # A third man is no third of the men.
    ("A third source said it was late.", "A third source", "group"),
    # The plural in front of a name in the singular.
    ("Friends of Mr Penn say he left.", "Friends of Mr Penn", "group"),
    # A bracket and a comma between the name and its verb.
    ("Jane Penn (Harbour), said it was late.", "Jane Penn", "person"),
]


@pytest.mark.parametrize(("text", "source", "kind"), NAMES)
def test_a_source_is_named_whole(text: str, source: str, kind: str) -> None:
    one = only(text)
    assert (one.source, one.source_kind) == (source, kind)


def test_a_person_of_a_body_speaks_for_all_of_it() -> None:
    one = only("Jane Penn, of the Centre for Policy and Reform, said rents had doubled.")
    assert one.organisation == "Centre for Policy and Reform"


PRONOUNS = [
    # The one who is named in the sentence before, or in the paragraph before.
    ("Jane Penn runs the depot. She said it was late.", "Jane Penn"),
    ("Jane Penn runs the depot.\n\nShe said it was late.", "Jane Penn"),
    ("Tom Reed is a nurse. Sam Penn is a doctor. He said it was late.", "Sam Penn"),
    # Two of the last sentence: nobody is guessed.
    ("Mr Reed met Mr Penn. He said it was late.", None),
    ("Tom Reed and Sam Penn met. He said it was late.", None),
    # Of two, the title tells.
    ("Mrs Lowe met Mr Reed. He said it was late.", "Reed"),
    ("Mrs Lowe met Mr Reed. She said it was late.", "Lowe"),
    # A place behind a preposition suits nobody.
    ("Jane Lowe of New Harbour left. She said it was late.", "Jane Lowe"),
    ("It rained. She said it was late.", None),
]


@pytest.mark.parametrize(("text", "source"), PRONOUNS)
def test_a_pronoun_is_the_one_suitable_person_or_nobody(text: str, source: str | None) -> None:
    one = only(text)
    assert (one.source, one.resolved) == (source, source is not None)


def test_who_adds_is_who_spoke_last_though_two_are_named() -> None:
    told, added = read_attributions("Mr Reed told Mr Penn that it was late. He added that it was dark.")
    assert (told.source, added.source, added.resolved) == ("Reed", "Reed", True)


SPEAKERS = [
    # The person of the paragraph before; the rain is nobody.
    ("Tom Reed was furious.\n\n\u201cNobody came to see us.\u201d", ["Tom Reed"]),
    ("The rain fell.\n\n\u201cNobody came to see us.\u201d", [None]),
    # Who is quoted goes on, whatever the rest of the sentence says of others.
    ('"It was late," said Jane Penn, who runs a class named for Tom Reed. "Nobody came."', ["Jane Penn"] * 2),
    # A single word in marks is speech right behind a tag.
    ('"No," Jane Penn said. "Never."', ["Jane Penn"] * 2),
    # Three marks in a row end a quotation and the one that it holds.
    ("''They told us 'no way,''' said Jane Penn.", ["Jane Penn"]),
    # "with" gives an act its own subject.
    ("The firms met on Friday, with Jane Penn saying that it was late.", ["Jane Penn"]),
    # Single marks and apostrophes.
    ("'It isn't the workers' fault,' said Jane Penn.", ["Jane Penn"]),
    ("\u2018It isn\u2019t the workers\u2019 fault,\u2019 said Jane Penn.", ["Jane Penn"]),
    # "And said" goes with the saying before it, not with what is told between.
    ("Jane Penn said the firm backed the plan and said that it was late.", ["Jane Penn"] * 2),
]


@pytest.mark.parametrize(("text", "sources"), SPEAKERS)
def test_who_speaks(text: str, sources: list[str | None]) -> None:
    found = [one for one in read_attributions(text) if one.manner == "speech" or one.direct]
    assert [one.source for one in found] == sources


def test_what_stands_before_the_last_cue_is_told() -> None:
    text = "After the flood 40 homes were empty, officials said."
    one = only(text)
    assert (text[one.start : one.end], one.source) == ("After the flood 40 homes were empty", "officials")
