"""Every pair of states against a list typed by hand."""

from itertools import product

import pytest

from cases.workflow import TRANSITIONS, Status, TransitionNotAllowed, allows, check

S = Status
MOVES = {
    ("accept", S.TRIAGE): S.ACCEPTED,
    ("decline", S.TRIAGE): S.DECLINED,
    ("refer", S.TRIAGE): S.REFERRED,
    ("refer", S.DISPATCHED): S.REFERRED,
    ("refer", S.RECEIVED): S.REFERRED,
    ("refer", S.RETURNED): S.REFERRED,
    ("refer", S.HANDLING): S.REFERRED,
    ("transfer", S.ACCEPTED): S.DISPATCHED,
    ("give_back", S.DISPATCHED): S.RETURNED,
    ("give_back", S.RECEIVED): S.RETURNED,
    ("assign_again", S.RETURNED): S.DISPATCHED,
    ("take_over", S.RETURNED): S.HANDLING,
    ("refuse_return", S.RETURNED): S.DISPATCHED,
    ("handle", S.ACCEPTED): S.HANDLING,
    ("assign", S.ACCEPTED): S.DISPATCHED,
    ("receive", S.DISPATCHED): S.RECEIVED,
    ("report", S.RECEIVED): S.REPORTED,
    ("report", S.HANDLING): S.REPORTED,
    ("send_back", S.REPORTED): S.RECEIVED,
    ("send_back_own", S.REPORTED): S.HANDLING,
    ("approve", S.REPORTED): S.APPROVED,
    ("reply", S.APPROVED): S.REPLIED,
    ("follow_up", S.REPLIED): S.FOLLOWED_UP,
    ("withdraw", S.TRIAGE): S.WITHDRAWN,
    ("merge", S.TRIAGE): S.MERGED,
    ("unmerge", S.MERGED): S.TRIAGE,
    ("close_withdrawn", S.DISPATCHED): S.CLOSED,
    ("close_withdrawn", S.RECEIVED): S.CLOSED,
    ("close_withdrawn", S.RETURNED): S.CLOSED,
    ("close_withdrawn", S.HANDLING): S.CLOSED,
    ("close_withdrawn", S.REPLIED): S.CLOSED,
    ("close", S.FOLLOWED_UP): S.CLOSED,
    ("reopen", S.FOLLOWED_UP): S.HANDLING,
    ("reopen", S.CLOSED): S.HANDLING,
    ("reopen_with_agency", S.FOLLOWED_UP): S.DISPATCHED,
    ("reopen_with_agency", S.CLOSED): S.DISPATCHED,
    ("archive", S.CLOSED): S.ARCHIVED,
    ("archive", S.DECLINED): S.ARCHIVED,
    ("archive", S.REFERRED): S.ARCHIVED,
    ("archive", S.WITHDRAWN): S.ARCHIVED,
}
NAMES = sorted({name for name, _status in MOVES})


def test_the_table_has_no_other_moves():
    assert sorted(transition.name for transition in TRANSITIONS) == NAMES


@pytest.mark.parametrize(("name", "status"), list(product(NAMES, S)))
def test_move(name, status):
    assert allows(name, status) is ((name, status) in MOVES)
    if (name, status) in MOVES:
        assert check(name, status) == MOVES[name, status]
    else:
        with pytest.raises(TransitionNotAllowed, match=str(status.label)):
            check(name, status)
