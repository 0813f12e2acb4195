"""Which review can be asked for, by the days of reply and answers."""

from datetime import date

import pytest

from complaints.reviews import Barred, Next, next_review

REPLIED, ANSWERED = date(2026, 9, 1), date(2026, 9, 20)


@pytest.mark.parametrize(
    ("replied_on", "answered_on", "withdrawn", "found"),
    [
        (None, [], False, Barred.NO_REPLY),
        (REPLIED, [], True, Barred.WITHDRAWN),
        (REPLIED, [], False, Next(1, REPLIED)),
        (REPLIED, [None], False, Barred.WAITING),
        (REPLIED, [ANSWERED], False, Next(2, ANSWERED)),
        (REPLIED, [ANSWERED, None], False, Barred.WAITING),
        (REPLIED, [ANSWERED, ANSWERED], False, Barred.OVER),
        (REPLIED, [ANSWERED], True, Barred.WITHDRAWN),
    ],
)
def test_next_review(replied_on, answered_on, withdrawn, found):
    assert next_review(replied_on=replied_on, answered_on=answered_on, withdrawn=withdrawn) == found
