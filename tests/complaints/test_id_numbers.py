"""ID numbers: right ones are taken in every spelling, one wrong figure never is, and no message repeats the number."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from complaints.id_numbers import NotAnIdNumber, check_character, checked, masked, resident

TODAY = date(2026, 9, 18)
# Made-up people; among the places one that is younger than every list, and cities without counties.
PLACES = ("110105", "330113", "430381", "441900", "460400", "654325", "810000", "830000")
BIRTHS = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)


def number(place: str, born: date, order: int) -> str:
    digits = f"{place}{born:%Y%m%d}{order:03d}"
    return digits + check_character(digits)


NUMBERS = st.builds(number, st.sampled_from(PLACES), BIRTHS, st.integers(0, 999))


def refusal(typed: str, kind: str = "resident") -> str:
    with pytest.raises(NotAnIdNumber) as error:
        checked(kind, typed, today=TODAY)
    return str(error.value)


def test_published_example_has_its_check_character():
    assert check_character("11010519491231002") == "X"  # the example of GB 11643


@given(NUMBERS)
def test_every_right_number_is_taken(right):
    assert resident(right, today=TODAY) == right


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_figure_is_always_found(right, place, step):
    wrong = right[:place] + str((int(right[place]) + step) % 10) + right[place + 1 :]
    with pytest.raises(NotAnIdNumber):
        resident(wrong, today=TODAY)


@given(NUMBERS, st.integers(0, 15))
def test_two_figures_changed_round_are_always_found(right, place):
    assume(right[place] != right[place + 1])
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    with pytest.raises(NotAnIdNumber):
        resident(wrong, today=TODAY)


@given(NUMBERS)
def test_no_message_repeats_what_was_typed(right):
    words = refusal(right[:-1] + ("2" if right[-1] != "2" else "3"))
    assert right[:-1] not in words
    assert right[6:14] not in words


@given(st.text(max_size=40), st.sampled_from(["resident", "passport", "other"]))
def test_nonsense_is_refused_with_words_or_taken_as_it_is(typed, kind):
    try:
        taken = checked(kind, typed, today=TODAY)
    except NotAnIdNumber:
        return
    assert checked(kind, taken, today=TODAY) == taken


@given(st.text(min_size=1, max_size=30))
def test_masking_shows_five_characters_at_most_and_fits(text):
    shown = masked(text)
    assert len(shown) <= 24
    assert sum(character != "*" for character in shown) <= 5


RIGHT = "11010519491231002X"
SPELLINGS = [
    "11010519491231002x",
    "１１０１０５１９４９１２３１００２Ｘ",
    "110105 19491231 002X",
    "110105-19491231-002×",
    "11010519491231002Х",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_spellings_of_the_same_number(typed):
    assert resident(typed, today=TODAY) == RIGHT


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [
        ("110105491231002", "resident", "15 位"),
        ("1101051949123100", "resident", "18 位"),
        ("11010519491231002A", "resident", "18 位"),
        (number("990105", date(1990, 1, 1), 1), "resident", "前六位"),
        (number("110005", date(1990, 1, 1), 1), "resident", "前六位"),
        (number("110105", TODAY + timedelta(days=1), 1), "resident", "出生日期"),
        (number("110105", date(1850, 1, 1), 1), "resident", "出生日期"),
        ("110105199002300010", "resident", "出生日期"),
        ("11010519491231002" + "1", "resident", "有一位"),
        ("E1", "passport", "护照"),
        ("护照12345", "passport", "护照"),
        ("ABCDEFG", "passport", "护照"),
        ("南", "other", "证件"),
        ("没有号码的证", "other", "证件"),
    ],
)
def test_each_mistake_has_its_words(typed, kind, words):
    assert words in refusal(typed, kind)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("passport", "e12345678", "E12345678"),
        ("other", "南字第 01234567 号", "南字第01234567号"),
        ("other", "H-123/45", "H-123/45"),
    ],
)
def test_other_documents_are_looked_at_for_their_form(kind, typed, kept):
    assert checked(kind, typed, today=TODAY) == kept


def test_masked_number_hides_the_day_of_birth():
    assert masked(RIGHT) == "110*************2X"
    assert masked("1234") == "1***"
