"""What the sheet of letters and the page of one letter show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from cases import permissions
from cases.models import Case, Letter
from complaints.labels import agency_name
from complaints.models import Complaint
from core import clock, files
from core.papers import Block, paper_of

from . import rendering
from .context import Sources, words_of
from .fitting import fitting
from .gathering import InUse, TemplateAway, in_use, is_out_of_place, masked_values, missing_in, prefix_of, sources_of, with_gaps
from .kinds import SIGNED_BY_LEADER, TO_AGENCY, TO_COMPLAINANT, LetterKind
from .papers import may_go_out
from .placeholders import BODY, TITLES
from .words import number_in_words


@dataclass(frozen=True)
class Line:
    """One letter in the list: to whom, and how it stands."""

    letter: Letter
    to: str
    state: str  # draft, issued or discarded


@dataclass(frozen=True)
class Offer:
    """A letter that could be drafted by hand: its value in the form, its kind, to whom."""

    value: str
    kind: LetterKind
    to: str
    what_for: str
    complaint: Complaint | None
    agency: Agency | None


@dataclass(frozen=True)
class Lack:
    """Something that a letter lacks, where it is entered, and the address of that place."""

    what: str
    where: str
    url: str


@dataclass(frozen=True)
class LetterPage:
    """All that the page of one letter shows."""

    letter: Letter
    to: str
    state: str
    blocks: Sequence[Block]
    lacks: Sequence[Lack]
    words: dict[str, str]
    may_write: bool
    may_issue: bool
    may_fetch: bool
    is_away: bool
    by_leader: bool

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return self.state == "draft" and not self.lacks


def lines_of(case: Case, user: User) -> list[Line]:
    """Return the letters of a case, newest first; one query."""
    return [
        Line(one, addressee_in_words(one), state_of(one)) for one in Letter.objects.visible_to(user).for_list().filter(case=case)
    ]


def offers_of(case: Case, user: User) -> list[Offer]:
    """Return what could be drafted by hand as the case stands: each kind for each who would get it."""
    if not permissions.can_write_letters(user, case):
        return []
    kinds = fitting(case)
    complaints = list(
        Complaint.objects.visible_to(user).select_related("complainant").filter(case_link__case=case).order_by("pk")
    )
    agencies = [one.agency for one in case.assignments.all()]
    return [offer for kind in kinds for offer in _offers(kind, complaints, agencies)]


def _offers(kind: LetterKind, complaints: Sequence[Complaint], agencies: Sequence[Agency]) -> list[Offer]:
    what_for = str(TITLES[kind])
    if kind in TO_COMPLAINANT:
        return [Offer(f"{kind}:{one.pk}", kind, _complainant(one), what_for, one, None) for one in complaints]
    if kind in TO_AGENCY:
        return [Offer(f"{kind}:{one.pk}", kind, agency_name(one), what_for, None, one) for one in agencies]
    return [Offer(f"{kind}:", kind, _("for the file"), what_for, None, None)]


def letter_page(letter: Letter, user: User) -> LetterPage:
    """Read the page of a letter; `letter` must come from `for_detail()`. Opens nothing that names a complainant.

    What was issued to an agency or for the file stands there as it is; a letter with a name has to be fetched.
    """
    draft = draft_of(letter, clock.today()) if letter.is_draft else Draft(_as_issued(letter), lacks=(), words={}, document=b"")
    may_fetch = letter.issued_at is not None and permissions.can_fetch_letter(user, letter)
    return LetterPage(
        letter=letter,
        to=addressee_in_words(letter),
        state=state_of(letter),
        blocks=draft.blocks,
        lacks=draft.lacks,
        words=draft.words,
        may_write=permissions.can_write_letters(user, letter.case),
        may_issue=letter.is_draft and permissions.can_issue_letter(user, letter),
        may_fetch=may_fetch and may_go_out(letter, letter.complaint),
        is_away=may_fetch and not may_go_out(letter, letter.complaint),
        by_leader=letter.kind in SIGNED_BY_LEADER,
    )


@dataclass(frozen=True)
class Draft:
    """A draft as it would come out: with a masked name, without a number, under a watermark."""

    blocks: Sequence[Block]
    lacks: Sequence[Lack]
    words: dict[str, str]
    document: bytes


def draft_of(letter: Letter, day: date) -> Draft:
    """Fill a draft in as it stands; what is missing shows as a gap. Where the template cannot be opened there is no document."""
    sources = sources_of(letter, day)
    words = words_of(sources)
    try:
        template = in_use(letter.kind)
    except TemplateAway as away:
        lack = Lack(_("The template"), str(away), reverse("cases:letters", args=[letter.case_id]))
        return Draft(blocks=(), lacks=[lack], words=words, document=b"")
    return _draft(letter, sources, template, words, day)


def _draft(letter: Letter, sources: Sources, template: InUse, words: dict[str, str], day: date) -> Draft:
    number = number_in_words(prefix_of(letter.kind), day.year, None)
    values = masked_values(sources, number=number, day=day)
    filled = rendering.filled(template.content, with_gaps(values), title=str(letter.get_kind_display()), draft=True)
    lacks = [
        Lack(str(one.meaning), str(one.source), "#words" if one.name == BODY else reverse("cases:detail", args=[letter.case_id]))
        for one in missing_in(sources, values, filled.used)
    ]
    if is_out_of_place(letter):
        why = _("The complaint belongs to another case now. Discard this draft.")
        lacks.append(Lack(_("The complaint"), why, "#discard"))
    return Draft(blocks=paper_of(filled.document), lacks=lacks, words=words, document=filled.document)


def _as_issued(letter: Letter) -> Sequence[Block]:
    if letter.file is None or letter.kind in TO_COMPLAINANT or not may_go_out(letter, None):
        return ()
    return paper_of(files.clean_copy(letter.file))


def addressee_in_words(letter: Letter) -> str:
    """Say who a letter is for, a complainant by number and masked name."""
    if letter.complaint is not None:
        return _complainant(letter.complaint)
    return agency_name(letter.agency) if letter.agency else _("for the file")


def state_of(letter: Letter) -> str:
    """Say how a letter stands, as a word for the page."""
    return "draft" if letter.is_draft else "issued" if letter.issued_at else "discarded"


def _complainant(complaint: Complaint) -> str:
    person = complaint.complainant
    name = person.name_masked if person and complaint.is_named and not person.erased_at else _("anonymous")
    return _("%(name)s, complaint %(number)s") % {"name": name, "number": complaint.number}
