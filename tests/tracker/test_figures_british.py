"""Figures as British papers write them, and what is none: rows of a sentence, what is read, the reason.

A figure is (value, unit, comparator, trend); a range has (low, high) for its value.
"""

from __future__ import annotations

import pytest

from tracker.reading.figures import read_figures

Value = float | tuple[float, float]
Read = tuple[Value, str | None, str, str | None]
Row = tuple[str, tuple[Read, ...], str]


def one(value: Value, unit: str | None, comparator: str = "=", trend: str | None = None) -> tuple[Read, ...]:
    return ((value, unit, comparator, trend),)


MONEY: tuple[Row, ...] = (
    ("The council paid £2.5m for the hall.", one(2.5e6, "GBP"), "m glued behind a decimal"),
    ("The council paid £23\u00a0million for the hall.", one(2.3e7, "GBP"), "a hard space"),
    ("The council paid £4.2bn over four years.",
     ((4.2e9, "GBP", "=", None), (4, "year", "=", None)), "a sum and its term"),
    ("A stamp is 20p dearer.", one(0.2, "GBP"), "p glued to digits"),
    ("A pint of milk costs £1.20 there.", one(1.2, "GBP"), "pounds and pence"),
    ("He gave the porter 5 grand.", one(5000, None), "grand is money, of a currency not named"),
    ("She owed him fifty quid.", one(50, "GBP"), "quid is always sterling"),
    ("Each household pays £31 a year more.", one(31, "GBP"), "a rate by an article"),
    ("It is a £6,000-a-year post.", one(6000, "GBP"), "a rate tied by hyphens"),
    ("The firm has a £40m contract with the trust.", one(4e7, "GBP"), "a sum as attribute"),
    ("It cost tens of millions of pounds.", one((1e7, 1e8), "GBP"), "a vague sum"),
    ("It cost hundreds of thousands of pounds.", one((1e5, 1e6), "GBP"), "a smaller vague sum"),
    ("They settled for a seven-figure sum.", (), "the length of a number is no number"),
    ("It got a six-figure pay-off.", (), "the same"),
    ("The minister promised an extra £350 million.", one(3.5e8, "GBP"), "extra is no comparator"),
    ("Up to £1bn was wasted.", one(1e9, "GBP", "<="), "up to, at the head"),
    ("The bill rose by £14m.", one(1.4e7, "GBP", "=", "up"), "by how much"),
    ("The bill rose to £14m.", one(1.4e7, "GBP"), "to how much"),
    ("The firm's debt fell from £8bn to £6bn.", one((6e9, 8e9), "GBP"), "from a level to a level"),
    ("Fares rose by 12p.", one(0.12, "GBP", "=", "up"), "a change in pence"),
    ("It was sold for £1.", one(1, "GBP"), "one pound"),
    ("It was sold for one pound.", one(1, "GBP"), "the same in words"),
    ("A loaf went from 80p to £1.10.", one((0.8, 1.1), "GBP"), "pence to pounds"),
    ("They won damages of £250,000 plus costs.", one(250_000, "GBP"), "plus costs is no 'or more'"),
    ("Fines of between £100 and £2,500 can be given.", one((100, 2500), "GBP"), "between"),
    ("A deal worth between £20 million and £30 million.", one((2e7, 3e7), "GBP"), "each with its scale"),
    ("The £12-an-hour wage is paid.", one(12, "GBP"), "a rate tied by hyphens, with 'an'"),
    ("They are paid £9.50 per hour.", one(9.5, "GBP"), "a rate by 'per'"),
    ("She took home £1,749.36 a month.", one(1749.36, "GBP"), "to the penny"),
    ("The grant is worth €4m (£3.4m).", ((4e6, "EUR", "=", None), (3.4e6, "GBP", "=", None)), "the same in brackets"),
    ("It is just under £3 billion.", one(3e9, "GBP", "<"), "just under"),
    ("It is a whopping £900,000.", one(900_000, "GBP"), "colour is no comparator"),
    ("They asked for half a billion pounds.", one(5e8, "GBP"), "a share of a scale"),
    ("They raised two and a half million pounds.", one(2.5e6, "GBP"), "in words"),
    ("The trust is £7m in the red.", one(7e6, "GBP"), "a deficit"),
    ("The £2m-plus scheme was dropped.", one(2e6, "GBP", ">="), "plus tied by a hyphen"),
    ("It fined him £60.", one(60, "GBP"), "a small fine"),
    ("A £20 note lay there.", one(20, "GBP"), "a note is money"),
    ("It lost £1.3 trillion.", one(1.3e12, "GBP"), "trillions"),
    ("They owe £13K on the car.", one(13_000, "GBP"), "a capital K"),
)  # fmt: skip

