"""What a monitor asks for at /metrics/, in Prometheus' text form: what waits, since when, and what lives. Numbers only."""

from collections.abc import Iterator
from datetime import datetime

from axes.models import AccessAttempt
from django.db.models import Min, Sum
from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge

from cases.models import Deadline
from core import clock
from core.models import Delivery, Event, Leaf, TreeHead

from .health import report

__all__ = ["CONTENT_TYPE", "text"]


def text() -> bytes:
    """Return all measures of this moment; each is a short walk of an index, however much is stored."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Portal())
    return generate_latest(registry)


class _Portal:
    """Collects what the tables and signs of life tell."""

    def collect(self) -> Iterator[Gauge]:
        now = clock.now()
        up = Gauge("portal_up", "Whether a part of the portal answers (1) or not (0).", labels=["part"])
        parts = report()
        for part, answer in parts.items():
            up.add_metric([part], answer == "ok")
        yield up
        if parts["database"] == "ok":
            yield from _deliveries(now)
            yield from _reminders(now)
            yield from _log(now)
            yield from _sign_ins(now)


def _deliveries(now: datetime) -> Iterator[Gauge]:
    due = Delivery.objects.filter(state=Delivery.State.PENDING, next_at__lte=now)
    dead = Delivery.objects.filter(state=Delivery.State.DEAD)
    yield Gauge("portal_deliveries_due", "Messages that should have left.", due.count())
    yield Gauge("portal_deliveries_due_age_seconds", "How long the oldest of them waits.", _age(now, _first(due, "next_at")))
    yield Gauge("portal_deliveries_dead", "Messages that were given up.", dead.count())


def _reminders(now: datetime) -> Iterator[Gauge]:
    due = Deadline.objects.remindable(now).order_by()
    oldest = _first(due, "next_reminder_at")
    yield Gauge("portal_reminders_late_seconds", "How long the oldest reminder waits for its sweep.", _age(now, oldest))


def _log(now: datetime) -> Iterator[Gauge]:
    last = Leaf.objects.order_by("-position").values_list("event", flat=True).first()
    waiting = Event.objects.filter(pk__gt=last or 0)
    oldest = waiting.order_by("pk").values_list("at", flat=True).first()
    head = TreeHead.objects.order_by("-size").values_list("signed_at", flat=True).first()
    yield Gauge("portal_log_lag_seconds", "How long the oldest event waits for its place in the log.", _age(now, oldest))
    yield Gauge("portal_log_head_age_seconds", "How old the newest signed head is.", _age(now, head))


def _sign_ins(now: datetime) -> Iterator[Gauge]:
    failed = AccessAttempt.objects.aggregate(n=Sum("failures_since_start"))["n"]
    yield Gauge("portal_sign_ins_failed", "Failed sign-ins that still count towards a lock-out.", failed or 0)


def _first(rows: object, field: str) -> datetime | None:
    return rows.aggregate(first=Min(field))["first"]  # type: ignore[attr-defined, no-any-return]


def _age(now: datetime, since: datetime | None) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
