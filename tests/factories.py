"""Rows and matters for tests: people, agencies, complaints, and cases walked to a status by the real actions."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency, DispositionKind, Measure, MeasureClause
from cases import actions
from cases.models import (
    AgencyReturn,
    Assignment,
    Case,
    Disposition,
    InvestigationRecord,
    Nomination,
    Rectification,
    Responsibility,
    Unmasking,
)
from cases.workflow import Finding, Mode, Status
from complaints.actions import lodge
from complaints.filing import Filer, Filing
from complaints.models import Complaint, Consent, Disclosure, Satisfaction
from core import clock
from core.clock import SHANGHAI

from .people import AgencyFactory as AgencyFactory
from .people import PostFactory as PostFactory
from .people import UserFactory as UserFactory
from .people import holder as holder
from .people import office_leader as office_leader
from .people import officer as officer
from .people import role_of as role_of
from .people import staffed_agency as staffed_agency

# A working day far from holidays: matters begin at this moment unless a test says otherwise.
MONDAY = datetime(2026, 9, 14, 10, 0, tzinfo=SHANGHAI)
# Long enough after it that nobody can ask for a review of what was replied to then.
LATER = MONDAY + timedelta(days=60)
NAME, PHONE, EMAIL = "甲乙丙", "13900001234", "jia.yi@example.com"
NARRATIVE = f"我是{NAME}，电话 {PHONE}。窗口三次退回材料，没有书面告知。每次去问都说等领导回来再说。"
SUMMARY = "一家企业反映申请变更许可被多次退件，没有书面告知。请核查并限期办理。"


# Somebody else, who files about the same.
OTHER = Filer(name="丁戊己", phone="+8613900005678", email="ding.wu@example.com")


def filer(**fields: Any) -> Filer:
    """Who files, unless a test says otherwise."""
    return Filer(**{"name": NAME, "phone": f"+86{PHONE}", "email": EMAIL} | fields)


def filing(**fields: Any) -> Filing:
    """A real-name complaint about a staffed agency; `agency=None` for an unknown one, `filer=None` for an anonymous one."""
    given: dict[str, Any] = {
        "narrative": NARRATIVE,
        "wish": "按承诺时限办理。",
        "category": 4,
        "notify_sms": True,
        "notify_email": True,
    }
    given["filer"] = filer()
    if "agency" not in fields:
        given["agency"] = staffed_agency()
    return Filing(**given | fields)


def complaint(at: datetime = MONDAY, **fields: Any) -> Complaint:
    """A lodged complaint; its case is in triage."""
    return lodge(filing(**fields), at=at)


def consent(matter: Complaint, *disclosed: Disclosure, agency: Agency | None = None) -> Consent:
    """The complainant agrees that the agency complained about (or another) is told this."""
    told = agency or matter.agency
    assert told
    return Consent.objects.create(complaint=matter, agency=told, fields=list(disclosed), given_at=matter.created_at)


def new_case(at: datetime = MONDAY, **fields: Any) -> Case:
    """A case in triage, as lodging opens it."""
    return Case.objects.get(links__complaint=complaint(at, **fields))


def handler_of(case: Case) -> User:
    """Who handles the case."""
    assert case.handler
    return case.handler


def the_complaint(case: Case) -> Complaint:
    """The complaint that the case deals with."""
    return Complaint.objects.get(case_link__case=case)


def agency_of(matter: Complaint) -> Agency:
    """The agency complained about."""
    assert matter.agency
    return matter.agency


def case_at(status: Status, *, at: datetime = MONDAY, own: bool = False, by: User | None = None, **fields: Any) -> Case:
    """Walk a case to a status by the real actions, an hour a step; `own` lets the office handle it. `by` is the officer."""
    case = new_case(at, **fields)
    walk_on(case, status, at=at, own=own, by=by)
    return case


def walk_on(case: Case, status: Status, *, at: datetime = MONDAY, own: bool = False, by: User | None = None) -> None:
    """Walk a case in triage to a status."""
    for walk in _path(status, own=own):
        at += timedelta(hours=1)
        walk(case, by or _officer(case), at)
        case.refresh_from_db()
    assert case.status == status


def the_assignment(case: Case) -> Assignment:
    """What went to the agency."""
    return Assignment.objects.select_related("case", "agency").get(case=case, is_lead=True, ended_at=None)


def _path(status: Status, *, own: bool) -> list[Any]:
    if status == Status.TRIAGE:
        return []
    if status == Status.DECLINED:
        return [_decline]
    start = [_handle, _report_own] if own else [_assign, _receive, _report]
    reached = [Status.HANDLING, Status.REPORTED] if own else [Status.DISPATCHED, Status.RECEIVED, Status.REPORTED]
    walks = [*start, _approve, _follow_up, _close]
    return walks[: [*reached, Status.REPLIED, Status.FOLLOWED_UP, Status.CLOSED].index(status) + 1]


def _officer(case: Case) -> User:
    return case.handler or User.objects.with_role(Role.OFFICER).first() or officer()


def _decline(case: Case, by: User, at: datetime) -> None:
    actions.decline(case, by=by, version=case.version, reason="不属于机关效能问题。", advice="petitions", at=at)


def _assign(case: Case, by: User, at: datetime) -> None:
    agency = case.respondent_agency or staffed_agency()
    dispatch = actions.Dispatch(agency=agency, summary=SUMMARY)
    actions.accept(
        case,
        by=by,
        version=case.version,
        ruling=actions.Ruling(category=4, kept_because="由本办公室直接核查。"),
        dispatch=dispatch,
        at=at,
    )


def _handle(case: Case, by: User, at: datetime) -> None:
    actions.accept(
        case, by=by, version=case.version, ruling=actions.Ruling(category=4, kept_because="由本办公室直接核查。"), at=at
    )


def _receive(case: Case, by: User, at: datetime) -> None:
    assignment = the_assignment(case)
    actions.receive(assignment, by=holder(assignment.agency), version=case.version, at=at)


def _report(case: Case, by: User, at: datetime) -> None:
    assignment = the_assignment(case)
    words = {"facts_found": "三次退件均未出具书面告知。", "measures": "已补办，并约谈窗口人员。"}
    actions.report(assignment, by=holder(assignment.agency), version=case.version, finding=Finding.UPHELD, at=at, **words)


def _report_own(case: Case, by: User, at: datetime) -> None:
    actions.report_own(case, by=by, version=case.version, finding=Finding.UPHELD, facts_found="情况属实。", at=at)


def _approve(case: Case, by: User, at: datetime) -> None:
    leader = User.objects.with_role(Role.OFFICE_LEADER).first() or office_leader()
    actions.approve(case, by=leader, version=case.version, reply="经核查，您反映的问题属实，已经办好。", at=at)


def _follow_up(case: Case, by: User, at: datetime) -> None:
    note = "电话回访。"
    actions.follow_up(case, by=by, version=case.version, satisfaction=Satisfaction.DISSATISFIED, note=note, at=at)


def _close(case: Case, by: User, at: datetime) -> None:
    actions.close(case, by=by, version=case.version, reason="已依规办理，并向投诉人说明。", at=at)


def transferred_case(status: Status = Status.RECEIVED) -> Case:
    """A case transferred to the agency in charge of it, walked to dispatch, receipt or report."""
    case, by = new_case(), officer()
    dispatch = actions.Dispatch(case.respondent_agency or staffed_agency(), SUMMARY, mode=Mode.TRANSFER)
    actions.accept(case, by=by, version=None, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)
    lead = the_assignment(case)
    if status != Status.DISPATCHED:
        actions.receive(lead, by=holder(lead.agency), version=None, at=MONDAY)
    if status == Status.REPORTED:
        words = {"facts_found": "属实。", "measures": "已补办。", "reply": "您反映的问题属实，已补办。"}
        actions.report(lead, by=holder(lead.agency), version=None, finding=Finding.UPHELD, at=MONDAY, **words)
    case.refresh_from_db()
    return case


def reopened(case: Case, *, by: User | None = None, at: datetime = MONDAY, agency: bool = False, **fields: Any) -> Case:
    """A followed-up or closed case that is opened again, by the office itself or with the agency."""
    words: dict[str, Any] = {"words": "请核查第二次退件的原因。", "with_agency": True} if agency else {}
    by = by or (office_leader() if case.status == Status.CLOSED else _officer(case))
    actions.reopen(case, by=by, version=None, reason="投诉人提出的第二点没有答复。", at=at, **words | fields)
    case.refresh_from_db()
    return case


def give_back(case: Case, *, at: datetime = MONDAY, **fields: Any) -> AgencyReturn:
    """The agency that leads gives the case back."""
    lead = the_assignment(case)
    words = {"reason": "不属本局职责。", "basis": "三定方案第三条"} | fields
    row = actions.give_back(lead, by=holder(lead.agency), version=None, at=at, **words)
    case.refresh_from_db()
    return row


def returned_case(*, times: int = 1, at: datetime = MONDAY, **fields: Any) -> Case:
    """A case that was given back so many times; each time but the last it went on to another agency."""
    case = case_at(Status.DISPATCHED, at=at, **fields)
    for number in range(times):
        give_back(case, at=at)
        if number < times - 1:
            dispatch = actions.Dispatch(staffed_agency(), SUMMARY)
            actions.assign_again(case, by=officer(), version=None, dispatch=dispatch, at=at)
            case.refresh_from_db()
    return case


def co_handler(case: Case, *, received: bool = True, agency: Agency | None = None, at: datetime = MONDAY) -> Assignment:
    """Another agency that helps the lead, and has signed unless a test says otherwise."""
    dispatch = actions.Dispatch(agency or staffed_agency(), SUMMARY)
    row = actions.add_co_handler(case, by=officer(), version=None, dispatch=dispatch, at=at)
    if received:
        actions.receive(row, by=holder(row.agency), version=None, at=at)
        row.refresh_from_db()
    return row


def archived(case: Case, *, by: User | None = None, at: datetime = LATER) -> Case:
    """An ended case in the archive."""
    actions.archive(case, by=by or officer(), version=None, at=at)
    case.refresh_from_db()
    return case


def wrong_case(case: Case, *, by: User, account: User | None = None, at: datetime = LATER, **fields: Any) -> Responsibility:
    """A review of a closed case in which somebody is named."""
    review = actions.open_wrong_case(case, by=by, version=None, reason="结论与证据不符。", at=at)
    given = {
        "name": "" if account else "赵示例",
        "post": "示例局窗口负责人",
        "kind": "direct",
        "deed": "未核实即上报。",
        "proposed": "talk",
    }
    return actions.name_responsible(review, by=by, account=account, at=at, **given | fields)


def nominated(case: Case, *, by: User | None = None, year: int = 2026, at: datetime = LATER, **fields: Any) -> Nomination:
    """A closed case that is nominated as excellent."""
    words = {"summary": "一家企业多次被退件，三天内一次办结。", "reason": "当场协调，一次办好。"}
    return actions.nominate(case, by=by or officer(), version=None, year=year, at=at, **words | fields)


def suspend(case: Case, *, at: datetime = MONDAY) -> None:
    """Stop the clock of a case from a day on."""
    day = clock.day_of(at)
    actions.suspend(case, by=officer(), version=None, ground="expert", basis="条例第九条", words="等待鉴定。", from_on=day, at=at)


def merged(case: Case, into: Case, *, by: User | None = None, at: datetime = MONDAY) -> Case:
    """A case in triage that an officer has merged into another."""
    actions.merge(case, into=into, by=by or officer(), version=None, at=at)
    case.refresh_from_db()
    into.refresh_from_db()
    return case


def joint_case(status: Status = Status.TRIAGE, *, second: dict[str, Any] | None = None, **fields: Any) -> Case:
    """A case of two complainants, walked to a status; `second` is what the one who was merged into it filed otherwise."""
    case = new_case(**fields)
    merged(new_case(**({"agency": case.respondent_agency, "filer": OTHER} | (second or {}))), case)
    walk_on(case, status)
    return case


def complaints_of(case: Case) -> list[Complaint]:
    """The complaints that the case deals with, in the order in which they came."""
    return list(Complaint.objects.filter(case_link__case=case).order_by("pk"))


def ask_unmasking(case: Case, *, by: User | None = None, at: datetime = MONDAY, **fields: Any) -> Unmasking:
    """An officer (the handler, if there is one) asks to see the name; somebody is there who may decide."""
    if not User.objects.with_role(Role.OFFICE_LEADER).exists():
        office_leader()
    given: dict[str, Any] = {
        "complaint": fields.get("complaint") or the_complaint(case),
        "column": "name",
        "purpose": "letter",
        "reason": "要寄送答复意见书。",
    } | fields
    return actions.ask_unmasking(case, by=by or case.handler or officer(), at=at, **given)


def in_transaction(act: Any, *args: Any, **kwargs: Any) -> Any:
    """Do something in a transaction of its own, as a request does; for threads of a race."""
    with transaction.atomic():
        return act(*args, **kwargs)


def clause(
    *allows: DispositionKind, since: date = date(2024, 1, 1), until: date | None = None, number: str = "第十二条"
) -> MeasureClause:
    """A clause of an invented measure, in force on MONDAY unless a test says otherwise."""
    words = {"name": "示例县奖惩办法", "published_by": "示例县", "valid_from": date(2024, 1, 1)}
    measure, _made = Measure.objects.get_or_create(document_number="示例发〔2024〕1 号", defaults=words)
    kinds = [kind.value for kind in allows] or [DispositionKind.CRITICISM.value]
    return MeasureClause.objects.create(
        measure=measure, number=number, text="情节轻微的，给予批评教育。", allows=kinds, valid_from=since, valid_until=until
    )


def account(**fields: Any) -> actions.Account:
    """What an investigation record says."""
    given: dict[str, Any] = {
        "kind": "interview",
        "began_at": MONDAY,
        "ended_at": MONDAY + timedelta(hours=1),
        "place": "县测试局会议室",
    }
    given |= {"interviewed": "窗口负责人", "text": "问：为何退件？答：材料不齐。"}
    return actions.Account(**given | fields)


def investigation(case: Case, *people: User, by: User | None = None, signed: bool = False) -> InvestigationRecord:
    """A record of two investigators, signed by both if a test wants a complete one."""
    team = list(people) or [officer(), officer()]
    at = MONDAY + timedelta(days=2)
    row = actions.record_investigation(case, by=by or team[0], account=account(), investigators=team, at=at)
    for person in team if signed else []:
        row = actions.sign_record(row, by=person, seen=row.version, at=at)
    return row


def disposition(case: Case, *, by: User | None = None, at: datetime = MONDAY, **fields: Any) -> Disposition:
    """A disposition that the handler proposes."""
    agency = fields.pop("agency", case.agency or case.respondent_agency)
    given: dict[str, Any] = {
        "post": "",
        "kind": "criticism",
        "words": "窗口未一次性告知，给予批评教育。",
        "looked_at": True,
    } | fields
    given["clause"] = fields.get("clause") or clause()
    return actions.propose_disposition(case, by=by or handler_of(case), version=None, agency=agency, at=at, **given)


def rectification(case: Case, *, by: User | None = None, at: datetime = MONDAY, **fields: Any) -> Rectification:
    """What the handler demands of the agency."""
    agency = fields.pop("agency", case.agency or case.respondent_agency)
    given: dict[str, Any] = {"demand": "请在窗口公示一次性告知清单，并报送照片。", "looked_at": True} | fields
    return actions.demand_rectification(case, by=by or handler_of(case), version=None, agency=agency, at=at, **given)
