"""Official letters: drafted when something calls for one."""

from datetime import datetime

from accounts.models import User
from agencies.models import Agency
from cases.letters.kinds import LetterKind
from cases.models import Case, Letter
from complaints.models import Complaint
from core import events


def draft_letter(
    case: Case,
    kind: LetterKind,
    *,
    cause: str,
    at: datetime,
    complaint: Complaint | None = None,
    agency: Agency | None = None,
    author: User | None = None,
) -> Letter | None:
    """Draft a letter once for a cause (`deadline:17`, `report:3`); None when it has been drafted before.

    Without an author the portal itself drafts it. Runs in the transaction of what calls for it.
    """
    letter, is_new = Letter.objects.get_or_create(
        case=case,
        kind=kind,
        cause=cause,
        defaults={"complaint": complaint, "agency": agency, "author": author, "created_at": at},
    )
    if not is_new:
        return None
    actor = events.user_id(author) if author else events.SYSTEM
    facts: dict[str, events.Fact] = {"letter": letter.pk, "letter_kind": kind.value, "agency": agency.pk if agency else None}
    events.record("case.letter_drafted", subject=case.subject, actor=actor, at=at, facts=facts)
    return letter
