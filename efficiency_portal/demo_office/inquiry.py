"""What the demo's office has found out: an invented measure with its clauses, and inquiry sheets of several matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from agencies.models import DispositionKind, Measure, MeasureClause
from cases import actions
from cases.models import Case
from cases.workflow import Finding
from core import clock

_KINDS = DispositionKind
_NUMBER = "清办发〔示例〕9 号"
# Clause, what it allows, wording; the twelfth was worded anew at the beginning of this year.
_CLAUSES: tuple[tuple[str, tuple[DispositionKind, ...], str], ...] = (
    ("第十条", (_KINDS.CRITICISM, _KINDS.SELF_REVIEW), "未履行一次性告知、服务态度差，情节轻微的，给予批评教育或者责令检查。"),
    ("第十一条", (_KINDS.CIRCULAR, _KINDS.ADMONITION), "推诿拖延、超过承诺时限的，给予通报批评或者效能告诫。"),
    ("第十三条", (_KINDS.SUSPENSION, _KINDS.REFERRAL), "吃拿卡要的，停职检查；涉嫌违纪违法的，移送有权机关。"),
)
_Row = tuple[str, tuple[DispositionKind, ...], str, date, date | None]
_TWELFTH_OLD = "乱收费的，责令退还，并给予通报批评。"
_TWELFTH = "违规收取费用的，五个工作日内全部退还，并给予通报批评；数额较大的，从重处理。"


@dataclass(frozen=True)
class Found:
    """What was found out in one matter, by the beginning of its narrative."""

    begins: str
    allegations: tuple[tuple[str, str, str], ...]  # words, finding, reason
    place: str
    interviewed: str
    text: str
    note: str


FOUND = (
    Found(
        "我家老房子墙裂了",
        (("40 多天没有上门鉴定", Finding.UPHELD, "登记簿显示 42 天未派人。"), ("电话答复“在排队”没有书面告知", "", "")),
        "东关街道办事处城建办",
        "城建办负责人、当班工作人员",
        "问：申请何时收到，为何没有上门？\n答：5 月 11 日收到，鉴定员只有一名，排到 7 月。\n"
        "问：是否书面告知？\n答：只在电话里说过。",
        "雨季将至，先请街道安排临时安置，再谈责任。",
    ),
)


def load_measure(year: int) -> None:
    """Enter the invented measure, in force since the beginning of last year."""
    since = date(year - 1, 1, 1)
    measure = Measure.objects.create(
        name="清河县优化经济发展环境奖惩暂行办法（虚构）",
        document_number=_NUMBER,
        published_by="中共清河县委办公室、清河县人民政府办公室（虚构）",
        valid_from=since,
    )
    rows: list[_Row] = [(number, kinds, text, since, None) for number, kinds, text in _CLAUSES]
    twelfth = (_KINDS.REFUND, _KINDS.CIRCULAR)
    rows.append(("第十二条", twelfth, _TWELFTH_OLD, since, date(year - 1, 12, 31)))
    rows.append(("第十二条", twelfth, _TWELFTH, date(year, 1, 1), None))
    MeasureClause.objects.bulk_create(
        [
            MeasureClause(
                measure=measure,
                number=number,
                allows=[kind.value for kind in kinds],
                text=text,
                valid_from=first,
                valid_until=last,
            )
            for number, kinds, text, first, last in rows
        ]
    )


def inquire(people: Mapping[str, User], *, now: datetime) -> None:
    """Fill the sheets of some matters: one under investigation, one at fault with everything that follows, one closed."""
    at = now - timedelta(minutes=4)
    for found in FOUND:
        _investigate(found, people, at)
    _follow_up_on(people, at)


def _investigate(found: Found, people: Mapping[str, User], at: datetime) -> None:
    case = _case_of(found.begins)
    if case is None or case.handler is None:
        return
    handler, other = case.handler, _colleague(case, people)
    texts = [words for words, _finding, _reason in found.allegations]
    rows = actions.split(case, by=handler, version=None, texts=texts, at=at)
    for row, (words, finding, reason) in zip(rows, found.allegations, strict=True):
        if finding:
            given = {"text": words, "finding": finding, "reason": reason}
            actions.decide_allegation(row, by=handler, version=None, at=at, **given)
    account = actions.Account(
        kind="interview",
        began_at=at - timedelta(hours=2),
        ended_at=at - timedelta(hours=1),
        place=found.place,
        interviewed=found.interviewed,
        text=found.text,
    )
    record = actions.record_investigation(case, by=handler, account=account, investigators=[handler, other], at=at)
    actions.add_evidence(record, by=handler, what="危房鉴定申请登记簿（复印件）", from_whom="东关街道城建办", at=at)
    record.refresh_from_db()
    actions.sign_record(record, by=handler, seen=record.version, at=at)
    actions.write_note(case, by=handler, text=found.note, mentioned=people["zhangjianping"], at=at)
    day = clock.day_of(at)
    actions.enter_cost(case, by=handler, kind="work", amount=150, spent_on=day, spent_by=handler, reason="实地谈话", at=at)
    fare = actions.enter_cost(case, by=handler, kind="travel", amount=4600, spent_on=day, spent_by=handler, reason="往返", at=at)
    actions.correct_cost(fare, by=handler, amount=1000, reason="多记一程。", at=at)


def _follow_up_on(people: Mapping[str, User], at: datetime) -> None:
    """A window was found at fault: a disposition is decided, one waits, and the agency has something to put right."""
    replied, reported = _case_of("我母亲 82 岁"), _case_of("去窗口办营业执照变更")
    if replied and replied.agency and replied.handler:
        given: dict[str, Any] = {
            "agency": replied.agency,
            "post": "养老认证窗口当班人员",
            "kind": _KINDS.CRITICISM,
            "clause": _clause("第十条"),
        }
        words = "窗口未履行一次性告知，情况属实，对当班人员给予批评教育。"
        row = actions.propose_disposition(replied, by=replied.handler, version=None, words=words, looked_at=True, at=at, **given)
        actions.decide_disposition(row, by=people["zhangjianping"], approve=True, at=at)
        demand = "请在窗口和短信中公示网上认证办法，并报送照片和短信样稿。"
        actions.demand_rectification(
            replied, by=replied.handler, version=None, agency=replied.agency, demand=demand, looked_at=True, at=at
        )
    if reported and reported.agency and reported.handler:
        given = {"agency": reported.agency, "post": "", "kind": _KINDS.REFUND, "clause": _clause("第十二条")}
        words = "窗口以“加急费”名义收取费用，没有依据，责令全部退还。"
        actions.propose_disposition(reported, by=reported.handler, version=None, words=words, looked_at=True, at=at, **given)
        actions.declare_recusal(
            reported, by=_colleague(reported, people), ground="former_post", details="2019 年前在该局工作。", at=at
        )


def _case_of(begins: str) -> Case | None:
    return Case.objects.filter(title__startswith=begins).select_related("agency", "handler").first()


def _clause(number: str) -> MeasureClause:
    return MeasureClause.objects.select_related("measure").get(number=number, valid_until=None)


def _colleague(case: Case, people: Mapping[str, User]) -> User:
    return next(user for user in (people["zhoumin"], people["liweiguo"]) if user != case.handler)
