"""Official letters: drafted when something calls for one or by hand, put into words, discarded."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from cases import permissions
from cases.letters.fitting import fits
from cases.letters.kinds import TO_AGENCY, TO_COMPLAINANT, LetterKind
from cases.letters.words import fields_of
from cases.models import Case, Letter
from cases.redaction import Held, held_in
from cases.workflow import Refused
from complaints.models import Complaint, Kind
from core import events
from core.masking import MASK

from .checking import NamesComplainant
from .moving import ask, lock

_REASON = 200
_AROUND = 6  # characters


class LetterDecided(Refused):
    """Somebody else has issued or discarded the letter already."""


class LetterChanged(Refused):
    """The draft was changed after the page had been opened."""


class DoesNotFit(Refused):
    """The case is not in a state for such a letter, or the letter would reach nobody."""

    field = "kind"


class LetterNamesComplainant(NamesComplainant):
    """The words of a letter hold data of a complainant; they are kept in plain, so that none may stand in them."""

    def __init__(self, message: str, *, field: str | None, columns: list[str]) -> None:
        """Say in which words, and what was found in them."""
        super().__init__(message)
        self.field, self.columns = field, columns


def draft_letter(
    case: Case,
    kind: LetterKind,
    *,
    cause: str,
    at: datetime,
    complaint: Complaint | None = None,
    agency: Agency | None = None,
    author: User | None = None,
) -> Letter | None:
    """Draft a letter once for a cause (`deadline:17`, `report:3`); None when it has been drafted before.

    Without an author the portal itself drafts it. Runs in the transaction of what calls for it.
    """
    letter, is_new = Letter.objects.get_or_create(
        case=case,
        kind=kind,
        cause=cause,
        defaults={"complaint": complaint, "agency": agency, "author": author, "created_at": at},
    )
    if not is_new:
        return None
    actor = events.user_id(author) if author else events.SYSTEM
    events.record("case.letter_drafted", subject=case.subject, actor=actor, at=at, facts=facts_of(letter))
    return letter


def draft_to_complainants(case: Case, kind: LetterKind, *, cause: str, at: datetime) -> None:
    """Draft a letter for each complainant of the case, but for tips, which get no answer, and for who has withdrawn."""
    rows = Complaint.objects.filter(case_link__case=case, withdrawal__isnull=True).exclude(kind=Kind.TIP)
    for complaint in rows.order_by("pk"):
        draft_letter(case, kind, cause=f"{cause}:{complaint.pk}", at=at, complaint=complaint)


@transaction.atomic
def draft_by_hand(
    case: Case,
    *,
    by: User,
    kind: str,
    token: str,
    at: datetime,
    complaint: Complaint | None = None,
    agency: Agency | None = None,
) -> Letter:
    """Draft a letter that fits the case's state; a form that is sent twice (the same `token`) drafts one. Raises DoesNotFit."""
    case = lock(case)
    ask(permissions.can_write_letters(by, case))
    chosen = LetterKind(kind)
    belongs = case.links.filter(complaint=complaint).exists() if chosen in TO_COMPLAINANT else complaint is None
    sent = case.assignments.filter(agency=agency).exists() if chosen in TO_AGENCY else agency is None
    if not (belongs and sent and fits(chosen, case)):
        raise DoesNotFit(_("As the case stands, there is no such letter to write."))
    cause = f"hand:{token}"
    draft_letter(case, chosen, cause=cause, at=at, complaint=complaint, agency=agency, author=by)
    return Letter.objects.get(case=case, kind=chosen, cause=cause)


@transaction.atomic
def change_words(
    letter: Letter, *, by: User, version: int | None, words: Mapping[str, str], at: datetime, looked_at: bool = False
) -> Letter:
    """Keep what the writer says in own words. Raises LetterChanged, LetterDecided, LetterNamesComplainant.

    The words are kept in plain and some are for an agency, so that they may name nobody who complained, whoever reads them.
    """
    case = lock(letter.case)
    ask(permissions.can_write_letters(by, case))
    letter = lock_letter(letter, version)
    kept = {name: words[name].strip() for name in fields_of(letter.kind) if name in words}
    for name, text in kept.items():
        check_plain(text, case, field=name, looked_at=looked_at)
    letter.words = letter.words | kept
    letter.version += 1
    letter.save(update_fields=["words", "version"])
    record(letter, "case.letter_changed", by=by, at=at)
    return letter


