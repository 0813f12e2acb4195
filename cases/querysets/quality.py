"""Reviews, accountability and nominations, as the office finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.roles import OFFICE, Role

from .visibility import recused

if TYPE_CHECKING:
    from accounts.models import User
    from cases.models import (
        Nomination,
        Responsibility,
        Review,
        WrongCaseReview,
    )


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews of replies."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(recused(user, "case__"))

    def for_detail(self) -> Self:
        """Return reviews with what was asked, their case and who answered, the oldest first."""
        people = ("answered_by", "case__handler", "case__replied_by", "case__agency", "case__respondent_agency")
        return self.select_related("request__complaint__withdrawal", "request__complaint__complainant", *people).order_by("id")

    def waiting(self) -> Self:
        """Return the reviews to answer; who withdraws waits for no answer."""
        return self.filter(outcome="", request__complaint__withdrawal__isnull=True)


class WrongCaseReviewQuerySet(models.QuerySet["WrongCaseReview"]):
    """Reviews of who is responsible for a wrong case."""

    def visible_to(self, user: User) -> Self:
        """Return to office leaders those of the cases that they see, but for those in which they are named themselves."""
        if not user.has_role(Role.OFFICE_LEADER):
            return self.none()
        return self.exclude(recused(user, "case__")).exclude(people__account=user)

    def open(self) -> Self:
        """Return the reviews that have not come to anything yet."""
        return self.filter(concluded_at__isnull=True)

    def for_detail(self) -> Self:
        """Return reviews with their case, the people in them and who acted, the newest first."""
        acted = ("opened_by", "concluded_by")
        rows = self.select_related("case__agency", "case__respondent_agency", "case__handler", *acted)
        return rows.prefetch_related("people__decided_by", "people__answered_by").order_by("-pk")


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    """People's parts in wrong cases."""

    def visible_to(self, user: User) -> Self:
        """Return to office leaders those in the reviews that they see."""
        if not user.has_role(Role.OFFICE_LEADER):
            return self.none()
        return self.exclude(recused(user, "review__case__")).exclude(review__people__account=user)

    def about(self, user: User) -> Self:
        """Return to the person named what concerns him, from the decision on."""
        return self.filter(account=user, decided_at__isnull=False)

    def for_detail(self) -> Self:
        """Return them with their review, its case and who acted, the newest first."""
        return self.select_related("review__case", "review__opened_by", "account", "decided_by", "answered_by").order_by("-pk")


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Nominations of excellent cases."""

    def visible_to(self, user: User) -> Self:
        """Return to the office those of the cases that the person sees, and nothing to anyone else."""
        if not user.has_role(*OFFICE):
            return self.none()
        return self.exclude(recused(user, "case__"))

    def for_detail(self) -> Self:
        """Return nominations with their case and who nominated and chose."""
        return self.select_related("case__agency", "case__handler", "nominated_by", "chosen_by")
