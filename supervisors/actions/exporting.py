"""Notes that the ledger left the house."""

from datetime import datetime

from accounts.models import User
from core import events
from supervisors import permissions
from supervisors.models import Budget

from .asking import ask


def note_audit_export(budget: Budget | None, *, by: User, at: datetime) -> None:
    """Note that an auditor took the lines of a budget away."""
    ask(permissions.can_audit(by))
    subject = f"budget:{budget.pk}" if budget else "ledger"
    events.record("ledger.exported", subject=subject, actor=events.user_id(by), at=at)
