"""What workers do for the complaints."""

from typing import Any

import structlog
from celery import shared_task

from core import clock

from . import actions

log = structlog.get_logger(__name__)


@shared_task(name="complaints.tasks.expire_drafts")
def expire_drafts(**_extra: Any) -> None:
    """Delete the drafts whose time is up with their files, uploads that were abandoned, and phone proofs that are over."""
    at = clock.now()
    drafts, uploads, proofs = actions.expire(at=at), actions.expire_uploads(at=at), actions.expire_proofs(at=at)
    log.info("drafts expired", number=drafts, uploads=uploads, proofs=proofs)
