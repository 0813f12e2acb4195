"""Who may write, issue and fetch official letters."""

from accounts.models import User
from accounts.roles import OFFICE, Role
from cases.letters.kinds import SIGNED_BY_LEADER, TO_COMPLAINANT
from cases.models import (
    Case,
    Letter,
)

from .handling import can_speak_for


def can_write_letters(user: User, case: Case) -> bool:
    """People of the office draft letters, mend their words and discard them."""
    return user.has_role(*OFFICE)


def can_issue_letter(user: User, letter: Letter) -> bool:
    """An office leader signs replies, refusals and circulars; the rest any officer, or the case's handler."""
    if letter.kind in SIGNED_BY_LEADER:
        return user.has_role(Role.OFFICE_LEADER)
    return user.has_role(Role.OFFICER) or can_speak_for(user, letter.case)


def can_fetch_letter(user: User, letter: Letter) -> bool:
    """Anybody of the office; what names a complainant only who issued it and who handles the case, who post it."""
    if letter.kind in TO_COMPLAINANT and letter.issued_at is not None:
        return user.has_role(*OFFICE) and (user.pk == letter.issued_by_id or can_speak_for(user, letter.case))
    return user.has_role(*OFFICE)


def can_change_templates(user: User) -> bool:
    """Office leaders and the system administrator keep the templates and numbers of letters."""
    return user.has_role(Role.OFFICE_LEADER, Role.SYSTEM_ADMIN)