@transaction.atomic
def discard_letter(letter: Letter, *, by: User, version: int | None, reason: str, at: datetime) -> Letter:
    """Discard a draft with a reason; its row stays. Raises LetterChanged, LetterDecided."""
    case = lock(letter.case)
    ask(permissions.can_write_letters(by, case))
    letter = lock_letter(letter, version)
    check_plain(reason, case, field="reason", looked_at=True)
    letter.discarded_at, letter.discarded_by, letter.discard_reason = at, by, reason.strip()[:_REASON]
    letter.save(update_fields=["discarded_at", "discarded_by", "discard_reason"])
    record(letter, "case.letter_discarded", by=by, at=at)
    return letter


def discard_with_case(letter: Letter, *, by: User, at: datetime) -> None:
    """Discard a draft of a locked case that goes into the archive."""
    letter.discarded_at, letter.discarded_by, letter.discard_reason = at, by, _("The case went into the archive.")
    letter.save(update_fields=["discarded_at", "discarded_by", "discard_reason"])
    record(letter, "case.letter_discarded", by=by, at=at)


def lock_letter(letter: Letter, version: int | None) -> Letter:
    """Return the draft as it is now, for the case is locked. Raises LetterDecided, LetterChanged."""
    now = Letter.objects.select_related("complaint__complainant", "agency", "case__agency", "case__handler").get(pk=letter.pk)
    if now.issued_at is not None:
        raise LetterDecided(_("This letter has been issued already, as %(number)s.") % {"number": now.number})
    if now.discarded_at is not None:
        raise LetterDecided(_("This letter has been discarded already."))
    if version is not None and now.version != version:
        raise LetterChanged(
            _("Somebody else has changed this letter meanwhile, so nothing was saved. Open it again to see how it stands.")
        )
    return now


def check_plain(text: str, case: Case, *, field: str | None, looked_at: bool) -> None:
    """Refuse words that hold data of any complainant of the case. Raises LetterNamesComplainant.

    What may be a name or an ordinary word passes once somebody has `looked_at` it.
    """
    held = held_in(text, case, ())
    certain = [one for one in held if not one.doubtful]
    if not certain and (looked_at or not held):
        return
    found = certain or held
    kinds = _(", ").join(dict.fromkeys(one.secret.label for one in found))
    words = _(", ").join(dict.fromkeys(_around(text, one, hidden=bool(certain)) for one in found))
    message = (
        _("The letter holds %(kinds)s (“%(words)s”). Take it out: it must not stand there.")
        if certain
        else _(
            "In the letter stands what may be %(kinds)s or an ordinary word (“%(words)s”). Take it out, or confirm that it stays."
        )
    )
    columns = sorted({one.secret.column for one in found})
    raise LetterNamesComplainant(message % {"kinds": kinds, "words": words}, field=field, columns=columns)


def _around(text: str, held: Held, *, hidden: bool) -> str:
    """Show where it stands: what is certain by the words around it, what may be an ordinary word as it is."""
    start, end = held.span
    if not hidden:
        return text[start:end]
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return " ".join(f"{before}{MASK}{after}".split())


def record(letter: Letter, event: str, *, by: User, at: datetime, **more: events.Fact) -> None:
    """Append what happened to a letter to the history of its case."""
    events.record(event, subject=letter.subject, actor=events.user_id(by), at=at, facts=facts_of(letter) | more)


def facts_of(letter: Letter) -> dict[str, events.Fact]:
    """Return which letter it is, as events name it."""
    return {"letter": letter.pk, "letter_kind": str(letter.kind), "agency": letter.agency_id}
