"""Which letters can be written about a case as it stands."""

from cases.models import Case, Extension
from cases.workflow import OPEN, Status

from .kinds import TO_AGENCY, LetterKind

_NOT_TAKEN_UP = (Status.TRIAGE, Status.DECLINED, Status.REFERRED, Status.WITHDRAWN, Status.MERGED)


def fits(kind: LetterKind, case: Case) -> bool:
    """Tell whether a letter of this kind has something to say."""
    if kind in TO_AGENCY:
        urging = kind in {LetterKind.CHASER, LetterKind.SUPERVISION}
        return case.assignments.exists() and (case.status in OPEN or not urging)
    if kind == LetterKind.EXTENSION:
        return Extension.objects.filter(deadline__case=case, decision=Extension.Decision.APPROVED).exists()
    return {
        LetterKind.ACCEPTANCE: case.status not in _NOT_TAKEN_UP,
        LetterKind.DECLINING: case.status == Status.DECLINED,
        LetterKind.REPLY: case.replied_at is not None,
        LetterKind.CLOSING: case.status in {Status.CLOSED, Status.ARCHIVED},
    }.get(kind, False)


def fitting(case: Case) -> list[LetterKind]:
    """Return the kinds of letters that can be written now; two queries."""
    return [kind for kind in LetterKind if fits(kind, case)]
