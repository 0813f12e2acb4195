"""Registers the cases and answers the ports of the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """What the office does about complaints."""

    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        """Answer what follows the acts of complainants, and say where people of the office and of the agencies start."""
        from accounts import landing
        from accounts.roles import AGENCY, OFFICE
        from complaints import ports
        from core import recomputing

        from . import actions, ended, notifications, tracking
        from .letters import papers
        from .triage import rules, suggesting

        ports.after_lodging.register(actions.follow_lodging)
        ports.after_rating.register(actions.take_rating)
        ports.after_message.register(actions.take_message)
        ports.after_supplement.register(actions.take_supplement)
        ports.after_withdrawal.register(actions.take_withdrawal)
        ports.after_review_request.register(actions.take_review_request)
        ports.after_reward_claim.register(actions.take_reward_claim)
        ports.after_consent.register(actions.take_consent)
        ports.after_locking.register(notifications.evidence_locked)
        ports.after_correction.register(actions.take_correction)
        ports.ended_on.register(ended.ended_on)
        ports.ended_before.register(ended.ended_before)
        ports.after_erasure.register(actions.forget_letters)
        ports.papers.register(papers.papers_of)
        ports.paper.register(actions.read_paper)
        ports.progress.register(tracking.progress)
        suggesting.register(rules.suggest)
        recomputing.register(actions.recount_open_limits)
        recomputing.register_policies(actions.apply_policies)
        ports.standings.register(tracking.standings)
        landing.register(lambda user: user.has_role(*OFFICE), "cases:list")
        landing.register(lambda user: user.has_role(*AGENCY), "cases:assignment_list")
