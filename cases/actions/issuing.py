"""A letter is issued: numbered, filled in with the name opened for it alone, sealed; then fetched, read, delivered."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE
from cases import notifications, permissions
from cases.letters import context, rendering
from cases.letters.context import ANONYMOUS, Sources
from cases.letters.gathering import in_use, is_out_of_place, masked_values, missing_in, prefix_of, sources_of, with_gaps
from cases.letters.kinds import TO_AGENCY, TO_COMPLAINANT
from cases.letters.papers import file_name, may_go_out
from cases.letters.words import number_in_words
from cases.models import Assignment, Case, Letter
from cases.redaction import held_of_others
from cases.workflow import Refused
from complaints.actions import reveal
from complaints.models import Complainant, Complaint
from complaints.purposes import Purpose
from core import clock, events, files, numbering
from core.cleaning.kinds import DOCX
from core.files import Examined, Opened

from .lettering import LetterNamesComplainant, check_plain, lock_letter, record
from .moving import ask, lock

_SERIES = "letter:"  # the counters of letters, each with the words before the year


class LetterIncomplete(Refused):
    """Something that the letter must say is not there."""


class LetterAway(Refused):
    """The letter cannot be handed out: it is being checked for viruses, it was erased, or it must not go out any more."""


class NotThatDay(Refused):
    """A letter reaches nobody before it is issued, nor in the future."""

    field = "on"


@transaction.atomic
def issue_letter(letter: Letter, *, by: User, version: int | None, looked_at: bool = False, at: datetime) -> Letter:
    """Give a draft its number and keep it sealed as it is from now on. What is refused uses no number up.

    Raises LetterDecided, LetterChanged, LetterIncomplete, LetterNamesComplainant, TemplateAway.
    """
    case = lock(letter.case)
    letter = lock_letter(letter, version)
    letter.case = case
    ask(permissions.can_issue_letter(by, letter))
    day, template = clock.day_of(at), in_use(letter.kind)
    sources, prefix = sources_of(letter, day), prefix_of(letter.kind)
    blank = masked_values(sources, number=number_in_words(prefix, day.year, None), day=day)
    draft = rendering.filled(template.content, with_gaps(blank))
    if is_out_of_place(letter) or missing_in(sources, blank, draft.used):
        raise LetterIncomplete(_("Something is still missing. Nothing was issued."))
    _check(rendering.text_of(draft.document), case, letter, looked_at=looked_at)
    letter.number = number_in_words(prefix, day.year, numbering.next_number(f"{_SERIES}{prefix}", day.year))
    values = context.values_of(sources, number=letter.number, day=day, addressee=_opened(sources, by=by, at=at))
    title = f"{letter.get_kind_display()} {letter.number}"
    letter.file = files.store(_examined(letter, rendering.rendered(template.content, with_gaps(values), title=title)), at=at)
    letter.issued_at, letter.issued_by, letter.template = at, by, template.row
    letter.version += 1
    letter.save(update_fields=["number", "file", "issued_at", "issued_by", "template", "version"])
    record(letter, "case.letter_issued", by=by, at=at, letter_number=letter.number)
    notifications.letter_issued(letter, at=at)
    return letter


def fetch_letter(letter: Letter, *, by: User, at: datetime) -> Opened:
    """Hand an issued letter out to somebody of the office; one that names a complainant is a look that he reads of.

    Raises LetterAway.
    """
    ask(permissions.can_fetch_letter(by, letter))
    opened = _handed_out(letter)
    with transaction.atomic():
        record(letter, "case.letter_fetched", by=by, at=at, letter_number=letter.number)
        if letter.complaint is not None and letter.complaint.is_named:
            _record_look(letter.complaint, "name", by=by, at=at)
    return opened


@transaction.atomic
def fetch_for_agency(assignment: Assignment, letter: Letter, *, by: User, at: datetime) -> Opened:
    """Hand a letter out to the agency that it is for; the first time is noted as its arrival. Raises LetterAway."""
    letter = Letter.objects.sent_with(assignment).select_for_update(of=("self",)).get(pk=letter.pk)
    opened = _handed_out(letter)
    if not by.has_role(*OFFICE):
        _note_read(letter, actor=events.user_id(by), at=at)
    record(letter, "case.letter_fetched", by=by, at=at, letter_number=letter.number)
    return opened


@transaction.atomic
def read_paper(complaint: Complaint, pk: int, at: datetime) -> Opened | None:
    """Hand a letter out to who filed the complaint; the first time is noted as its arrival. None when there is no such letter."""
    letter = Letter.objects.sent_to(complaint).select_for_update(of=("self",)).filter(pk=pk).first()
    if letter is None:
        return None
    letter.complaint = complaint
    try:
        opened = _handed_out(letter)
    except LetterAway:
        return None
    _note_read(letter, actor=events.CITIZEN, at=at)
    return opened


@transaction.atomic
def deliver_letter(letter: Letter, *, by: User, means: str, on: date, at: datetime) -> Letter:
    """Note how and when a letter reached somebody on paper; a second note corrects the first. Raises NotThatDay."""
    case = lock(letter.case)
    ask(permissions.can_write_letters(by, case))
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.issued_at is None or not clock.day_of(letter.issued_at) <= on <= clock.day_of(at):
        raise NotThatDay(_("Choose a day from the day of issue up to today."))
    letter.means, letter.delivered_on, letter.delivered_at, letter.delivered_by = Letter.Means(means), on, at, by
    letter.save(update_fields=["means", "delivered_on", "delivered_at", "delivered_by"])
    record(letter, "case.letter_delivered", by=by, at=at, means_of_delivery=means, delivered_on=on.isoformat())
    return letter


@transaction.atomic
def forget_letters(complaint: Complaint, at: datetime) -> None:
    """Erase the letters that name a complainant whose time is over (the answer to `complaints.ports.after_erasure`)."""
    for letter in Letter.objects.sent_to(complaint).select_for_update(of=("self",)):
        if letter.file is not None:
            files.forget(letter.file)


def _check(text: str, case: Case, letter: Letter, *, looked_at: bool) -> None:
    """Look through all that the letter says: to an agency nobody's data, to a complainant none of the others'."""
    if letter.kind in TO_AGENCY:
        check_plain(text, case, field=None, looked_at=looked_at)
    elif letter.kind in TO_COMPLAINANT and letter.complaint is not None:
        others = [one for one in held_of_others(text, case, letter.complaint) if not one.doubtful]
        if others:
            kinds = _(", ").join(dict.fromkeys(one.secret.label for one in others))
            raise LetterNamesComplainant(
                _("The letter tells its reader about another complainant: %(kinds)s. Take it out.") % {"kinds": kinds},
                field=None,
                columns=sorted({one.secret.column for one in others}),
            )


def _opened(sources: Sources, *, by: User, at: datetime) -> str:
    """Open the name for this one rendering and record it; the complainant reads that it was used for a letter."""
    complaint = sources.complaint
    if complaint is None:
        return sources.agency.name if sources.agency else ""
    if complaint.complainant is None or not complaint.is_named:
        return ANONYMOUS
    person: Complainant = complaint.complainant
    columns = ("organisation", "name") if person.kind == Complainant.Kind.ORGANISATION else ("name",)
    return " ".join(_value(complaint, column, by=by, at=at) for column in columns if getattr(person, f"{column}_sealed"))


def _value(complaint: Complaint, column: str, *, by: User, at: datetime) -> str:
    return reveal(complaint, column, by=by, purpose=Purpose.LETTER, at=at)


def _record_look(complaint: Complaint, column: str, *, by: User, at: datetime) -> None:
    role = next((str(role) for role in OFFICE if by.has_role(role)), "")
    facts: dict[str, events.Fact] = {"column": column, "purpose": Purpose.LETTER.value, "role": role}
    events.record("vault.revealed", subject=complaint.subject, actor=events.user_id(by), at=at, facts=facts)


def _note_read(letter: Letter, *, actor: str, at: datetime) -> None:
    if letter.read_at is None:
        letter.read_at = at
        letter.save(update_fields=["read_at"])
        facts: dict[str, events.Fact] = {"letter": letter.pk, "letter_kind": str(letter.kind), "letter_number": letter.number}
        events.record("case.letter_read", subject=letter.subject, actor=actor, at=at, facts=facts)


def _handed_out(letter: Letter) -> Opened:
    if letter.file is None or not may_go_out(letter, letter.complaint):
        raise LetterAway(_("This letter cannot be handed out now."))
    return files.opened(letter.file, name=file_name(letter))


def _examined(letter: Letter, content: bytes) -> Examined:
    """Wrap what the portal itself has made for the store; there is nothing to clean in it."""
    return Examined(f"{letter.kind}-{letter.pk}.docx", DOCX, content, content, b"", key=uuid.uuid4())
