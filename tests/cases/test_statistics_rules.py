"""The sums, the periods, the drawings and the words of the statistics, computed by hand."""

from datetime import date

import pytest
from django.utils import translation

from cases.models import DayCount
from cases.statistics import charts, exporting, links, measures, periods, wording
from cases.statistics.charts import Chart
from cases.statistics.periods import Period, parse
from cases.workflow import ENDED, Finding
from complaints.models import Satisfaction

TODAY = date(2026, 10, 15)


def period_of(code: str) -> Period:
    """The period that a code names."""
    found = parse(code)
    assert found
    return found


def drawn(first: list[int], second: list[int], labels: list[str]) -> Chart:
    """A drawing of two series."""
    found = charts.draw(("收到", "办结"), (first, second), labels)
    assert found
    return found


@pytest.mark.parametrize(("part", "whole", "found"), [(1, 4, None), (0, 0, None), (1, 5, 20.0), (5, 5, 100.0), (0, 9, 0.0)])
def test_a_share_of_few_is_none(part, whole, found):
    assert measures.share(part, whole) == found


@pytest.mark.parametrize(
    ("waits", "found"),
    [({}, None), ({3: 1}, 3.0), ({3: 1, 4: 1}, 3.5), ({1: 2, 9: 1}, 1.0), ({1: 2, 9: 2}, 5.0), ({0: 1, 7: 3, 30: 1}, 7.0)],
)
def test_median_of_values_with_their_numbers(waits, found):
    assert measures.median(waits) == found


def test_shares_are_of_what_they_say():
    counts = {"upheld": 3, "partly_upheld": 1, "not_upheld": 4, "no_finding": 9, "finish_kept": 7, "finish_missed": 1}
    counts |= {"satisfied": 4, "fairly_satisfied": 2, "dissatisfied": 2, "unrated": 5, "replied": 4, "reply_days": 30}
    assert measures.upheld_share(counts) == 50.0
    assert measures.satisfied_share(counts) == 75.0
    assert measures.kept_share(counts, "finish") == 87.5
    assert measures.kept_share(counts, "accept") is None
    assert measures.days_to_reply(counts) == 7.5


def test_every_way_to_end_is_counted():
    assert {*measures.ENDINGS, "archived"} == set(ENDED)
    assert set(measures.FINDINGS) == {*Finding.values, ""}
    assert set(measures.RATINGS) == {*Satisfaction.values, ""}


def test_every_measure_has_a_column():
    columns = {field.name for field in DayCount._meta.concrete_fields}
    assert columns - {"id", "day", "part", "key"} == set(measures.MEASURES)


def test_counts_add_up_measure_by_measure():
    found = measures.summed([{"received": 2, "replied": 1}, {"received": 3}])
    assert (found["received"], found["replied"], found["merged"]) == (5, 1, 0)


def days(first, last):
    return (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
    ],
)
def test_codes_of_periods(code, first, last):
    found = period_of(code)
    assert (found.first, found.last) == days(first, last)
    assert found.code == code


@pytest.mark.parametrize(
    "code", ["", "26", "2026-13", "2026-Q5", "2026-00", "1999", "9999", "2026-1", " 2026", "２０２６", "2026-Q0"]
)
def test_what_is_no_period(code):
    assert parse(code) is None


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (period_of("2025"), "2024-01-01", "2024-12-31"),
        (period_of("2026"), "2025-01-01", "2025-10-15"),
        (period_of("2026-Q3"), "2026-04-01", "2026-06-30"),
        (period_of("2026-Q4"), "2026-07-01", "2026-07-15"),
        (period_of("2026-Q1"), "2025-10-01", "2025-12-31"),
        (period_of("2026-01"), "2025-12-01", "2025-12-31"),
        (period_of("2026-10"), "2026-09-01", "2026-09-15"),
        (periods.span(date(2026, 9, 11), date(2026, 9, 20)), "2026-09-01", "2026-09-10"),
    ],
)
def test_which_period_comes_before(period, first, last):
    found = periods.before(period, TODAY)
    assert (found.first, found.last) == days(first, last)


def test_a_long_month_is_compared_with_all_of_a_short_one():
    found = periods.before(period_of("2026-03"), date(2026, 3, 30))
    assert (found.first, found.last) == days("2026-02-01", "2026-02-28")


def test_the_last_of_february_is_compared_with_the_last_of_february():
    assert periods.before(period_of("2024"), date(2024, 2, 29)).last == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("period", "number", "kind"),
    [
        (period_of("2026"), 12, "month"),
        (period_of("2026-Q1"), 3, "month"),
        (period_of("2026-02"), 28, "day"),
        (period_of("2024-02"), 29, "day"),
    ],
)
def test_parts_cover_a_period_without_gap_or_overlap(period, number, kind):
    found = periods.parts(period)
    assert (len(found), {one.kind for one in found}) == (number, {kind})
    assert (found[0].first, found[-1].last) == (period.first, period.last)
    assert all((later.first - earlier.last).days == 1 for earlier, later in zip(found, found[1:], strict=False))


