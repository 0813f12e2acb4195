"""What the page of one case shows: read here in a fixed number of queries, so that none starts in a template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from agencies.models import Agency, Post
from agencies.people import holders
from complaints import reading as complaint_reading
from complaints.categories import is_discipline
from complaints.labels import agency_name, behaviour_names, category_official
from complaints.models import Complaint, Evidence, Identity, Withdrawal
from complaints.querysets import ComplaintQuerySet
from complaints.reading import EvidenceFile, MaskedFiler, Said
from core import calendars, clock

from . import history, permissions, unmasking
from .keeping.reading import Kept, kept
from .leading import leader_must_decide, takes_help
from .merging.duplicates import Duplicate, duplicates_of
from .merging.places import Joined, goes_on_in, joined, origins_of
from .merging.rules import may_part
from .models import Assignment, Case, CaseComplaint, Report
from .reviewing import standing as reviewing
from .sheets import Sheet, sheets_of
from .timing.limits import Limit, limits_of
from .timing.reading import Timing, timing
from .wording import DISCS, Standing, card_words, standing_of
from .workflow import Mode, Status, allows

_MOST_RELATED = 5


@dataclass(frozen=True)
class Matter:
    """One complaint of the case, as officers read it; `earlier`: the case from which it follows on, if the reader may see it."""

    complaint: Complaint
    earlier: Case | None
    filer: MaskedFiler | None
    evidence: list[EvidenceFile]
    identity: str
    thread: list[Said]
    withdrawal: Withdrawal | None
    name_corrected_at: datetime | None = None  # by the complainant; read on the page of the case alone


@dataclass(frozen=True)
class Act:
    """Something that can be done next: the one ink button, or an outline one."""

    title: str
    url: str
    primary: bool


@dataclass(frozen=True)
class NextStep:
    """What the panel says: whose turn it is, and what the reader can do."""

    text: str
    acts: list[Act]


@dataclass(frozen=True)
class SamePerson:
    """How often a number has filed, this case included, and its latest other cases; nobody is unmasked for that."""

    times: int
    cases: list[Case]


@dataclass(frozen=True)
class CasePage:
    """All that the page of one case shows."""

    case: Case
    matters: list[Matter]
    category: str
    behaviours: str
    secondary: str
    agency: str
    disc: int | str
    due: Standing | None
    next_step: NextStep
    limits: list[Limit]
    history: list[history.Entry]
    assignments: list[Assignment]
    reports: list[Report]
    unmaskings: list[unmasking.Box]
    reviews: list[reviewing.Line]
    same_person: SamePerson | None
    same_agency: list[Case]
    may_call: bool
    may_confirm: bool
    may_talk: bool
    liaison: list[User]
    kept: list[Kept]
    timing: Timing
    duplicates: list[Duplicate]
    joined: list[Joined]
    goes_on_in: Case | None
    may_merge: bool
    sheets: list[Sheet]
    card: str
    card_waits: bool

    @property
    def is_joint(self) -> bool:
        """Whether several complain together."""
        return len(self.matters) > 1

    @property
    def files(self) -> int:
        """How many files of evidence there are."""
        return sum(len(matter.evidence) for matter in self.matters)

    @property
    def may_part(self) -> bool:
        """Whether a merger can still be undone."""
        return self.may_merge and may_part(self.case.status)

    @property
    def new_messages(self) -> list[int]:
        """The messages of complainants that nobody who must answer has seen; those of a merged case are new in the joint one."""
        if self.goes_on_in is not None:
            return []
        return [said.pk for matter in self.matters for said in matter.thread if said.is_new]


def case_page(case: Case, user: User) -> CasePage:
    """Read everything about a case; `case` must come from `for_detail()`."""
    today, calendar = clock.today(), calendars.work_calendar()
    complaints = list(complaints_of(case, user).for_detail().order_by("pk"))
    told = history.of(case, complaints)
    reviews = reviewing.lines(case, user) if told.holds(reviewing.ASKED) else []
    agency = case.agency or case.respondent_agency
    return CasePage(
        case=case,
        matters=_matters(complaints, user, told),
        category=category_official(case.category),
        behaviours=behaviour_names(case.behaviours),
        secondary=" · ".join(category_official(code) for code in case.secondary),
        agency=agency_name(agency) if agency else "",
        disc=DISCS[case.status],
        due=standing_of(case, today, calendar),
        next_step=_with_review(next_step(case, user), reviewing.waiting(reviews)),
        limits=limits_of(case, told.reminders(), today, calendar),
        history=told.entries(),
        assignments=list(case.assignments.all()),
        reports=sorted(case.reports.all(), key=lambda report: report.pk),
        unmaskings=unmasking.boxes(case, complaints, user, clock.now()),
        reviews=reviews,
        same_person=_same_person(case, complaints, user) if case.status != Status.MERGED else None,
        same_agency=same_agency(case, user),
        may_call=permissions.can_reveal_phone(user, case),
        may_confirm=permissions.can_confirm_filer(user, case),
        may_talk=permissions.can_talk(user, case) and case.status != Status.MERGED,
        duplicates=duplicates_of(case, complaints, user) if permissions.can_merge(user, case) else [],
        joined=joined(case) if len(complaints) > 1 else [],
        goes_on_in=goes_on_in(case),
        may_merge=permissions.can_merge(user, case),
        sheets=sheets_of(case, "detail"),
        card=card_words(case.card),
        card_waits=told.card_waits(),
        liaison=holders(case.agency, Post.Kind.LIAISON_OFFICER) if case.agency else [],
        kept=kept(case, complaints, told, user),
        timing=timing(case, user),
    )


_ENDED = gettext_lazy("It has ended. Once nothing in it is open any more, it goes into the archive.")
_TURNS: Mapping[str, str | Promise] = {
    Status.TRIAGE: gettext_lazy("Decide whether the office takes it up."),
    Status.DISPATCHED: gettext_lazy("%(agency)s must sign for it. Reminders go out by themselves."),
    Status.RECEIVED: gettext_lazy("%(agency)s investigates and reports. Reminders go out by themselves."),
    Status.HANDLING: gettext_lazy("The office investigates. %(handler)s reports the outcome."),
    Status.REPORTED: gettext_lazy("An office leader approves the report with the reply, or sends it back."),
    Status.REPLIED: gettext_lazy(
        "The complainant has the reply. A rating closes the case or asks for more; when none comes, call whoever left a number."
    ),
    Status.FOLLOWED_UP: gettext_lazy("The complainant is dissatisfied. Open it again, or close it with a reason."),
    Status.RETURNED: gettext_lazy("%(agency)s has returned it; why stands under “Agencies”. Decide who deals with it."),
    Status.CLOSED: _ENDED,
    Status.ARCHIVED: gettext_lazy("It is in the archive as %(archive)s. Nothing in it changes any more."),
    Status.REFERRED: _ENDED,
    Status.DECLINED: _ENDED,
    Status.WITHDRAWN: _ENDED,
    Status.MERGED: gettext_lazy("It goes on in the case into which it was merged."),
}
_STANDS_STILL = gettext_lazy("The clock stands still, and nobody is reminded. Let it run on once what is waited for has come.")
_WITHDRAWN = gettext_lazy(
    "The complainant has withdrawn. End the case with a reason, or let it go on where the facts ask for it."
)
_HAS_LEFT = gettext_lazy(
    "%(handler)s has left the office, so nobody acts on this case: reminders go to the office leaders. Hand it on to an officer."
)
_DISCIPLINE = gettext_lazy(
    "This is a discipline matter, over which the office has no power. Refer it; who accepts it all the same says why."
)
_LEADER_DECIDES = gettext_lazy(
    "%(agency)s has returned it, and it was returned as often as it may be. An office leader decides with effect."
)
_OWN_NAME = gettext_lazy(
    "%(agency)s answers in its own name. %(handler)s or an office leader checks the reply and hands it over."
)
# Each act in the order of the panel: move of the workflow, permission, words.
_ACTS = (
    ("close_withdrawn", permissions.can_end_withdrawn, gettext_lazy("End the withdrawn case"), "end_withdrawn"),
    ("assign_again", permissions.can_decide_return, gettext_lazy("Assign to another agency"), "assign_again"),
    ("take_over", permissions.can_decide_return, gettext_lazy("The office handles it"), "take_over"),
    ("refuse_return", permissions.can_decide_return, gettext_lazy("Refuse the return"), "refuse_return"),
    ("accept", permissions.can_accept, gettext_lazy("Accept"), "accept"),
    ("decline", permissions.can_decline, gettext_lazy("Decline"), "decline"),
    ("report", permissions.can_report_own, gettext_lazy("Report the outcome"), "report_own"),
    ("approve", permissions.can_approve, gettext_lazy("Approve and reply"), "approve"),
    ("send_back", permissions.can_send_back, gettext_lazy("Send back"), "send_back"),
    ("follow_up", permissions.can_follow_up, gettext_lazy("Note a follow-up call"), "follow_up"),
    ("withdraw", permissions.can_end_withdrawn, gettext_lazy("End the withdrawn case"), "end_withdrawn"),
    ("unmerge", permissions.can_unmerge, gettext_lazy("Undo the merger"), "unmerge"),
    ("close", permissions.can_close, gettext_lazy("Close the case"), "close"),
    ("refer", permissions.can_refer, gettext_lazy("Refer to the body in charge"), "refer"),
    ("archive", permissions.can_archive, gettext_lazy("Put into the archive"), "archive"),
    ("reopen", permissions.can_reopen, gettext_lazy("Open it again"), "reopen"),
)
_NEVER_FIRST = {"unmerge", "refer", "add_co_handler", "reopen"}


def next_step(case: Case, user: User) -> NextStep:
    """Say whose turn it is and offer what this person may do now; the first act is the ink button."""
    handler = case.handler.full_name if case.handler else _("The handler")
    names = {"agency": agency_name(case.agency) if case.agency else "", "handler": handler, "archive": case.archive_number}
    possible = [(title, name) for move, may, title, name in _ACTS if allows(move, case.status) and may(user, case)]
    if discipline := case.status == Status.TRIAGE and is_discipline(case.category, case.behaviours):
        possible.sort(key=lambda act: act[1] != "refer")
    if takes_help(case) and permissions.can_add_co_handler(user, case):
        possible.append((gettext_lazy("Ask another agency to help"), "add_co_handler"))
    if has_left(case) and permissions.can_hand_on(user, case):
        possible.insert(0, (gettext_lazy("Hand it on"), "hand_on"))
    acts = [
        Act(str(title), reverse(f"cases:{name}", args=[case.pk]), primary=not number and (discipline or name not in _NEVER_FIRST))
        for number, (title, name) in enumerate(possible)
    ]
    return NextStep(str(_turn(case, discipline=discipline)) % names, acts)


def has_left(case: Case) -> bool:
    """Whether who handles an open case has left the office, so that somebody must hand it on."""
    return case.closed_at is None and case.handler is not None and not case.handler.is_active


def _turn(case: Case, *, discipline: bool) -> str | Promise:
    """Whose turn it is; what stands in the way comes first."""
    if has_left(case):
        return _HAS_LEFT
    if case.withdrawn_at and case.closed_at is None:
        return _WITHDRAWN
    if case.paused_on:
        return _STANDS_STILL
    if discipline:
        return _DISCIPLINE
    if case.status == Status.RETURNED and leader_must_decide(case):
        return _LEADER_DECIDES
    return _OWN_NAME if case.status == Status.REPORTED and case.mode == Mode.TRANSFER else _TURNS.get(case.status, "")


def complaints_of(case: Case, user: User) -> ComplaintQuerySet:
    """Return the complaints of a case, as far as the person may see them; of a merged one, those that it brought along."""
    merged = case.status == Status.MERGED
    mine = Q(case_link__came_from__in=origins_of(case)) if merged else Q(case_link__case=case)
    return Complaint.objects.visible_to(user).filter(mine)


def duplicates(case: Case, user: User) -> list[Duplicate]:
    """Return what may be about the same, for the page on which a case is accepted or declined."""
    rows = Complaint.objects.visible_to(user).select_related("complainant").filter(case_link__case=case).order_by("pk")
    return duplicates_of(case, list(rows), user)


def _with_review(step: NextStep, line: reviewing.Line | None) -> NextStep:
    """While a review waits, its answer comes first for who may give it; everybody reads that it is waited for.

    Until then the case is neither opened again nor put away.
    """
    if line is None:
        return step
    not_yet = {reverse(f"cases:{name}", args=[line.row.case_id]) for name in ("reopen", "archive")}
    acts = [Act(act.title, act.url, act.primary and not line.may_answer) for act in step.acts if act.url not in not_yet]
    if line.may_answer:
        acts.insert(0, Act(_("Answer the review"), reverse("cases:answer_review", args=[line.row.pk]), primary=True))
    return NextStep(_("The complainant asked for a review. An office leader who has not signed in this matter answers it."), acts)


def matters_of(case: Case, user: User) -> list[Matter]:
    """Return the complaints of a case, for the forms beside which they stand."""
    return _matters(complaints_of(case, user).for_detail().order_by("pk"), user)


def complaint_of(case: Case, pk: int, user: User) -> Complaint | None:
    """Return a complaint of the case, or None when it belongs to another."""
    return Complaint.objects.visible_to(user).select_related("complainant").filter(case_link__case=case, pk=pk).first()


def unmaskable(case: Case, pk: int, user: User) -> Complaint | None:
    """Return a complaint of the case whose complainant could be unmasked; None for any other and for an anonymous one."""
    rows = Complaint.objects.visible_to(user).select_related("complainant").filter(case_link__case=case, pk=pk)
    return next((complaint for complaint in rows if unmasking.columns_of(complaint, case)), None)


def callable_in(case: Case, user: User) -> dict[int, Complaint]:
    """Return the complaints of a case whose complainants left a number, by their ids, the first first."""
    rows = Complaint.objects.visible_to(user).filter(case_link__case=case, complainant__phone_sealed__isnull=False)
    return {complaint.pk: complaint for complaint in rows.select_related("complainant").order_by("pk")}


def evidence_of(case: Case, pk: int, user: User) -> tuple[Evidence, str] | None:
    """Return a file of the case's complaints with its name, or None when it belongs to another or nobody may open it."""
    rows = Evidence.objects.select_related("file", "complaint__complainant")
    found = rows.filter(complaint__in=complaints_of(case, user), pk=pk).first()
    if found is None or not found.file.is_viewable:
        return None
    names = {file.pk: file.name for file in complaint_reading.evidence_for_office(found.complaint)}
    return found, names[found.pk]


