"""Taking a roster in: the dry run, the report of faults, and the numbers that go on behind it."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from accounts.roles import Role
from supervisors import actions
from supervisors.models import Supervisor, Term
from tests.factories import MONDAY, AgencyFactory, UserFactory, office_leader, supervisor

pytestmark = pytest.mark.django_db
HEAD = ["姓名", "用户名", "类别", "来源", "所在单位", "聘书编号", "聘期开始", "聘期结束"]
GOOD = ["甲乙丙", "jiayibing", "专职监督员", "退休老干部", "", "清效督聘〔2026〕007 号", "2026-01-01", "2027-12-31"]


def book(*rows, head=HEAD):
    workbook = Workbook()
    for row in (head, *rows):
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return SimpleUploadedFile("名册.xlsx", file.getvalue())


def take(client, file, how="write"):
    client.force_login(office_leader())
    with time_machine.travel(MONDAY, tick=False):
        return client.post(reverse("supervisors:import"), {"file": file, "dry_run": how})


def changed(**cells):
    names = ["name", "user", "kind", "background", "agency", "number", "since", "until"]
    return [cells.get(name, value) for name, value in zip(names, GOOD, strict=True)]


def test_a_dry_run_writes_nothing_and_tells_all(client):
    report = take(client, book(GOOD, changed(user="b", kind="临时工", number="另 1 号")), "look").context["report"]
    assert ([line for line, _name in report.taken], [line for line, _why in report.refused]) == ([2], [3])
    assert not Supervisor.objects.exists()


def test_a_roster_is_taken_in_once_and_numbers_go_on_behind_it(client):
    assert len(take(client, book(GOOD)).context["report"].taken) == 1
    assert len(take(client, book(GOOD)).context["report"].present) == 1
    term = actions.renew(Supervisor.objects.get(), by=office_leader(), since=MONDAY.date().replace(2028), years=1, at=MONDAY)
    assert term.certificate_number == "清效督聘〔2028〕001 号"
    agency = AgencyFactory.create()
    other = supervisor(home_agency=agency, since=MONDAY.date().replace(2020), until=MONDAY.date().replace(2021))
    assert actions.renew(other, by=office_leader(), since=MONDAY.date(), years=1, at=MONDAY).certificate_number.endswith("008 号")


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ({"until": "2025-01-01"}, "早于"),
        ({"since": "某日"}, "日期"),
        ({"agency": "", "kind": "兼职义务监督员", "background": "单位、乡镇"}, "义务监督员须来自"),
        ({"agency": "没有的局", "kind": "兼职义务监督员", "background": "单位、乡镇"}, "没有单位"),
        ({"name": ""}, "为空"),
        ({"user": "x" * 61}, "过长"),
        ({"user": "taken"}, "别人的"),
    ],
)
def test_a_row_at_fault_is_told_and_stops_no_other(client, fault, word):
    UserFactory.create(username="taken")
    faulty = changed(**{"user": "another", "number": "另 1 号"} | fault)
    report = take(client, book(faulty, GOOD)).context["report"]
    assert [line for line, _name in report.taken] == [3]
    assert word in report.refused[0][1]


def test_overlapping_terms_of_one_person_are_refused(client):
    report = take(client, book(GOOD, changed(number="另 1 号", since="2027-12-31", until="2028-12-30"))).context["report"]
    assert report.refused == [(3, "与此人的另一段聘期重叠。")]
    assert Term.objects.count() == 1


def test_a_number_of_another_term_is_refused(client):
    report = take(client, book(GOOD, changed(user="other", name="丁戊"))).context["report"]
    assert "已用于别的聘期" in report.refused[0][1]


@pytest.mark.parametrize(
    ("file", "word"),
    [
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken"), "损坏"),
        (SimpleUploadedFile("a.csv", "姓名,用户名\n甲,乙\n".encode()), "缺少这些列"),
        (SimpleUploadedFile("a.csv", b""), "空"),
    ],
)
def test_a_file_that_is_no_roster_is_told(client, file, word):
    response = take(client, file)
    assert word in str(response.context["form"].errors["file"])


def test_what_is_exported_can_be_taken_in_again(client):
    row = supervisor(home_agency=AgencyFactory.create())
    client.force_login(office_leader())
    content = b"".join(client.post(reverse("supervisors:export")).streaming_content)
    report = take(client, SimpleUploadedFile("out.xlsx", content)).context["report"]
    assert report.present == [(2, row.user.full_name)]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICE_LEADER])
def test_only_leaders_take_a_roster_in(client, role):
    client.force_login(UserFactory.create(roles=[role]))
    assert client.post(reverse("supervisors:import"), {"file": book(GOOD), "dry_run": "write"}).status_code == 404
