"""What a letter says: the value of each placeholder, from the rows that the case has. Asks the database nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import override

from agencies.models import Agency
from cases.models import Assignment, Case, Deadline, Extension, Letter, Report
from cases.workflow import Advice, Finding, Mode, Step
from complaints.labels import category_official
from complaints.models import Complaint, Satisfaction
from core import clock
from core.models import DeadlinePolicy
from core.workdays import WorkCalendar

from .kinds import LetterKind
from .words import FIELDS, fields_of, proposed, written_day

ANONYMOUS = "投诉人（匿名）"
_WITHDRAWN = "因投诉人撤回而未作结论"
_UNITS = {DeadlinePolicy.Unit.WORKING_DAYS: "个工作日", DeadlinePolicy.Unit.DAYS: "日"}

Value = str | None  # None: it should be there and is not


@dataclass(frozen=True)
class Sources:
    """The rows from which a letter is made, and the calendar by which lateness is counted."""

    letter: Letter
    case: Case
    complaint: Complaint | None
    agency: Agency | None
    assignment: Assignment | None
    deadlines: Mapping[str, Deadline]  # the latest of each step
    report: Report | None
    extension: Extension | None
    finish: DeadlinePolicy | None  # the policies in force on the day of issue
    review: DeadlinePolicy | None
    calendar: WorkCalendar
    site: str


def words_of(sources: Sources) -> dict[str, str]:
    """Return the writer's own words, those proposed where nothing was changed yet."""
    summary = sources.assignment.summary if sources.assignment else ""
    words = proposed(sources.letter.kind, summary=summary) | sources.letter.words
    return {name: str(words[name]) for name in fields_of(sources.letter.kind)}


def values_of(sources: Sources, *, number: str, day: date, addressee: Value) -> dict[str, Value]:
    """Return the value of every placeholder of this kind; "" where something may be left out, None where it is missing."""
    with override("zh-hans"):
        values = _always(sources, number, day) | {"收件人": addressee} | _course(sources, day) | _outcome(sources)
        values |= {FIELDS[name]: text for name, text in words_of(sources).items()}
    return values


def masked_addressee(sources: Sources) -> Value:
    """Return who the letter is for as a draft shows it: the name masked; None when it is deleted."""
    complaint = sources.complaint
    if complaint is None:
        return sources.agency.name if sources.agency else ""
    person = complaint.complainant
    if person is None or not complaint.is_named:
        return ANONYMOUS
    return None if person.erased_at else person.name_masked


def _always(sources: Sources, number: str, day: date) -> dict[str, Value]:
    case, complaint, office = sources.case, sources.complaint, settings.OFFICE
    return {
        "机关": office["name"] or None,
        "文号": number,
        "日期": written_day(day),
        "编号": complaint.number if complaint else case.number,
        "问题类别": category_official(case.category) if case.category else None,
        "联系电话": office["hotline"] or None,
        "办公地址": office["address"] or None,
        "查询网址": sources.site or None,
        "收到日期": written_day(clock.day_of((complaint or case).received_at)),
    }


def _course(sources: Sources, day: date) -> dict[str, Value]:
    """Who deals with it, since when and until when."""
    case, finish = sources.case, sources.deadlines.get(Step.FINISH)
    accepted = sources.deadlines.get(Step.ACCEPT)
    assigned = sources.assignment
    answer = sources.deadlines.get(Step.SUPERVISION)
    receive = sources.deadlines.get(Step.RECEIVE)
    due = written_day(finish.due_on) if finish else None
    to_agency = sources.letter.kind in {LetterKind.CHASER, LetterKind.SUPERVISION, LetterKind.CIRCULAR}
    return {
        "受理日期": written_day(clock.day_of(accepted.closed_at)) if accepted and accepted.closed_at else None,
        "办理方式": _mode(case),
        "办理期限": due if to_agency else _by(sources, "承办单位签收"),
        "时限要求": _by(sources, "签收"),
        "交办日期": written_day(clock.day_of(assigned.assigned_at)) if assigned else None,
        "签收期限": written_day(receive.due_on) if receive else None,
        "逾期情况": _lateness(finish, day, sources.calendar) if finish else None,
        "回复期限": written_day(answer.due_on) if answer and answer.closed_at is None else "",
        "承办单位": settings.OFFICE["name"] if case.mode == Mode.HANDLE else case.agency.name if case.agency else None,
        **_extension(sources.extension),
    }


def _outcome(sources: Sources) -> dict[str, Value]:
    """How it was decided and how it ended."""
    case, report, review = sources.case, sources.report, sources.review
    finding = str(Finding(case.finding).label) if case.finding else _WITHDRAWN if case.withdrawn_at else None
    where = str(Advice(case.advice).label) if case.advice and case.advice != Advice.OTHER else ""
    return {
        "不予受理理由": case.decline_reason or None,
        "救济途径": " ".join(part for part in (where, case.advice_text) if part) or None,
        "调查结论": finding,
        "答复内容": case.reply or None,
        "复查期限": _length(review) if review else None,
        "查明事实": report.facts_found if report else "",
        "处理措施": report.measures if report else "",
        "答复日期": written_day(clock.day_of(case.replied_at)) if case.replied_at else "",
        "满意度": str(Satisfaction(case.satisfaction).label) if case.satisfaction else "",
        "办结日期": written_day(clock.day_of(case.closed_at)) if case.closed_at else None,
    }


def _extension(row: Extension | None) -> dict[str, Value]:
    if row is None or row.new_due_on is None:
        return dict.fromkeys(("原办理期限", "延长后期限", "延期理由"))
    return {"原办理期限": written_day(row.old_due_on), "延长后期限": written_day(row.new_due_on), "延期理由": row.reason}


def _mode(case: Case) -> Value:
    if case.mode == Mode.HANDLE:
        return "由本中心直接办理"
    return f"转由{case.agency.name}办理" if case.agency else None


def _by(sources: Sources, begins: str) -> Value:
    """The last day once the limit runs, and before that from when and how long it will run."""
    if finish := sources.deadlines.get(Step.FINISH):
        return f"{written_day(finish.due_on)}前"
    return f"自{begins}之日起{_length(sources.finish)}内" if sources.finish else None


def _length(policy: DeadlinePolicy) -> str:
    return f"{policy.length}{_UNITS[DeadlinePolicy.Unit(policy.unit)]}"


def _lateness(finish: Deadline, day: date, calendar: WorkCalendar) -> str:
    until = clock.day_of(finish.closed_at) if finish.closed_at else day
    late = calendar.count(finish.due_on, until) if until > finish.due_on else 0
    if late:
        return f"已逾期{late}个工作日"
    return "已按期办结" if finish.closed_at else "尚未逾期"
