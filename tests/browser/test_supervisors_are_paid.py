"""A supervisor in a real browser: from the appointment to the receipt of a reward, and from the duty log to the pay statement."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from cases.models import Case
from cases.workflow import Status
from core import clock
from core.calendars import work_calendar
from efficiency_portal.demo_office import people
from supervisors import actions
from supervisors.models import Batch, Budget, Candidacy, Inspection, Payable, RemunerationRun, Reward, RewardGrade, RewardScheme
from supervisors.payouts.capitals import figures
from supervisors.remuneration.months import first_of, next_month
from tests.factories import walk_on

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
CARD = "6222021001116245702"
Later = Callable[[date], None]


@pytest.fixture
def it_is(settings: Settings, tmp_path: Path) -> Later:
    """Let the portal's clock show ten in the morning of a day."""
    path = tmp_path / "offset"
    settings.CLOCK_OFFSET_FILE = str(path)

    def set_clock(day: date) -> None:
        then = datetime.combine(day, time(10), tzinfo=clock.SHANGHAI)
        path.write_text(str((then - timezone.now()).total_seconds()))

    return set_clock


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).first.click()


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=words).first.click()


def to(name: str, *args: object) -> str:
    return reverse(f"supervisors:{name}", args=args)


def give_account(page: Page, holder: str) -> None:
    page.locator("[name=means][value=bank]").check()
    page.locator("[name=holder]").fill(holder)
    page.locator("[name=bank]").fill("清河县农商银行城关支行")
    page.locator("[name=account]").fill("6222 0210 0111 6245 702")
    page.locator("[name=consent]").check()
    page.locator("main form button.btn-primary").last.click()


def pay_by_bank(page: Page, kind: str, tmp_path: Path) -> None:
    """Finance puts all into a batch, sends it, makes the bank's file and takes in what the bank answers."""
    page.goto(to("payouts"))
    page.locator("nav a", has_text=kind).click()
    press(page, "全部编入一个批次")
    batch = Batch.objects.latest("pk")
    follow(page, "发出批次")
    press(page, "发出批次")
    expect(page.locator("main")).to_contain_text("银行处理中")
    with page.expect_download() as download:
        press(page, "CSV")
    assert CARD in Path(download.value.path()).read_bytes().decode("gbk", "ignore")
    rows = Payable.objects.filter(payments__batch=batch).values_list("voucher", "amount_fen")
    answer = tmp_path / "回单.csv"
    lines = ["凭证编号,金额,收款账号,处理结果", *(f"{voucher},{figures(fen)},{CARD},成功" for voucher, fen in rows)]
    answer.write_text("\n".join(lines), encoding="gbk")
    page.goto(to("batch_answer", batch.pk))
    page.locator("[name=file]").set_input_files(answer)
    press(page, "读取文件")
    press(page, "全部入账")
    expect(page.locator("main")).to_contain_text("已入账")


def test_from_the_duty_log_to_the_pay_statement(county, sign_in, it_is, tmp_path):
    today = clock.today()
    supervisor, officer, leader = sign_in("sunlan", size=PHONE), sign_in("zhoumin"), sign_in("zhangjianping")
    supervisor.goto(to("mine"))
    follow(supervisor, "登记履职")
    supervisor.get_by_text("巡查办事窗口").click()
    supervisor.locator("[name=hours]").fill("3")
    supervisor.locator("[name=place]").fill("县政务中心")
    press(supervisor, "保存")
    officer.goto(to("duties"))
    press(officer, "确认")
    leader.goto(to("remuneration_rule_new"))
    for name, value in {"since": f"{today:%Y-%m}", "monthly_fen": "600", "allowance_fen": "0", "duty_day_fen": "80"}.items():
        leader.locator(f"[name={name}]").fill(value)
    leader.locator("[name=inspection_fen]").fill("100")
    leader.locator("[name=proration][value=days]").check()
    leader.locator("[name=basis]").fill("清优办〔2026〕3 号第六条")
    press(leader, "保存")

    it_is(next_month(first_of(today)) + timedelta(days=1))
    officer.goto(to("remuneration"))
    follow(officer, "计算月份")
    press(officer, "计算月份")
    expect(officer.locator("main")).to_contain_text("680.00")
    run = RemunerationRun.objects.get()
    leader.goto(to("remuneration_run", run.pk))
    follow(leader, "审批")
    press(leader, "审批并锁定")
    supervisor.goto(to("own_pay"))
    follow(supervisor, "填写领取方式")
    give_account(supervisor, "孙兰")
    pay_by_bank(sign_in("qianfang"), "报酬", tmp_path)

    supervisor.goto("/inbox/")
    supervisor.locator("main button", has_text="报酬已发放").first.click()
    main = supervisor.locator("main")
    expect(main).to_contain_text("陆佰捌拾元整")
    expect(main).to_contain_text(Payable.objects.get().voucher)
    expect(main).to_contain_text("已支付")
    assert supervisor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def appoint(sign_in: Callable[..., Page], it_is: Later) -> User:
    """A township nominates one of its people; the office checks, publishes and appoints."""
    officer, leader = sign_in("zhoumin"), sign_in("hanxuemei")
    officer.goto(to("call_new"))
    officer.locator("[name=kind][value=volunteer]").check()
    today = clock.today()
    fields = {"title": "推荐兼职义务监督员", "text": "请各单位推荐。", "places": "2"}
    fields |= {"opens_on": today.isoformat(), "closes_on": (today + timedelta(days=20)).isoformat()}
    for name, value in fields.items():
        officer.locator(f"[name={name}]").fill(value)
    officer.locator("[name=years]").first.check()
    officer.locator("main form button.btn-primary").last.click()
    officer.goto(to("calls"))
    follow(officer, "推荐兼职义务监督员")
    officer.locator("main a.btn-primary").first.click()
    for name, value in {"full_name": "柳青青", "phone": "13900000199", "statement": "办事公道，群众信任。"}.items():
        officer.locator(f"[name={name}]").fill(value)
    officer.locator("[name=home_agency]").select_option(str(Agency.objects.get(short_name="城关镇").pk))
    officer.locator("main form button.btn-primary").last.click()
    row = Candidacy.objects.get()
    officer.goto(to("move", row.pk, "check"))
    officer.locator("[name=note]").fill("已查询，无处分记录。")
    officer.locator("[name=is_clean]").check()
    for page, name in ((officer, "check"), (leader, "approve"), (officer, "publish")):
        if name != "check":
            page.goto(to("move", row.pk, name))
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_url(f"**{to('candidacy', row.pk)}")
    it_is(work_calendar().shift(today, 9))
    leader.goto(to("move", row.pk, "appoint"))
    leader.locator("[name=username]").fill("liuqingqing")
    leader.locator("main form button.btn-primary").last.click()
    leader.wait_for_url(f"**{to('candidacy', row.pk)}")
    user = User.objects.get(username="liuqingqing")
    user.set_password(people.PASSWORD)  # a system administrator gives it, in the administration
    user.save()
    return user


