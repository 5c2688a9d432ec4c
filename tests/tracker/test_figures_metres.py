"""Whether "m" is a million or a metre: rows of a sentence, (words, value or bounds, unit), the reason."""

import time

import pytest

from tracker.reading.figures import read_figures

Read = tuple[str, float | tuple[float, float], str | None]

METRES: tuple[tuple[str, list[Read], str], ...] = (
    ("Desks must stand between 1m and 3m apart.", [("1m and 3m", (1, 3), "metre")], "both ends are metres"),
    ("The moat is between 4m and 6m deep.", [("4m and 6m", (4, 6), "metre")], "the word behind tells both"),
    ("Hedges 2m-4m tall were felled.", [("2m-4m", (2, 4), "metre")], "the same with a dash"),
    ("Queues measure 700m to 1.4km.", [("700m to 1.4km", (0.7, 1.4), "kilometre")], "one unit for both"),
    ("Drifts of between 30cm and 2m blocked it.", [("30cm and 2m", (0.3, 2), "metre")], "the same with centimetres"),
    ("The depth varies from 3m to 7m.", [("3m to 7m", (3, 7), "metre")], "an extent leads"),
    ("Sea levels may rise by 0.4-0.9m here.", [("0.4-0.9m", (0.4, 0.9), "metre")], "so does the sea's level"),
    ("Waves reached 11m at night.", [("11m", 11, "metre")], "so do waves"),
    ("The hall is 30m by 14m.", [("30m", 30, "metre"), ("14m", 14, "metre")], "length by breadth"),
    ("It took away 15m of sand.", [("15m", 15, "metre")], "what is told in lengths"),
    ("The bluff retreated 1.5m in a year.", [("1.5m", 1.5, "metre")], "erosion"),
    ("The barn stands 60m from the road.", [("60m", 60, "metre")], "a verb of lying and a place"),
    ("We lost 2.5m from the edge of the cliff.", [("2.5m", 2.5, "metre")], "a place behind"),
    ("A yacht burned 300m off the coast.", [("300m", 300, "metre")], "a place behind"),
    ("They dug 6m down.", [("6m", 6, "metre")], "a verb that takes no sums"),
    ("The balloon flew at 150m.", [("150m", 150, "metre")], "an altitude"),
    ("He swam 800m before breakfast.", [("800m", 800, "metre")], "a verb of moving"),
    ("An 800m runner spoke.", [("800m", 800, "metre")], "a racer behind a race's distance"),
    ("She holds the 200m medley record.", [("200m", 200, "metre")], "a race"),
    ("Ann won the 100m, 200m and 400m.",
     [("100m", 100, "metre"), ("200m", 200, "metre"), ("400m", 400, "metre")], "a list of races"),
    ("The spa has a 25m pool.", [("25m", 25, "metre")], "what is so long"),
    ("Beyond it is an 8m drop.", [("8m", 8, "metre")], "a drop of nothing"),
    ("The 2m rule went.", [("2m", 2, "metre")], "keeping apart"),
    ("She jumped 6.9m.", [("6.9m", 6.9, "metre")], "a person's jump"),
    ("Lee threw 71m.", [("71m", 71, "metre")], "a throw"),
    ("A 4m wall fell.", [("4m", 4, "metre")], "what is so high"),
    ("The ridge is 40m above the village.", [("40m", 40, "metre")], "a place above a place"),
)  # fmt: skip

MILLIONS: tuple[tuple[str, list[Read], str], ...] = (
    ("The party has 3m members.", [("3m members", 3e6, "member")], "the press means millions"),
    ("They want 6m homes.", [("6m homes", 6e6, "home")], "a noun is counted"),
    ("Between 2m and 4m people marched.", [("2m and 4m people", (2e6, 4e6), "person")], "both ends are millions"),
    ("1m-3m voters stayed away.", [("1m-3m voters", (1e6, 3e6), "voter")], "the same with a dash"),
    ("Offers run from 3m to 4m pounds.", [("3m to 4m pounds", (3e6, 4e6), "GBP")], "money"),
    ("It happened in 4m of those.", [("4m", 4e6, None)], "of what was named"),
    ("Profits jumped 7.5m to 30m.", [("7.5m", 7.5e6, None), ("30m", 3e7, None)], "an amount jumps too"),
    ("Unemployment fell 2m.", [("2m", 2e6, None)], "and falls"),
    ("Sales ended 4m below target.", [("4m", 4e6, None)], "below a target is no place"),
    ("Membership stands at 2m.", [("2m", 2e6, None)], "what stands at so much"),
    ("It took 5m from the road budget.", [("5m", 5e6, None)], "who takes takes sums"),
    ("A 2m drop in sales hurt.", [("2m", 2e6, None)], "a drop in something"),
    ("At the height of the crisis 5m were idle.", [("5m", 5e6, None)], "a height of no length"),
    ("Water levels rose and 2m homes flooded.", [("2m homes", 2e6, "home")], "the noun is nearer than the level"),
    ("2m runners took part.", [("2m runners", 2e6, "runner")], "no race is so short"),
    ("The 20m-strong union met.", [("20m", 2e7, None)], "so many strong"),
    ("They planted 9m trees.", [("9m trees", 9e6, "tree")], "the plural is counted"),
    ("Some 4m live there.", [("4m", 4e6, None)], "nothing tells otherwise"),
    ("The bank threw 65m at it.", [("65m", 6.5e7, None)], "thrown at a problem"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), METRES + MILLIONS)
def test_m(text: str, expected: list[Read], reason: str) -> None:
    found = [(f.text, (f.low, f.high) if f.value is None else f.value, f.unit) for f in read_figures(text)]
    assert found == expected, reason


@pytest.mark.parametrize(
    "piece", ["5m to ", "between 5m and ", "5m by ", "100m, ", "sea levels 5m to ", "5m from the "]
)
def test_the_words_around_m_are_read_in_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        read_figures(piece * times)
        return time.process_time() - began

    seconds(10)
    small = min(seconds(500) for _ in range(2))
    assert min(seconds(2000) for _ in range(2)) < 4 * 2.5 * max(small, 0.01)
