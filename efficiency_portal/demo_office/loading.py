"""Loads the invented county once: accounts, agencies, roster, and matters walked through the same actions that people use."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from agencies import actions as agency_actions
from agencies.models import Agency, Post
from cases import actions as case_actions
from cases.letters.kinds import LetterKind
from cases.models import Assignment, Case, Letter
from cases.workflow import Advice, Body, Mode
from complaints import actions as complaint_actions
from complaints import codes, phones, wording
from complaints.entries import ConsentGiven
from complaints.filing import Cosigner, Filer, Filing
from complaints.models import Channel, Complainant, Complaint, FilingConsent
from core import calendars, clock

from . import inquiry, inspecting, supervision
from .afterwards import WAYS
from .budgets import load_budgets
from .matters import MATTERS
from .people import AGENCIES, PASSWORD, PEOPLE, DemoPerson
from .remunerating import load_remuneration
from .scans import stamped_scan
from .shapes import Matter
from .supervising import supervise

_ORDER = ("triage", "declined", "handling", "dispatched", "returned", "received", "reported", "replied", "closed")


@transaction.atomic
def load(*, now: datetime) -> bool:
    """Load everything or nothing; returns whether there was anything to load."""
    if User.objects.filter(username=PEOPLE[0].username).exists():
        return False
    agencies, people = load_office(year=clock.day_of(now).year)
    for matter in sorted(MATTERS, key=lambda matter: -matter.working_days_ago):
        _Walk(matter, agencies, people, now).walk()
    inquiry.load_measure(clock.day_of(now).year)
    inquiry.inquire(people, now=now)
    _hand_over(agencies["城管局"], people, now)
    supervision.load_work(people, agencies, now=now)
    inspecting.inspect(people, agencies, now=now)
    load_remuneration(people, now=now)
    return True


def _hand_over(agency: Agency, people: dict[str, User], now: datetime) -> None:
    """A liaison officer has just left; the successor is still to confirm the list."""
    post = Post.objects.get(agency=agency, user=people["songyan"], until=None)
    if post.since < clock.day_of(now):  # not on the first of January, when it began
        case_actions.hand_over_post(post, to=people["guoning"], by=people["zhoumin"], at=now - timedelta(minutes=2))


@dataclass(frozen=True)
class Followable:
    """A matter that visitors of the demo can follow, with its codes."""

    what: str
    number: str
    query_code: str
    claim_code: str


def followable() -> list[Followable]:
    """Return the matters on whose tracking pages something can be tried; none before the demo is loaded."""
    shown = {wording.title_from(matter.narrative): matter.follow for matter in MATTERS if matter.follow}
    rows = Complaint.objects.filter(title__in=shown).order_by("pk")
    return [
        Followable(shown[row.title], row.number, codes.query_code(row), "" if row.complainant_id else codes.claim_code(row))
        for row in rows
    ]


@transaction.atomic
def load_office(*, year: int) -> tuple[dict[str, Agency], dict[str, User]]:
    """Load the agencies (by short name), the people (by user name), their posts and the roster, without any matter."""
    agencies = _load_agencies()
    people = _load_people(agencies, since=date(year, 1, 1))
    supervision.load_roster(people, agencies, year=year)
    load_budgets(people["qianfang"], year=year, at=clock.now())
    return agencies, people


def _load_agencies() -> dict[str, Agency]:
    found: dict[str, Agency] = {}
    for place, agency in enumerate(AGENCIES):
        found[agency.short_name] = agency_actions.add_agency(
            name=agency.name,
            short_name=agency.short_name,
            kind=agency.kind,
            parent=found.get(agency.part_of),
            sort=place,
            name_en=agency.name_en,
            aliases=agency.aliases,
            duties=agency.duties,
        )
    return found


def _load_people(agencies: dict[str, Agency], *, since: date) -> dict[str, User]:
    password = make_password(PASSWORD)  # one hash for all: the demo must start quickly
    people = {person.username: _account(person, password) for person in PEOPLE}
    for person in PEOPLE:
        for short_name, kind in person.posts:
            agency_actions.fill_post(agencies[short_name], kind, people[person.username], since=since)
    return people


def _account(person: DemoPerson, password: str) -> User:
    administrator = person.role == Role.SYSTEM_ADMIN
    return User.objects.create(
        username=person.username,
        password=password,
        full_name=person.full_name,
        department=person.department,
        email=f"{person.username}@demo.invalid",
        roles=[person.role],
        is_staff=administrator or person.role == Role.SECURITY_ADMIN,
        is_superuser=administrator,
    )


class _Walk:
    """One matter on its way, a step every few working hours, never in the future."""

    def __init__(self, matter: Matter, agencies: dict[str, Agency], people: dict[str, User], now: datetime) -> None:
        self.matter = matter
        self.agency, self.agencies = agencies[matter.agency] if matter.agency else None, agencies
        self.people = people
        self.now = now
        started = calendars.work_calendar().shift(clock.day_of(now), -matter.working_days_ago)
        self.at = min(datetime.combine(started, time(9, 20), tzinfo=clock.SHANGHAI), now - timedelta(minutes=30))
        self.officer = people["zhoumin" if matter.category % 2 == 0 else "liweiguo"]

    def walk(self) -> None:
        """Take every step up to the one at which the matter stands."""
        by_helper_unit = self.matter.channel == Channel.HELPER_UNIT
        complaint = self._filed_for() if by_helper_unit else complaint_actions.lodge(self._filing(), at=self.at)
        case = Case.objects.get(links__complaint=complaint)
        if self.matter.until == "declined":
            self._decline(case)
        elif self.matter.until == "referred":
            why, at = self.matter.refer_reason, self._later(days=1)
            case_actions.refer(case, by=self.officer, version=None, body=Body.DISCIPLINE, reason=why, at=at)
        elif self.matter.until == "handling":
            case_actions.accept(case, by=self.officer, version=None, ruling=self._ruling(), at=self._later(days=1))
        elif self.matter.until != "triage":
            self._with_agency(case, complaint)
            if self.matter.supervised:
                case.refresh_from_db()
                supervise(case, self.matter.supervised, self.people, after=self.at, now=self.now)
        if self.matter.then:
            case.refresh_from_db()
            WAYS[self.matter.then](case, self.people, lambda: self._later(hours=2))

    def _filed_for(self) -> Complaint:
        """The helper unit's clerk files for the enterprise, which consented in person."""
        clerk = self.people["wangli"]
        consent = ConsentGiven(self.matter.name, FilingConsent.Means.IN_PERSON, clock.day_of(self.at))
        draft = complaint_actions.open_entry(uuid.uuid4(), by=clerk, at=self.at)
        return complaint_actions.file_for(draft, self._filing(), consent, by=clerk, at=self.at)

    def _with_agency(self, case: Case, complaint: Complaint) -> None:
        if self.agency is None:
            raise ValueError("A matter without an agency stays in triage.")
        reached = _ORDER.index(self.matter.until)
        mode = Mode.TRANSFER if self.matter.transferred else Mode.ASSIGN
        dispatch = case_actions.Dispatch(agency=self.agency, summary=self.matter.summary, mode=mode)
        at = self._later(days=1)
        case_actions.accept(case, by=self.officer, version=None, ruling=self._ruling(), dispatch=dispatch, at=at)
        self._issue(case, LetterKind.ACCEPTANCE, LetterKind.DISPATCH, by=self.officer)
        assignment = Assignment.objects.get(case=case)
        if reached >= _ORDER.index("received"):
            case_actions.receive(assignment, by=self._liaison(), version=None, at=self._later(hours=5))
        self._among_agencies(case, assignment)
        self._talk(case, complaint)
        outcome = self.matter.outcome
        if outcome and reached >= _ORDER.index("reported"):
            words = {"finding": outcome.finding, "facts_found": outcome.facts_found}
            words |= {"reply": outcome.reply} if self.matter.transferred else {}
            at = self._later(days=7)
            case_actions.report(assignment, by=self._liaison(), version=None, at=at, scan=str(stamped_scan(at=at).pk), **words)
        if outcome and reached >= _ORDER.index("replied"):
            leader = self.people["zhangjianping"]
            case_actions.approve(case, by=leader, version=None, reply=outcome.reply, at=self._later(days=2))
            self._issue(case, LetterKind.REPLY, by=leader)
        if outcome and outcome.satisfaction and reached >= _ORDER.index("closed"):
            complaint_actions.rate(complaint, satisfaction=outcome.satisfaction, reason="", at=self._later(days=2))
        if self.matter.review:
            complaint_actions.ask_review(complaint, 1, self.matter.review, at=self._later(days=1))

    def _among_agencies(self, case: Case, lead: Assignment) -> None:
        """The agency gives it back, or others help it and some give their opinion."""
        if back := self.matter.given_back:
            words, proposed = {"reason": back.reason, "basis": back.basis}, self.agencies[back.proposed]
            at = self._later(hours=5)
            case_actions.give_back(lead, by=self._liaison(), version=None, proposed=proposed, at=at, **words)
        for one in self.matter.helping:
            dispatch = case_actions.Dispatch(agency=self.agencies[one.agency], summary=self.matter.summary)
            row = case_actions.add_co_handler(case, by=self.officer, version=None, dispatch=dispatch, at=self._later(hours=1))
            if one.opinion:
                by = self.people[_LIAISON_OF[one.agency]]
                case_actions.receive(row, by=by, version=None, at=self._later(hours=1))
                case_actions.give_opinion(row, by=by, opinion=one.opinion, at=self._later(days=1))

    def _issue(self, case: Case, *kinds: LetterKind, by: User) -> None:
        """Issue the letters of matters that visitors can follow; of the others the drafts are left to try."""
        for letter in Letter.objects.filter(case=case, kind__in=kinds).order_by("pk") if self.matter.follow else []:
            case_actions.issue_letter(letter, by=by, version=None, at=self._later(hours=1))

    def _talk(self, case: Case, complaint: Complaint) -> None:
        """The officer asks, the complainant answers."""
        if self.matter.question:
            at = self._later(days=1)
            case_actions.write_message(case, complaint, self.matter.question, token=complaint.number, by=self.officer, at=at)
        if self.matter.answer:
            complaint_actions.write(complaint, self.matter.answer, token=complaint.number, at=self._later(hours=4))

    def _decline(self, case: Case) -> None:
        by, reason = self.officer, self.matter.decline_reason
        case_actions.decline(case, by=by, version=None, reason=reason, advice=Advice.REVIEW_OR_COURT, at=self._later(days=1))

    def _ruling(self) -> case_actions.Ruling:
        return case_actions.Ruling(category=self.matter.category, behaviours=self.matter.behaviours)

    def _liaison(self) -> User:
        return self.people[_LIAISON_OF[self.matter.agency]]

    def _later(self, *, days: int = 0, hours: int = 3) -> datetime:
        """Move on by working days and hours, but not past the present."""
        day = calendars.work_calendar().shift(clock.day_of(self.at), days)
        moved = datetime.combine(day, self.at.timetz()) + timedelta(hours=hours if not days else 1)
        self.at = min(moved, max(self.at + timedelta(minutes=1), self.now - timedelta(minutes=5)))
        return self.at

    def _filing(self) -> Filing:
        matter, online = self.matter, self.matter.channel == Channel.WEB
        return Filing(
            kind=matter.kind,
            signers=matter.signers,
            narrative=matter.narrative,
            wish=matter.wish,
            filer=self._filer(online) if matter.name else None,
            channel=matter.channel,
            agency=self.agency,
            agency_words=matter.agency_words,
            category=matter.category,
            behaviours=matter.behaviours,
            ongoing=True,
            notify_sms=not matter.waits_for_call,
            filed_by=None if online else self.officer,
        )

    def _filer(self, online: bool) -> Filer:
        """Return who filed."""
        matter, waits = self.matter, self.matter.waits_for_call
        verified = Complainant.Verification.PHONE if online else Complainant.Verification.CALL_BACK
        return Filer(
            name=matter.name,
            phone=phones.any_number(matter.phone),
            organisation=matter.organisation,
            uscc=matter.uscc,
            address=matter.address,
            representatives=tuple(
                Cosigner(name, phones.any_number(phone) if phone else "") for name, phone in matter.representatives
            ),
            verification=Complainant.Verification.NONE if waits else verified,
            verified_at=None if waits else self.at,
        )


_LIAISON_OF = {
    "住建局": "hejing",
    "石桥镇": "pengfei",
    "市监局": "tanglin",
    "人社局": "luhai",
    "城管局": "songyan",
    "税务局": "taolan",
    "教育局": "yupei",
    "交通局": "jiangbo",
    "自然资源局": "shiming",
}
