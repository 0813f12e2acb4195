"""What happens between complainant and office after filing: messages, more evidence, withdrawal."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext, ngettext

from accounts.models import User
from complaints import notifications, ports, uploads
from complaints.asking import possible_now
from complaints.filing import masked
from complaints.models import Complaint, Consent, Evidence, Message, Withdrawal
from complaints.possible import Possible
from complaints.reading import filer_of
from core import clock, events, files, vault

from .discarding import discard_halves

_WRITTEN = {Message.Side.COMPLAINANT: "complaint.message_received", Message.Side.OFFICE: "complaint.message_sent"}


class MessageRefused(Exception):
    """The complainant can write no more; the message says why and what to do."""


class SupplementRefused(Exception):
    """No more evidence can be added; the message says why and what to do."""


class WithdrawalRefused(Exception):
    """The complaint cannot be withdrawn, now or again; the message is fit to show."""


@dataclass
class Supplement:
    """What became of the files of one sending: those kept, and why others were not."""

    kept: list[Evidence] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def write(complaint: Complaint, text: str, *, token: str, at: datetime, by: User | None = None) -> Message:
    """Keep a message: the complainant's, or the office's when somebody of it writes, and tell the other side.

    The same text from the same page (`token`) is written once; a second sending returns the first. Raises MessageRefused.
    """
    complaint = _lock(complaint)
    once = vault.blind_index(f"{complaint.pk}\n{token}\n{text}", kind="message")
    if already := Message.objects.filter(complaint=complaint, once=once).first():
        return already
    if by is None and not (found := _possible(complaint, at)).write:
        raise MessageRefused(found.why_no_message)
    message = Message(complaint=complaint, side=Message.Side.OFFICE if by else Message.Side.COMPLAINANT, once=once, sent_by=by)
    message.text_sealed = vault.seal(text, row=message.vault_row, column="text")
    message.text_copy, message.sent_at = masked(text, filer_of(complaint)), at
    message.save(force_insert=True)
    actor = events.user_id(by) if by else events.CITIZEN
    events.record(_WRITTEN[Message.Side(message.side)], subject=complaint.subject, actor=actor, at=at)
    _tell_other_side(complaint, message, at)
    return message


def note_seen(messages: Iterable[int], *, at: datetime) -> None:
    """Note that these messages are before the eyes of those to whom they were written."""
    if shown := list(messages):
        Message.objects.filter(pk__in=shown, seen_at__isnull=True).update(seen_at=at)


def supplement(complaint: Complaint, sent: Sequence[UploadedFile[Any]], *, at: datetime) -> Supplement:
    """Add evidence to an open matter: every file that can be taken is; one that is there already is not kept twice.

    Raises SupplementRefused when the matter takes none any more.
    """
    there, room = uploads.fingerprints(complaint), uploads.room(complaint)
    taken = Supplement()
    checked: list[files.Examined] = []
    for upload in sent:
        if (digest := _digest(upload)) not in there:
            there |= {digest}
            _check(upload, checked, taken, room=room)  # takes its time, so that no lock is held meanwhile
    return _keep(complaint, checked, taken, at=at)


@transaction.atomic
def _keep(complaint: Complaint, checked: Sequence[files.Examined], taken: Supplement, *, at: datetime) -> Supplement:
    complaint = lock_for_supplement(complaint, at=at)
    for one in checked:
        discard_halves(complaint, one.sha256)
    there, room = uploads.fingerprints(complaint), uploads.room(complaint)
    for one in checked:
        if one.sha256 not in there and len(taken.kept) < room:  # the same page may have been sent twice at once
            taken.kept.append(Evidence.objects.create(complaint=complaint, file=files.store(one, at=at), added_at=at))
    if taken.kept:
        facts: dict[str, events.Fact] = {"files": len(taken.kept)}
        events.record("complaint.supplemented", subject=complaint.subject, actor=events.CITIZEN, at=at, facts=facts)
        ports.after_supplement(complaint, taken.kept, at)
    return taken


def add_examined(complaint: Complaint, checked: files.Examined, *, at: datetime) -> None:
    """Add one file that was looked at. Raises SupplementRefused."""
    _keep(complaint, [checked], Supplement(), at=at)


def lock_for_supplement(complaint: Complaint, *, at: datetime) -> Complaint:
    """Lock a complaint to which evidence can be added. Raises SupplementRefused."""
    complaint = _lock(complaint)
    if not _possible(complaint, at).supplement:
        raise SupplementRefused(gettext("The matter has ended, so no more evidence can be added"))
    return complaint


@transaction.atomic
def withdraw(complaint: Complaint, reason: str, *, at: datetime) -> Withdrawal:
    """Withdraw the complaint and revoke every consent; the room above decides what ends. Raises WithdrawalRefused."""
    complaint = _lock(complaint)
    if Withdrawal.objects.filter(complaint=complaint).exists():
        raise WithdrawalRefused(gettext("You have withdrawn it already"))
    if not _possible(complaint, at).withdraw:
        raise WithdrawalRefused(gettext("The matter has ended already, so there is nothing to withdraw"))
    withdrawal = Withdrawal(complaint=complaint, withdrawn_at=at, reason_copy=masked(reason, filer_of(complaint)))
    if reason:
        withdrawal.reason_sealed = vault.seal(reason, row=withdrawal.vault_row, column="reason")
    withdrawal.save(force_insert=True)
    events.record("complaint.withdrawn", subject=complaint.subject, actor=events.CITIZEN, at=at)
    notifications.withdrawn(complaint, at=at)
    ports.after_withdrawal(complaint, withdrawal, at)
    # After the case was locked, as acceptance does it: two who take the same locks take them in the same order.
    Consent.objects.filter(complaint=complaint, revoked_at__isnull=True).update(revoked_at=at)
    return withdrawal


def _lock(complaint: Complaint) -> Complaint:
    """Lock the complaint. The case, if it is locked too, comes after it, here as everywhere.

    Not its key: who holds the case may write rows that name the complaint, and would wait for us while we wait for the case.
    """
    return Complaint.objects.select_for_update(of=("self",), no_key=True).select_related("complainant").get(pk=complaint.pk)


def _possible(complaint: Complaint, at: datetime) -> Possible:
    withdrawn = Withdrawal.objects.filter(complaint=complaint).exists()
    return possible_now(ports.progress(complaint), withdrawn=withdrawn, today=clock.day_of(at))


def _tell_other_side(complaint: Complaint, message: Message, at: datetime) -> None:
    """One notice until it is looked at, however many messages follow."""
    oldest = (
        Message.objects.filter(complaint=complaint, side=message.side, seen_at__isnull=True).order_by("pk").first() or message
    )
    if message.from_office:
        notifications.written(complaint, oldest, at=at)
    else:
        ports.after_message(complaint, oldest, at)


def _check(upload: UploadedFile[Any], checked: list[files.Examined], taken: Supplement, *, room: int) -> None:
    """Check one file, or note why it cannot be taken."""
    if len(checked) >= room:
        taken.refused.append(no_room(upload.name or ""))
        return
    try:
        checked.append(files.examine(upload))
    except files.FileRefused as refusal:
        taken.refused.append(str(refusal))


def no_room(name: str) -> str:
    """Say that a file cannot be taken because there are as many as can be added after filing."""
    most = settings.UPLOAD_MAX_FILES
    words = ngettext(
        "“%(name)s” was not taken: %(n)d file can be added after filing",
        "“%(name)s” was not taken: %(n)d files can be added after filing",
        most,
    )
    return words % {"name": name, "n": most}


def _digest(upload: UploadedFile[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