def open_report(case: Case) -> Report | None:
    """Return the report that waits for a decision; `case` must come from `for_detail()`."""
    return next((report for report in case.reports.all() if not report.decision), None)


def reports_of(case: Case) -> list[Report]:
    """Return the reports on a case in the order in which they came, with who reported and who decided."""
    return list(case.reports.select_related("reported_by", "decided_by", "scan").order_by("pk"))


def _matters(complaints: Iterable[Complaint], user: User, told: history.History | None = None) -> list[Matter]:
    """Return the complaints as officers read them, each with the case from which it follows on."""
    rows = list(complaints)
    numbers = [one.earlier_number for one in rows if one.earlier_number]
    named: dict[str, Case] = {}
    if numbers:
        links = CaseComplaint.objects.select_related("case", "complaint").filter(complaint__number__in=numbers)
        named = {link.complaint.number: link.case for link in links.filter(case__in=Case.objects.visible_to(user))}
    return [_matter(one, named.get(one.earlier_number), told) for one in rows]


def _matter(complaint: Complaint, earlier: Case | None, told: history.History | None) -> Matter:
    return Matter(
        complaint=complaint,
        earlier=earlier,
        filer=complaint_reading.masked_filer(complaint),
        evidence=list(complaint_reading.evidence_for_office(complaint)),
        identity=str(Identity(complaint.identity).label),
        thread=complaint_reading.thread_for_office(complaint),
        withdrawal=complaint_reading.withdrawal_of(complaint),
        name_corrected_at=told.last_of("complaint.name_corrected", complaint.subject) if told else None,
    )