def test_parts_of_chosen_days_are_cut_at_their_ends():
    found = periods.parts(periods.span(date(2025, 12, 20), date(2026, 2, 3)))
    assert [(one.first.day, one.last.day) for one in found] == [(20, 31), (1, 31), (1, 3)]


def test_offered_periods_are_the_latest():
    years, quarters, months = periods.offered(TODAY)
    assert [one.code for one in years][:2] == ["2026", "2025"]
    assert [one.code for one in quarters][:3] == ["2026-Q4", "2026-Q3", "2026-Q2"]
    assert [one.code for one in months][:2] == ["2026-10", "2026-09"]
    assert [one.code for one in periods.past_months(date(2026, 1, 31), number=2)] == ["2025-12", "2025-11"]


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (4, 4), (5, 8), (8, 8), (9, 20), (21, 40), (128, 200), (1999, 2000), (2001, 4000)]
)
def test_a_scale_has_a_round_top(most, top):
    assert charts.scale(most) == top


def test_a_line_runs_from_the_left_to_the_right_and_up_with_the_numbers():
    chart = drawn([0, 4], [4, 0], ["1 月", "2 月"])
    assert chart.lines[0].points == "36.0,204.0 790.0,14.0"
    assert chart.lines[1].points == "36.0,14.0 790.0,204.0"
    assert [tick.text for tick in chart.grid] == ["0", "1", "2", "3", "4"]


def test_labels_at_the_end_of_lines_never_overlap():
    chart = drawn([1, 100], [1, 99], ["1 月", "2 月"])
    first, second = chart.lines
    assert second.label_y - first.label_y == 18
    chart = drawn([1, 99], [1, 100], ["1 月", "2 月"])
    assert chart.lines[0].label_y > chart.lines[1].label_y


def test_one_point_makes_no_line_and_many_leave_labels_out():
    assert charts.draw(("a", "b"), ([1], [1]), ["x"]) is None
    numbers = list(range(31))
    assert len(drawn(numbers, numbers, [str(one) for one in numbers]).labels) <= 13


@pytest.mark.parametrize(("now", "then", "words"), [(3, 3, "持平"), (5, 2, "+3"), (2, 5, "−3"), (1500, 0, "+1,500")])
def test_changes_have_their_sign(now, then, words):
    with translation.override("zh-hans"):
        assert wording.change(now, then) == words


@pytest.mark.parametrize(
    ("now", "then", "words"), [(10, 4, "–"), (10, 5, "+100.0%"), (4, 5, "−20.0%"), (7, 7, "0.0%"), (5, 0, "–")]
)
def test_changes_in_per_cent_need_a_base(now, then, words):
    assert wording.change_percent(now, then) == words


@pytest.mark.parametrize(
    ("now", "then", "words"), [(93.1, 90.4, "+2.7"), (90.0, None, "–"), (90.04, 90.0, "持平"), (80.0, 90.0, "−10.0")]
)
def test_changes_of_shares_are_points(now, then, words):
    with translation.override("zh-hans"):
        assert wording.points(now, then) == words


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        (period_of("2026"), "2026 年", "2026"),
        (period_of("2026-Q3"), "2026 年第三季度", "Quarter 3 of 2026"),
        (period_of("2026-09"), "2026 年 9 月", "September 2026"),
        (
            periods.span(date(2026, 9, 1), date(2026, 9, 3)),
            "2026 年 9 月 1 日至 2026 年 9 月 3 日",
            "1 September 2026 to 3 September 2026",
        ),
    ],
)
def test_names_of_periods(period, chinese, english):
    with translation.override("zh-hans"):
        assert wording.period_name(period) == chinese
    with translation.override("en"):
        assert wording.period_name(period) == english


def test_links_name_measure_period_and_part():
    period = Period("month", date(2026, 9, 1), date(2026, 9, 30))
    asked = links.to_cases("finish_missed", period, "with", "7")
    assert asked == "?view=all&settled_from=2026-09-01&settled_to=2026-09-30&settled=finish.missed&with_agency=7"
    assert links.to_cases("received", period, "about", "").endswith("about_agency=none")
    assert links.to_open("overdue", 7) == "?view=overdue&with_agency=7"


def test_every_measure_that_is_shown_has_a_link():
    period = Period("month", date(2026, 9, 1), date(2026, 9, 30))
    assert all(links.to_cases(measure, period) for measure in measures.MEASURES if measure != "reply_days")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("1,204", 1204),
        ("+27", 27),
        ("−3", -3),
        ("93.1%", "93.1%"),
        ("−20.0%", "-20.0%"),
        ("–", "–"),
        ("=1+1", "'=1+1"),
        ("+x", "'+x"),
    ],
)
def test_cells_are_numbers_or_defused(text, cell):
    assert exporting.plain(text) == cell
