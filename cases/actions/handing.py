"""Hands a post of an agency on with its open matters, and takes the successor's word that they have arrived."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import actions as agency_actions
from agencies.models import Post
from cases import outbox, permissions
from cases.assignments import Part, part_of
from cases.handing.rules import may_succeed, open_with
from cases.handing.telling import handed_over
from cases.models import Assignment, Case, Handover, HandoverLine
from cases.workflow import Refused
from core import clock, events
from core.models import InboxItem

from .moving import ask

Matter = tuple[Case, Assignment | None, str]


class PostOver(Refused):
    """The post has changed hands already, or only just now."""


class CannotSucceed(Refused):
    """This person cannot take the post. The message never tells why, or it would tell who is in another agency."""

    field = "to"


@transaction.atomic
def hand_over_post(post: Post, *, to: User | None, by: User, at: datetime) -> Handover:
    """Put a successor into a post today, with the list of what is open there. Reminders follow the post.

    Cases are locked before they are written down: a report made at the same moment is in the list, or comes too late.
    Raises PostOver and CannotSucceed.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("agency__parent", "user").get(pk=post.pk)
    ask(permissions.can_hand_over_post(by, post))
    day = clock.day_of(at)
    if post.until is not None or post.since >= day:
        raise PostOver(_("This post has changed hands today or before; it can be handed over again from tomorrow."))
    if to is None or not may_succeed(to, post):
        raise CannotSucceed(_("Nobody with this sign-in name can take the post. Look at the name, or ask the complaints office."))
    ids = open_with(post).order_by("case").values_list("case", flat=True)
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk"))
    handover = Handover.objects.create(
        agency=post.agency, kind=post.kind, handed_from=post.user, handed_to=to, handed_at=at, handed_by=by
    )
    lines = write_lines(handover, [(one.case, one, part_of(one)) for one in open_with(post)])
    agency_actions.pass_on(post, to, on=day)
    facts: dict[str, events.Fact] = {"handover": handover.pk, "kind": post.kind, "matters": len(lines)}
    facts |= {"from": post.user_id, "recipients": [to.pk]}
    subject = f"agency:{post.agency_id}"
    events.record("post.handed_over", subject=subject, actor=events.user_id(by), at=at, facts=facts)
    handed_over(handover, at=at)
    return handover


@transaction.atomic
def confirm_handover(handover: Handover, *, by: User, at: datetime) -> Handover:
    """The successor has taken it over; saying so twice changes nothing."""
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    ask(permissions.can_confirm_handover(by, handover))
    if handover.confirmed_at is None:
        handover.confirmed_at, handover.confirmed_by = at, by
        handover.save(update_fields=["confirmed_at", "confirmed_by"])
        subject = f"agency:{handover.agency_id}" if handover.agency_id else events.user_id(handover.handed_from)
        facts: dict[str, events.Fact] = {"handover": handover.pk}
        events.record("post.handover_confirmed", subject=subject, actor=events.user_id(by), at=at, facts=facts)
    return handover


def write_lines(handover: Handover, matters: Iterable[Matter]) -> list[HandoverLine]:
    """Write down each open matter as it stands, with how many notices about it the one who leaves has not read."""
    matters = list(matters)
    paths = {case.pk: outbox.assignment_path(row) if row else outbox.case_path(case) for case, row, _part in matters}
    waiting = InboxItem.objects.filter(user=handover.handed_from, read_at=None, notice__facts__path__in=list(paths.values()))
    unread = Counter(waiting.values_list("notice__facts__path", flat=True))
    return HandoverLine.objects.bulk_create(
        HandoverLine(
            handover=handover,
            case=case,
            assignment=row,
            status=case.status,
            part=part,
            due_on=None if part in {Part.GIVEN, Part.ENDED} else case.due_on,
            unread=unread[paths[case.pk]],
        )
        for case, row, part in matters
    )