def same_person(case: Case, user: User, complaints: Iterable[Complaint] | None = None) -> SamePerson | None:
    """Return what else came from the number of a case, for the page on which it is accepted or declined."""
    if complaints is not None:
        return _same_person(case, complaints, user)
    complaints = Complaint.objects.visible_to(user).select_related("complainant").filter(case_link__case=case)
    return _same_person(case, complaints, user)


def _same_person(case: Case, complaints: Iterable[Complaint], user: User) -> SamePerson | None:
    """Look the numbers up by their keyed hash; None when nothing else came from them."""
    people = [one.complainant for one in complaints if one.complainant and one.is_named]
    hashes = [bytes(person.phone_index) for person in people if person.phone_index]
    if not hashes:
        return None
    filed = Complaint.objects.visible_to(user).filter(complainant__phone_index__in=hashes, identity=Identity.REAL_NAME)
    rows = Case.objects.visible_to(user).filter(links__complaint__in=filed).exclude(pk=case.pk)
    cases = list(rows.for_list().order_by("-id").distinct()[:_MOST_RELATED])
    return SamePerson(filed.count(), cases) if cases else None


def same_agency(case: Case, user: User) -> list[Case]:
    """Return the latest other matters about the same agency."""
    agency: Agency | None = case.respondent_agency or case.agency
    if agency is None:
        return []
    rows = Case.objects.visible_to(user).filter(respondent_agency=agency).exclude(pk=case.pk).exclude(status=Status.MERGED)
    return list(rows.for_list().order_by("-id")[:_MOST_RELATED])


def language_of(case: Case) -> str:
    """The language in which all complainants are written to; empty where nobody gave a name, or where they differ."""
    people = Complaint.objects.filter(case_link__case=case, identity=Identity.REAL_NAME).order_by()
    languages = list(people.values_list("complainant__language", flat=True).distinct())
    return languages[0] if len(languages) == 1 else ""