COUNTS: tuple[Row, ...] = (
    ("The centre missed over 400,000 women.", one(400_000, "woman", ">"), "an irregular plural"),
    ("Its staff reached 1,749 people so far.", one(1749, "person"), "so far stays outside"),
    ("Its staff reached 1749 people so far.", one(1749, "person"), "no year: people"),
    ("The line failed 252 times.", one(252, "time"), "occurrences"),
    ("The pollsters asked 2,140 adults.", one(2140, "adult"), "no year: adults"),
    ("Of the 1,749, most were never called.", one(1749, None), "what is counted was said before"),
    ("Six of the seven trusts have signed.",
     ((6, "trust", "=", None), (7, "trust", "=", None)), "a part and its whole"),
    ("About 300 police officers were sent.", one(300, "officer", "~"), "the head stands last"),
    ("Three schoolchildren and two policemen were hurt.",
     ((3, "schoolchild", "=", None), (2, "policeman", "=", None)), "irregular plurals in a row"),
    ("The firm laid off 90 members of staff.", one(90, "member"), "members of"),
    ("It will take 50 lorries to move it.", one(50, "lorry"), "-ies"),
    ("There were 14 deaths in custody.", one(14, "death"), "deaths"),
    ("Some 5,000 new homes are to be built.", one(5000, "home", "~"), "some"),
    ("A dozen ministers stayed away.", one(12, "minister"), "a dozen"),
    ("Dozens of families had to leave.", one((12, 120), "family"), "dozens"),
    ("Hundreds of jobs are at risk.", one((100, 1000), "job"), "hundreds"),
    ("Nearly 20,000 contact tracers were hired.", one(20_000, "tracer", "~"), "an attribute before the head"),
    ("No fewer than 16 MPs wrote to her.", one(16, "MP", ">="), "initials in the plural"),
    ("A record 67 boats landed.", one(67, "boat"), "a record is no comparator"),
    ("It was nowhere near 20 leaflets.", one(20, "leaflet"), "nowhere near is no 'about'"),
    ("It has 42 per cent fewer beds.", one(42, "percent"), "fewer, of a share"),
    ("He has five children.", one(5, "child"), "children"),
    ("They found 31 knives and four axes.", ((31, "knife", "=", None), (4, "axe", "=", None)), "-ves and -xes"),
    ("The site holds 1,200 sheep.", one(1200, "sheep"), "no plural of its own"),
    ("Two-thirds of the 600 tenants moved.",
     ((2 / 3, "fraction", "=", None), (600, "tenant", "=", None)), "a share of some"),
    ("At least 11 people died.", one(11, "person", ">="), "at least"),
    ("As many as 90 patients waited.", one(90, "patient", "<="), "as many as"),
    ("Fewer than ten flats were sold.", one(10, "flat", "<"), "fewer than"),
    ("More than one in ten nurses quit.", one(0.1, "fraction", ">"), "a comparator before a share"),
    ("They made 1.2 million calls.", one(1.2e6, "call"), "a decimal of a scale"),
    ("The app has 20k users.", one(20_000, "user"), "k"),
    ("There are 650 seats in the Commons.", one(650, "seat"), "seats"),
    ("The army sent 200 troops.", one(200, "troop"), "troops"),
)  # fmt: skip

