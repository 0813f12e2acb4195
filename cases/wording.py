"""What happened to a case, in the office's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Event
from core.templatetags.portal import moment

TITLES: dict[str, str | Promise] = {
    "case.opened": _("Complaint received"),
    "case.accepted": _("Case accepted"),
    "case.declined": _("Case declined"),
    "case.handling": _("The office handles it itself"),
    "case.assigned": _("Assigned to an agency"),
    "case.received": _("Received by the agency"),
    "case.receipt_missed": _("Receipt limit passed, finish limit started"),
    "case.reported": _("Outcome reported"),
    "case.sent_back": _("Report sent back"),
    "case.approved": _("Report approved"),
    "case.replied": _("Reply given"),
    "case.rated": _("Rated by the complainant"),
    "case.followed_up": _("Followed up"),
    "case.closed": pgettext_lazy("event", "Case closed"),
    "case.imported": _("Taken over from another register"),
    "deadline.reminded": _("Reminder sent"),
    "vault.revealed": _("Personal data shown"),
}


def title_of(event: Event) -> str:
    """Return what happened in a few words."""
    return str(TITLES.get(event.type, event.type))


def what_changed(event: Event | None) -> str:
    """Say what happened last and when, for a reader whose page is out of date; names nobody."""
    if event is None:
        return str(_("The case was changed meanwhile."))
    return str(_("Meanwhile: %(what)s, %(when)s.") % {"what": title_of(event), "when": moment(event.at)})
