"""What workers do for the complaints."""

from typing import Any

import structlog
from celery import shared_task

from core import clock

from . import actions

log = structlog.get_logger(__name__)


@shared_task(name="complaints.tasks.expire_drafts")
def expire_drafts(**_extra: Any) -> None:
    """Delete the drafts whose time is up with their files, and uploads that were abandoned."""
    at = clock.now()
    log.info("drafts expired", number=actions.expire(at=at), uploads=actions.expire_uploads(at=at))


@shared_task(name="complaints.tasks.forget_proofs")
def forget_proofs(**_extra: Any) -> None:
    """Delete numbers that were being proved, once their code is too old."""
    actions.forget_proofs(at=clock.now())


@shared_task(name="complaints.tasks.erase_expired")
def erase_expired(**_extra: Any) -> None:
    """Erase what names people in matters whose retention time is over."""
    total = actions.Erasure()
    for done in actions.erase_expired(at=clock.now()):
        total.add(done)
    log.info("retention", erased=total.erased, held=total.held, waiting=total.waiting, locked=total.locked)