SHARES: tuple[Row, ...] = (
    ("Turnout was 67 per cent.", one(67, "percent"), "two words"),
    ("Turnout was 67.2%.", one(67.2, "percent"), "the sign"),
    ("Turnout fell by 3 percentage points.", one(3, "percentage point", "=", "down"), "points are no per cent"),
    ("The rate was cut by 25 basis points.", one(25, "basis point", "=", "down"), "basis points"),
    ("Between 10 and 12 per cent said no.", one((10, 12), "percent"), "between"),
    ("It is 10–12 per cent.", one((10, 12), "percent"), "a dash"),
    ("Two thirds of voters want it back.", one(2 / 3, "fraction"), "a fraction in words"),
    ("A quarter of pupils are absent.", one(0.25, "fraction"), "a quarter"),
    ("Half of all tests were lost.", one(0.5, "fraction"), "half"),
    ("One in five women was not called.", one(0.2, "fraction"), "one in five"),
    ("Three out of ten trains were late.", one(0.3, "fraction"), "three out of ten"),
    ("One in every 100 calls was answered.", one(0.01, "fraction"), "one in every"),
    ("Inflation hit 11.1 per cent.", one(11.1, "percent"), "hit is a level"),
    ("Support is down 4% on last year.", one(4, "percent", "=", "down"), "down"),
    ("Support rose from 12 to 21 per cent.", one((12, 21), "percent"), "from a level to a level"),
    ("There was a 7 per cent fall in crime.", one(7, "percent", "=", "down"), "a fall"),
    ("There was a rise of nearly 9%.", one(9, "percent", "~", "up"), "a rise of"),
    ("Fully 100 per cent were met.", one(100, "percent"), "all"),
    ("It won by a 3-to-1 margin.", one(3, "ratio"), "a ratio"),
    ("It is 40 per cent, give or take 3.", one(40, "percent"), "a tolerance keeps its value"),
    ("Under-fives make up 7 per cent.", one(7, "percent"), "make up is no rise"),
    ("Fewer than half of them came.", one(0.5, "fraction", "<"), "fewer than half"),
)  # fmt: skip

MEASURES: tuple[Row, ...] = (
    ("He was jailed for 18 months.", one(18, "month"), "a sentence"),
    ("He was jailed for three and a half years.", one(3.5, "year"), "with a half"),
    ("They waited 45 minutes for an ambulance.", one(45, "minute"), "minutes"),
    ("They waited up to 12 hours.", one(12, "hour", "<="), "hours"),
    ("The trains ran 25 minutes late.", one(25, "minute"), "how late"),
    ("A 43-year-old man from Leeds was held.", one(43, "year"), "an age"),
    ("Mary Smith, 71, from Hull was there.", one(71, "year"), "an age in apposition"),
    ("Children aged 5 to 11 may come.", one((5, 11), "year"), "ages"),
    ("Everyone over the age of 65 may come.", one(65, "year", ">"), "the age of"),
    ("The fire burned 30 acres of heath.", one(30, "acre"), "acres"),
    ("The fire burned two square miles.", one(2, "square mile"), "square miles"),
    ("A 12-mile queue formed.", one(12, "mile"), "tied by a hyphen"),
    ("It is four miles from Derby.", one(4, "mile"), "miles in words"),
    ("It is between four and five miles long.", one((4, 5), "mile"), "between"),
    ("He was doing 98mph in a 30mph zone.",
     ((98, "mile per hour", "=", None), (30, "mile per hour", "=", None)), "speeds"),
    ("It fell to minus 5C overnight.", one(-5, "celsius"), "below zero"),
    ("It reached 40.3C in Coningsby.", one(40.3, "celsius"), "a decimal of degrees"),
    ("He weighs 14 stone.", one(14, "stone"), "stone"),
    ("He is 6ft 2in tall.", one(6 + 2 / 12, "foot"), "feet and inches"),
    ("The tanker held 38 tonnes of oil.", one(38, "tonne"), "tonnes"),
    ("They meet three times a week.", one(3, "time per week"), "a frequency"),
    ("He drank nine pints.", one(9, "pint"), "pints"),
    ("It is 200 metres from the school.", one(200, "metre"), "metres"),
    ("The wait was more than a year.", one(1, "year", ">"), "an article as one"),
    ("It took a fortnight.", (), "a unit that holds its number counts nothing"),
    ("Half an hour later he left.", one(0.5, "hour"), "half of a unit"),
)  # fmt: skip

