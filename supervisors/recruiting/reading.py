"""What the pages of recruitment show."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from core.templatetags.portal import day_week, moment
from supervisors import permissions
from supervisors.models import Call, Candidacy, Objection
from supervisors.models.roster import Kind
from supervisors.querysets import CandidacyQuerySet
from supervisors.workflow import LIVE_CANDIDACIES, CandidacyStatus

Facts = list[dict[str, Any]]


def open_call(pk: int, today: date) -> Call | None:
    """Return a call that takes nominations today."""
    return Call.objects.open_on(today).filter(pk=pk).first()


def candidates_of(call: Call, user: User) -> CandidacyQuerySet:
    """Return who was nominated upon a call."""
    return Candidacy.objects.visible_to(user).for_list().filter(call=call)


def objection_of(row: Candidacy, pk: int) -> Objection | None:
    """Return an objection that is to be settled."""
    return row.objections.filter(pk=pk, settled_at__isnull=True).first()


def candidacy_page(row: Candidacy, user: User, today: date) -> dict[str, Any]:
    """Return what the page of one candidate shows."""
    ways = permissions.moves_of(user, row)
    waits = row.notice_until is not None and today <= row.notice_until
    objections = list(row.objections.select_related("noted_by", "settled_by").order_by("pk"))
    if "appoint" in ways and (waits or any(one.settled_at is None or one.is_founded for one in objections)):
        ways.remove("appoint")
    links = [
        {
            "title": question(way)[0],
            "url": reverse("supervisors:move", args=[row.pk, way]),
            "primary": place == 0 and way not in _ENDS,
        }
        for place, way in enumerate(ways)
    ]
    return {
        "row": row,
        "facts": facts_of(row),
        "steps": steps_of(row),
        "links": links,
        "objections": objections,
        "is_live": row.status in LIVE_CANDIDACIES,
        "is_public": row.status == CandidacyStatus.PUBLISHED,
        "waits": waits and row.status == CandidacyStatus.PUBLISHED,
        "is_candidate": permissions.is_candidate(user, row),
    }


_ENDS = ("decline", "withdraw")


def facts_of(row: Candidacy) -> Facts:
    """Return who it is."""
    return [
        {"term": _("Name"), "value": row.full_name},
        {"term": pgettext("of supervisor", "Kind"), "value": row.call.get_kind_display()},
        {"term": _("From"), "value": str(row.home_agency or row.get_background_display())},
        {"term": _("Nominated by"), "value": row.get_source_display(), "note": moment(row.nominated_at)},
        {"term": _("What speaks for this person?"), "value": row.statement},
    ]


def steps_of(row: Candidacy) -> list[dict[str, str]]:
    """Return who did what, and when, oldest first."""
    done = [
        (_("Checked: no sanction"), row.checked_at, row.checked_by, row.check_note),
        (pgettext("candidacy", "Approved"), row.approved_at, row.approved_by, ""),
        (pgettext("candidacy", "Put under public notice"), row.published_at, row.published_by, _until(row)),
        (pgettext("candidacy", "Appointed"), row.appointed_at, row.appointed_by, ""),
        (row.get_status_display(), row.ended_at, row.ended_by, row.end_reason),
    ]
    return [{"title": str(title), "at": moment(at), "who": str(by), "text": note} for title, at, by, note in done if at and by]


def _until(row: Candidacy) -> str:
    return _("until %(day)s") % {"day": day_week(row.notice_until)} if row.notice_until else ""


def question(move: str) -> tuple[str, str]:
    """Return the heading of a move's page and what it means."""
    days = {"n": settings.NOTICE_WORKING_DAYS}
    return {
        "check": (
            _("Check the candidate"),
            _("Look whether the person has been sanctioned. An office leader, not you, approves."),
        ),
        "approve": (
            _("Approve the candidate"),
            _("You say that this person should become a supervisor. Then comes the public notice."),
        ),
        "publish": (
            _("Put under public notice"),
            _(
                "For %(n)d working days everybody may object."
                " Of volunteers only the family name is shown: their agencies must not learn who they are."
            )
            % days,
        ),
        "appoint": (_("Appoint"), _("The person gets an account, a term and the next certificate.")),
        "decline": (_("Do not take"), _("The reason stays in the file.")),
        "withdraw": (_("Note a withdrawal"), _("The candidate does not want to any more.")),
    }[move]


def said(move: str) -> str:
    """Say that a move was made."""
    return {
        "check": _("Checked. An office leader decides."),
        "approve": _("Approved. Now the public notice can begin."),
        "publish": _("The public notice runs."),
        "appoint": _("Appointed. Certificate and card can be printed."),
        "decline": _("The candidate was not taken."),
        "withdraw": _("The withdrawal is noted."),
    }[move]


def public_page(today: date) -> dict[str, Any]:
    """Return what everybody may see: the calls that are open, and who is under notice."""
    calls = Call.objects.open_on(today).for_list()[:50]
    notices = [notice_of(row) for row in Candidacy.objects.under_notice(today)[:500]]
    return {"calls": [{"call": call, "is_for_all": call.kind == Kind.FULL_TIME} for call in calls], "notices": notices}


def notice_of(row: Candidacy) -> dict[str, Any]:
    """Return how the public sees a candidate: of a volunteer the first character of the name alone, and never the agency."""
    is_hidden = row.call.kind == Kind.VOLUNTEER
    return {
        "name": f"{row.full_name[0]}**" if is_hidden else row.full_name,
        "kind": row.call.get_kind_display(),
        "background": row.get_background_display(),
        "until": row.notice_until,
    }


def counted(calls: list[Call]) -> dict[int, dict[str, int]]:
    """Return how many candidates each call has, and how many were appointed."""
    rows = Candidacy.objects.filter(call__in=calls).values("call").order_by("call")
    found = rows.annotate(n=Count("pk"), appointed=Count("pk", filter=Q(status="appointed")))
    return {row["call"]: {"n": row["n"], "appointed": row["appointed"]} for row in found}
