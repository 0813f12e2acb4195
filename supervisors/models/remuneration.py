"""Remuneration of full-time supervisors: the dated rules, a run a month, a statement a person, and the account to pay to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supervisors.remuneration.computing import Kind, Proration, Rate
from supervisors.remuneration.querysets import RuleQuerySet, RunQuerySet, StatementQuerySet
from supervisors.remuneration.workflow import RunState

from .ledger import Budget
from .payables import Payable
from .roster import Supervisor

_PERSON = settings.AUTH_USER_MODEL
_A_MONTH = Q(month__day=1)


class RemunerationRule(models.Model):
    """What is paid from a month on, until a later rule. Rules are only added: what was paid by one can be read for ever."""

    class Proration(models.TextChoices):
        """What becomes of the monthly amounts when somebody served a part of the month."""

        DAYS = Proration.DAYS.value, _("By the days of the month")
        WORKING_DAYS = Proration.WORKING_DAYS.value, _("By the working days of the month")
        WHOLE = Proration.WHOLE.value, _("In full, for a single day too")
        ONLY_WHOLE = Proration.ONLY_WHOLE.value, _("Only for a month served in full")

    since = models.DateField()  # the first day of a month
    monthly_fen = models.PositiveBigIntegerField()
    allowance_fen = models.PositiveBigIntegerField()  # a month, for transport and telephone
    duty_day_fen = models.PositiveBigIntegerField()
    inspection_fen = models.PositiveBigIntegerField()
    proration = models.CharField(max_length=12, choices=Proration.choices)
    basis = models.CharField(max_length=200)  # the document on which it rests
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(since__day=1), name="remuneration_rule_from_a_first"),
            models.CheckConstraint(condition=~Q(basis=""), name="remuneration_rule_has_basis"),
            models.CheckConstraint(condition=Q(proration__in=list(Proration)), name="remuneration_rule_proration_known"),
        ]
        indexes = [models.Index(fields=["-since", "-id"], name="remuneration_rule_by_month")]

    def __str__(self) -> str:
        return f"{self.since} {self.basis}"

    @property
    def rate(self) -> Rate:
        """The amounts as the pure rules take them."""
        way = Proration(self.proration)
        return Rate(self.monthly_fen, self.allowance_fen, self.duty_day_fen, self.inspection_fen, way)


class RemunerationRun(models.Model):
    """The remuneration of one month: computed by one person, approved by another, and locked then (a trigger)."""

    month = models.DateField(unique=True)  # its first day
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, null=True, blank=True, related_name="runs")
    state = models.CharField(max_length=9, choices=RunState.choices, default=RunState.COMPUTING)
    version = models.PositiveIntegerField(default=1)  # a stale page is told
    people = models.PositiveIntegerField(default=0)  # for whom it is computed
    done = models.PositiveIntegerField(default=0)  # of them
    last_done = models.PositiveBigIntegerField(default=0)  # supervisors are computed in the order of their ids
    total_fen = models.BigIntegerField(default=0)
    computed_at = models.DateTimeField()  # asked for, the last time
    computed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_A_MONTH, name="remuneration_run_of_a_month"),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="remuneration_run_state_known"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("computed_by")), name="remuneration_run_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False, approved_by__isnull=False, budget__isnull=False)
                | ~Q(state="approved") & Q(approved_at__isnull=True, approved_by__isnull=True),
                name="remuneration_run_approved_whole",
            ),
            # One month at a time: what is approved decides what the next one corrects.
            models.UniqueConstraint(models.Value(1), condition=~Q(state="approved"), name="remuneration_run_one_under_way"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.state}"

    @property
    def subject(self) -> str:
        """The text id by which events name it."""
        return f"remuneration_run:{self.pk}"


class RemunerationStatement(models.Model):
    """What one supervisor gets in a run. Below zero nothing is paid, and the next run carries it."""

    run = models.ForeignKey(RemunerationRun, on_delete=models.PROTECT, related_name="statements")
    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="statements")
    total_fen = models.BigIntegerField(default=0)
    payable = models.OneToOneField(Payable, on_delete=models.PROTECT, null=True, blank=True, related_name="statement")

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "supervisor"], name="remuneration_statement_once"),
            models.CheckConstraint(
                condition=Q(payable__isnull=True) | Q(total_fen__gt=0), name="remuneration_statement_paid_above_zero"
            ),
        ]
        indexes = [models.Index(fields=["supervisor", "-id"], name="remuneration_by_supervisor")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.supervisor_id}"

    @property
    def cause(self) -> str:
        """The text id of what is owed for it."""
        return f"remuneration:{self.pk}"


class RemunerationLine(models.Model):
    """One line of a statement with all that its sum needs; of an earlier month, what was approved for it before."""

    class Kind(models.TextChoices):
        """What it is for."""

        MONTHLY = Kind.MONTHLY.value, _("Monthly remuneration")
        ALLOWANCE = Kind.ALLOWANCE.value, _("Allowance for transport and telephone")
        DUTY_DAYS = Kind.DUTY_DAYS.value, _("Duty days")
        INSPECTIONS = Kind.INSPECTIONS.value, pgettext_lazy("remuneration", "Inspections")
        CARRIED = Kind.CARRIED.value, _("Carried over from the statement before")

    statement = models.ForeignKey(RemunerationStatement, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    month = models.DateField()
    amount_fen = models.BigIntegerField()
    rate_fen = models.PositiveBigIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    part = models.PositiveSmallIntegerField(default=0)
    whole = models.PositiveSmallIntegerField(default=0)
    before_fen = models.BigIntegerField(null=True, blank=True)
    proration = models.CharField(max_length=12, choices=RemunerationRule.Proration.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "kind", "month"], name="remuneration_line_once"),
            models.CheckConstraint(condition=_A_MONTH, name="remuneration_line_of_a_month"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="remuneration_line_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.kind} {self.month}"


class RemunerationAdjustment(models.Model):
    """An amount that a person adds to a statement or takes off it, with the reason; computing again leaves it."""

    statement = models.ForeignKey(RemunerationStatement, on_delete=models.PROTECT, related_name="adjustments")
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="remuneration_adjustment_moves"),
            models.CheckConstraint(condition=~Q(reason=""), name="remuneration_adjustment_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.amount_fen}"


class PayAccount(models.Model):
    """How a full-time supervisor wants the remuneration, sealed; each amount owed gets a copy under its own name in the vault."""

    supervisor = models.OneToOneField(Supervisor, on_delete=models.PROTECT, related_name="pay_account")
    means = models.CharField(max_length=5, choices=Payable.Means.choices)
    holder_sealed = models.BinaryField(null=True)
    bank_sealed = models.BinaryField(null=True)
    account_sealed = models.BinaryField(null=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(means="cash", holder_sealed__isnull=True, bank_sealed__isnull=True, account_sealed__isnull=True)
                | Q(means="bank", holder_sealed__isnull=False, bank_sealed__isnull=False, account_sealed__isnull=False),
                name="pay_account_whole",
            )
        ]

    def __str__(self) -> str:
        return f"pay account of {self.supervisor_id}"

    @property
    def vault_row(self) -> str:
        """The row's name in the vault; known before the row is saved."""
        return f"pay_account:{self.supervisor_id}"