NOT_FIGURES: tuple[Row, ...] = tuple(
    (sentence, (), reason)
    for sentence, reason in (
        ("A second wave is on its way, said the first minister.", "ordinals"),
        ("It was shown on Channel 4.", "a broadcaster"),
        ("COVID-19 came back, and Covid-19 stayed.", "an illness"),
        ("The results of GP2 are due.", "letters and a digit"),
        ("In the age of 24-hour news it matters.", "a compound"),
        ("He came in 21st, she was 3rd and Tom fourth.", "ordinals in digits"),
        ("Call 01632 960 001 or 07700 900123.", "telephone numbers"),
        ("Write to the House of Commons, London SW1A 2AA.", "a postcode"),
        ("He lived at 14 Acacia Avenue.", "an address"),
        ("Flat 3, 27 Mill Lane was searched.", "a flat and an address"),
        ("It runs version 2.4.1 of the software.", "a version"),
        ("See https://news.example/2021/03/12-facts for more.", "an address of the web"),
        ("Under section 28 and Section 106 it may.", "sections"),
        ("United won 3-1 at home.", "a score"),
        ("City lost 2–0 and drew 1-1.", "scores with a long dash"),
        ("He was born in 1749.", "a year"),
        ("By 2030 it will be gone, as in 1987.", "years"),
        ("The 2015 election and the 2019 manifesto were alike.", "years before a noun"),
        ("They meet at 5.30pm and at 17:45.", "clock times"),
        ("They meet at 8 o'clock or at 9am.", "clock times without minutes"),
        ("He is the best driver in Formula 1.", "a sport"),
        ("A-level 2020 results were pulled.", "an examination and its year"),
        ("There were queues on the M25 and the A1.", "roads"),
        ("He has Type 2 diabetes.", "an illness by its type"),
        ("He believes in Area 51.", "a place"),
        ("It is a Catch-22.", "a book"),
        ("The G7 and the G20 met.", "clubs of countries"),
        ("The Big Four audit them all.", "a name with its number"),
        ("He drives a 4x4.", "a car"),
        ("Since 9/11 and 7/7 it has changed.", "days that are names"),
        ("They triggered Article 50.", "an article"),
        ("They scrapped Section 28.", "a section"),
        ("England lost at Euro 2020.", "a tournament"),
        ("It runs on Windows 10.", "a program"),
        ("It was on BBC One and BBC Two.", "channels in words"),
        ("She left No 10 and No. 11 Downing Street.", "a door"),
        ("She told Radio 4 and 5 Live.", "stations"),
        ("He played in the Six Nations.", "a cup with its number"),
        ("As page 3 and pages 12 and 13 tell.", "pages"),
        ("Group 4 Securicor ran it.", "a firm with its number"),
        ("The under-21s won.", "a team"),
        ("England Under-19s lost.", "a team in capitals"),
        ("Boeing 737 and Airbus A320 flew.", "aircraft"),
        ("Henry VIII and Elizabeth II ruled.", "kings and queens"),
        ("It is on Freeview 45 and Sky 501.", "places of a menu"),
        ("He wore the number 7 shirt.", "a shirt"),
        ("Platform 9 was shut.", "a platform"),
        ("Flight 370 never landed.", "a flight"),
        ("The 1980s and the '90s were better.", "decades"),
        ("It was a 50-50 call.", "even chances"),
        ("One of them, or no one, was told.", "pronouns"),
        ("He gave a one-off, one-to-one talk.", "compounds"),
        ("Apollo 11 and World War Two were long ago.", "names with their numbers"),
        ("The World Cup 2018 was played.", "a tournament and its year"),
        ("© 2021 The Example Press Ltd.", "a copyright"),
        ("(1) Read it. (2) Sign it.", "numbers of a list"),
        ("He is one of a kind, and that one knows it.", "an idiom and a pronoun"),
        ("Sky Sports 2 showed it.", "a channel"),
        ("Act 2, scene 3 was cut.", "a play"),
        ("Twenty20 is quick.", "a game"),
        ("Article 2 and Rule 12 apply.", "articles and rules"),
        ("Tier 3 rules came in.", "a tier"),
        ("Grade II listed and Grade 2 alike.", "grades"),
        ("Key Stage 2 is next.", "a stage of school"),
        ("Vitamin B12 helps.", "a vitamin"),
        ("The case is R (Smith) v Jones [2019] EWCA Civ 12.", "a citation of a case"),
        ("Bus route 73 was cut.", "a route"),
        ("He scored in the 89th minute.", "an ordinal of a unit"),
        ("See the ONS's table 4 and figure 7.", "tables and figures"),
        ("Form P45 and form P60 came.", "forms"),
        ("He took out an iPhone 12.", "a telephone"),
        ("The news is on 5 News.", "a digit before a name"),
        ("A 2:1 degree is asked for.", "a class of degree"),
        ("England were 212 for 6 at tea.", "a score of cricket"),
        ("He ran the 100m and a 10k.", "races"),
        ("Wards 4 and 5 were shut.", "labels in the plural"),
        ("The Group of 20 met.", "a club of countries"),
        ("Euro 96 was at Wembley.", "a tournament, and no money"),
        ("She ate at Five Guys in Three Bridges.", "names that begin with a number"),
    )
)  # fmt: skip

