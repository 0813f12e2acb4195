"""What was lost and what was done twice, asked of the tables, the store, the mail server, the ledger and the log."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.management import CommandError, call_command

from cases.models import Deadline
from complaints.models import Complaint, Evidence
from core import clock, files
from core.models import Delivery, Event, InboxItem, Notice
from supervisors.models import Payment
from supervisors.workflow import PaymentState

from .noted import Noted


@dataclass(frozen=True)
class Finding:
    """One question: how much was lost, how much doubled."""

    question: str
    asked: int
    lost: int = 0
    doubled: int = 0

    def __str__(self) -> str:
        mark = "ok    " if self.passed else "FAILED"
        return f"{mark} {self.question}: {self.asked} asked, {self.lost} lost, {self.doubled} doubled"

    @property
    def passed(self) -> bool:
        """Nothing lost, nothing doubled, and something was asked about."""
        return self.asked > 0 and not self.lost and not self.doubled


def findings(noted: Noted, message_ids: list[str]) -> Iterator[Finding]:
    """Ask everything."""
    yield _filings(noted)
    yield _files(noted)
    yield _acceptances(noted)
    yield _reminders()
    yield _messages(message_ids)
    yield _payments(noted)
    yield _command("the ledger balances", "audit_ledger")
    yield _command("the log verifies", "verify_log", "--append", "--no-progress")


def _filings(noted: Noted) -> Finding:
    kept = {marker: list(_named(marker)) for marker in noted.tried}
    lost = sum(number not in [row.number for row in kept[marker]] for marker, number in noted.filed.items())
    return Finding("every acknowledged filing exists once", len(noted.filed), lost, sum(len(rows) > 1 for rows in kept.values()))


def _files(noted: Noted) -> Finding:
    lost = doubled = 0
    for marker in noted.with_file & noted.filed.keys():
        kept = list(Evidence.objects.filter(complaint__in=_named(marker)).select_related("file"))
        lost += not kept or not files.clean_copy(kept[0].file)
        doubled += len(kept) > 1
    return Finding("its file is there and opens", len(noted.with_file), lost, doubled)


def _named(marker: str) -> "Iterator[Complaint]":
    return Complaint.objects.filter(working_copy__contains=marker)  # type: ignore[return-value]


def _acceptances(noted: Noted) -> Finding:
    subjects = [f"case:{pk}" for pk in noted.accepted]
    counted = Counter(Event.objects.filter(type="case.accepted", subject__in=subjects).values_list("subject", flat=True))
    return Finding(
        "every acknowledged acceptance happened once",
        len(subjects),
        sum(counted[one] == 0 for one in subjects),
        sum(counted[one] > 1 for one in subjects),
    )


def _reminders() -> Finding:
    """Every reminder that is due was written, and each lies in one inbox once (the key is unique)."""
    written = Notice.objects.filter(template="cases/reminder")
    inboxes = InboxItem.objects.filter(notice__in=written).count()
    late = Deadline.objects.remindable(clock.now()).count()
    return Finding("every reminder has one notice in one inbox", written.count(), late + written.count() - inboxes)


def _messages(message_ids: list[str]) -> Finding:
    """Each mail that was sent reached the mail server under its one id; none waits any more."""
    mails = Delivery.objects.filter(channel="email")
    sent = {f"<{one}@portal>" for one in mails.filter(state="sent").values_list("message_id", flat=True)}
    waiting = mails.filter(state="pending").count()
    return Finding(
        "every message left under one id", len(sent), len(sent - set(message_ids)) + waiting, len(set(message_ids) - _known())
    )


def _known() -> set[str]:
    return {f"<{one}@portal>" for one in Delivery.objects.values_list("message_id", flat=True)}


def _payments(noted: Noted) -> Finding:
    rows = Payment.objects.filter(payable__in=noted.owed, state__in=[PaymentState.SENT, PaymentState.SETTLED])
    counted = Counter(rows.values_list("payable", flat=True))
    settled = set(rows.filter(state=PaymentState.SETTLED).values_list("payable", flat=True))
    lost = sum(one not in settled for one in noted.paid)
    return Finding("every payment happened once", len(noted.paid), lost, sum(number > 1 for number in counted.values()))


def _command(question: str, *words: str) -> Finding:
    said = io.StringIO()
    try:
        call_command(*words, stdout=said, stderr=said)
    except CommandError:
        print(said.getvalue())  # noqa: T201 the drill speaks to whoever started it
        return Finding(question, 1, lost=1)
    return Finding(question, 1)