def plan_today(leader: Page, users: list[User]) -> Inspection:
    leader.goto(to("inspection_new"))
    leader.locator("[name=manner][value=open]").check()
    leader.get_by_label("窗口作风").check()
    housing = Agency.objects.get(short_name="住建局")
    leader.locator(f"[name=agencies][value='{housing.pk}']").check()
    leader.locator("[name=first_on]").fill(clock.today().isoformat())
    for user in users:
        leader.locator(f"[name=members][value='{user.pk}']").check()
    press(leader, "安排")
    return Inspection.objects.get()


def record_and_tip(page: Page, visit: Inspection) -> None:
    """On the phone: what was seen, then given as the own tip once the visit is closed."""
    page.goto(to("field"))
    page.locator("a.field-plan").first.click()
    expect(page.locator("form[data-ready]")).to_be_attached()
    page.locator("[name=place]").fill("二楼 3 号窗口")
    page.get_by_text("空岗脱岗").click()
    page.locator("[name=words]").fill("上班时间窗口无人，六人在等，二十分钟后才有人来。")
    page.locator(".thumb-bar button").click()
    expect(page.locator("[data-rows] li[data-state=sent]")).to_have_count(1, timeout=20_000)
    page.goto(to("inspection", visit.pk))
    press(page, "作为我的线索提交")
    page.goto(to("own_tips"))
    expect(page.locator("main article")).to_have_count(1)


def propose(page: Page, case: Case) -> None:
    page.goto(to("case_reward", case.pk))
    follow(page, "提请奖励")
    for name, value in {"own_duty": "no", "accomplice": "no", "truth": "whole", "worth": "decisive"}.items():
        page.locator(f"[name={name}][value={value}]").check()
    for name in ("truth_reason", "worth_reason", "reason"):
        page.locator(f"[name={name}]").fill("经核实，线索准确，据此整改。")
    page.locator("[name=grade]").first.check()
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_url(f"**{to('case_reward', case.pk)}")


def test_from_the_appointment_to_the_rewards_receipt(county, sign_in, it_is, tmp_path):
    user = appoint(sign_in, it_is)
    leader, officer, phone = sign_in("hanxuemei"), sign_in("zhoumin"), sign_in("liuqingqing", size=PHONE)
    visit = plan_today(leader, [user, county["sunlan"]])
    record_and_tip(phone, visit)
    case = Case.objects.get()
    walk_on(case, Status.REPLIED, at=clock.now(), by=county["zhoumin"])  # a case's own way is driven in other tests
    scheme_of_the_year()
    it_is(work_calendar().shift(clock.today(), 1))
    propose(officer, case)
    seen = officer.locator("main").inner_text()
    leader.goto(to("decide_reward", Reward.objects.get().pk))
    leader.locator("[name=decision][value=yes]").check()
    leader.locator("main form button.btn-primary").last.click()
    leader.wait_for_url(f"**{to('case_reward', case.pk)}")
    seen += leader.locator("main").inner_text()
    assert user.full_name not in seen

    phone.goto("/inbox/")
    phone.locator("main button", has_text="线索有新进展").first.click()
    follow(phone, "领取奖励")
    give_account(phone, user.full_name)
    expect(phone.locator("main")).to_contain_text("正在发放")
    pay_by_bank(sign_in("qianfang"), "奖励", tmp_path)
    actions.follow_payments(at=clock.now())  # beat does it every five minutes
    phone.goto(to("own_tips"))
    main = phone.locator("main")
    expect(main).to_contain_text("奖励已发放")
    expect(main).to_contain_text(Payable.objects.get().voucher)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def scheme_of_the_year() -> None:
    year = clock.today().year
    scheme = RewardScheme.objects.create(
        year=year,
        name="清河县举报奖励办法",
        basis=f"清办发〔{year}〕5 号",
        since=date(year, 1, 1),
        until=date(year, 12, 31),
        budget=Budget.objects.get(kind="rewards", year=year),
    )
    RewardGrade.objects.create(scheme=scheme, place=1, name="三等", when="提供线索并查实的", least_fen=200_00, most_fen=200_00)