MIXED: tuple[Row, ...] = (
    ("Year 11 pupils lost 12 weeks.", ((12, "week", "=", None),), "a year of school beside a figure"),
    ("In 1749 people wrote letters.", (), "a year behind 'in', not a count"),
    ("In 2020 deaths rose 14 per cent.", one(14, "percent", "=", "up"), "a year at the head, before a plural"),
    ("The 5,000-strong crowd left.", one(5000, None), "strong is no noun"),
    ("It is on BBC2 and 5 people saw it.", one(5, "person"), "a digit before a noun"),
    ("It broke 212 for 6 of the 9 firms.",
     ((212, None, "=", None), (6, "firm", "=", None), (9, "firm", "=", None)), "no cricket: the second counts"),
    ("In 2019, 1749 people were called.", one(1749, "person"), "a year and then a count"),
    ("The Six Nations drew 82,000 fans.", one(82_000, "fan"), "a name and a count"),
    ("Channel 4 paid £75m.", one(7.5e7, "GBP"), "a name and a sum"),
    ("No 10 spent £2.6m on it.", one(2.6e6, "GBP"), "a door and a sum"),
    ("At 5.30pm, 12 officers came.", one(12, "officer"), "a time and a count"),
    ("The M25 was shut for six hours.", one(6, "hour"), "a road and a duration"),
    ("They handed over 20 leaflets.", one(20, "leaflet"), "the verb owns 'over'"),
    ("It almost certainly cost £3m.", one(3e6, "GBP"), "almost belongs to certainly"),
    ("They complained about 12 officers.", one(12, "officer"), "the verb owns 'about'"),
    ("The pair won over 30 voters.", one(30, "voter"), "won over"),
    ("Covid-19 killed 21 residents.", one(21, "resident"), "an illness and a count"),
    ("The two sides met for 90 minutes.",
     ((2, "side", "=", None), (90, "minute", "=", None)), "the two with their noun"),
)  # fmt: skip

ROWS = MONEY + COUNTS + SHARES + MEASURES + NOT_FIGURES + MIXED


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[0][:40] for row in ROWS])
def test_read(text: str, expected: tuple[Read, ...], reason: str) -> None:
    found = [
        (f.value if f.value is not None else (f.low, f.high), f.unit, f.comparator, f.trend) for f in read_figures(text)
    ]
    assert len(found) == len(expected), (reason, found)
    for mine, wanted in zip(found, expected, strict=True):
        assert mine[0] == pytest.approx(wanted[0]), reason
        assert mine[1:] == wanted[1:], reason


def test_there_are_enough_rows_and_none_twice() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS) >= 120
