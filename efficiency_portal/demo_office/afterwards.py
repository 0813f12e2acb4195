"""What happens to some of the invented matters when they seem to be over: opened again, archived, reviewed, chosen."""

from collections.abc import Callable, Mapping
from datetime import datetime

from accounts.models import User
from cases import actions
from cases.excellence.criteria import criteria_of
from cases.models import Assignment, Case, Nomination
from complaints import actions as complaint_actions
from complaints.models import Complaint, Satisfaction

from .rewarding import reward_offered, reward_proposed
from .scans import stamped_scan

People = Mapping[str, User]
Later = Callable[[], datetime]  # moves on a little and says when it is


def reopened(case: Case, people: People, later: Later) -> None:
    """The complainant is dissatisfied; the officer sends it back to the agency with what is still open."""
    complaint = Complaint.objects.get(case_link__case=case)
    words = "只说了退费，没有说以后还收不收，也没有公示标准。"
    complaint_actions.rate(complaint, satisfaction=Satisfaction.DISSATISFIED, reason=words, at=later())
    case.refresh_from_db()
    reason = "您说得对：答复没有说明今后的收费标准。我们已经交该局补充核查。"
    open_ = "请说明今后是否收取、依据和标准，并在办事大厅公示后附照片报告。"
    by = case.handler or people["zhoumin"]
    actions.reopen(case, by=by, version=None, reason=reason, with_agency=True, words=open_, at=later())


def sent_back(case: Case, people: People, later: Later) -> None:
    """The report is sent back three times, so that it becomes a problem case."""
    assignment = Assignment.objects.select_related("case", "agency").get(case=case)
    liaison = assignment.received_by or people["zhoumin"]
    for round_, missing in enumerate(("缺少现场记录。", "没有说明何时修好。", "照片与所述路段不符。")):
        if round_:
            facts = f"第 {round_ + 1} 次核查：已派人到现场查看，正在安排维修。"
            words = {"finding": "upheld", "facts_found": facts, "measures": "列入本月维修计划。"}
            at = later()
            actions.report(assignment, by=liaison, version=None, at=at, scan=str(stamped_scan(at=at).pk), **words)
        actions.send_back(case, by=people["zhangjianping"], version=None, reason=missing, at=later())


def archived(case: Case, people: People, later: Later) -> None:
    """An officer puts it into the archive."""
    actions.archive(case, by=people["zhoumin"], version=None, at=later())


def excellent(case: Case, people: People, later: Later) -> None:
    """Nominated, judged by both leaders, chosen."""
    row = _nominate(case, people["zhoumin"], "当天顶岗、当天修复，群众不用再等。", later)
    for leader, value in (("zhangjianping", 88), ("hanxuemei", 92)):
        points = {one.pk: value - 3 * place for place, one in enumerate(criteria_of(row.year))}
        actions.judge(row, by=people[leader], points=points, comment="处理及时，做法可以推广。", at=later())
    actions.choose_excellent(row, by=people["hanxuemei"], reason="顶岗制度已在全县办事大厅推广。", at=later())


def nominated(case: Case, people: People, later: Later) -> None:
    """Nominated, and judged by one officer; the leaders are still to judge."""
    row = _nominate(case, people["zhangjianping"], "查清去向并全部清退，源头立了公示牌。", later)
    points = {one.pk: 85 + place for place, one in enumerate(criteria_of(row.year))}
    actions.judge(row, by=people["liweiguo"], points=points, at=later())


def wrong(case: Case, people: People, later: Later) -> None:
    """The head opens a review; one person is decided on and can appeal, another waits for the decision."""
    head, deputy = people["hanxuemei"], people["zhangjianping"]
    reason = "结论为不属实，但窗口录像显示当天确未按时开窗，核查时没有调阅。"
    review = actions.open_wrong_case(case, by=head, version=None, reason=reason, at=later())
    deed = "未调阅录像，仅凭值班表即上报不属实。"
    given = {"post": "人社局办公室联络员", "kind": "direct", "deed": deed, "proposed": "talk"}
    row = actions.name_responsible(review, by=head, account=people["luhai"], name="", at=later(), **given)
    actions.decide_responsibility(row, by=deputy, decided="inspect", note="核查不细，责令书面检查。", at=later())
    given = {"post": "人社局窗口负责人", "kind": "leader", "deed": "值班表与实际不符，未予更正。", "proposed": "talk"}
    actions.name_responsible(review, by=head, account=None, name="郑示例", at=later(), **given)


def _nominate(case: Case, by: User, reason: str, later: Later) -> Nomination:
    summary, at = case.assignments.get().summary, later()
    return actions.nominate(case, by=by, version=None, year=at.year, summary=summary, reason=reason, at=at)


WAYS: Mapping[str, Callable[[Case, People, Later], None]] = {
    way.__name__: way for way in (reopened, sent_back, archived, excellent, nominated, wrong, reward_offered, reward_proposed)
}
