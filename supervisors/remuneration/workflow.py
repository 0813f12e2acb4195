"""The states of a month's run, as data. Pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from supervisors.workflow import Transition


class RunState(TextChoices):
    """Where a run stands."""

    COMPUTING = "computing", pgettext_lazy("run", "Being computed")
    DRAFT = "draft", pgettext_lazy("run", "Draft")
    APPROVED = "approved", pgettext_lazy("run", "Approved")


RUN_TRANSITIONS: tuple[Transition, ...] = (
    Transition("computed", (RunState.COMPUTING,), RunState.DRAFT, _("the last statement is computed"), who=""),
    Transition(
        "recompute", (RunState.DRAFT,), RunState.COMPUTING, _("compute again"), who=Role.OFFICER, needs=_("adjustments stay")
    ),
    Transition(
        "approve",
        (RunState.DRAFT,),
        RunState.APPROVED,
        _("approve and lock"),
        who=Role.OFFICE_LEADER,
        needs=_("a person who neither computed nor adjusted it, and a budget that holds it"),
    ),
)
