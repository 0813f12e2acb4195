"""Imports from end to end: what stands in the database afterwards, and what is told."""

import csv
import io
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DataError, OperationalError, connection
from openpyxl import Workbook

from cases.importing import actions, history, runs
from cases.models import Case, Deadline
from cases.workflow import Status
from complaints import ports
from complaints.models import Complaint
from core import calendars, numbering, reminders, vault
from core.clock import SHANGHAI
from core.models import Delivery, Event, Notice
from tests.factories import MONDAY, NAME, PHONE, AgencyFactory, new_case, officer

pytestmark = pytest.mark.django_db
HEADINGS = ["编号", "标题", "内容", "来电时间", "答复", "答复时间", "被投诉单位", "类别", "姓名", "电话"]
CLOSED = [
    "1",
    "窗口没有人",
    "窗口没有人，等了很久。",
    "2019/4/25 9:32:09",
    "已安排人员值守。",
    "2019-05-09 10:02",
    "",
    "",
    "",
    "",
]
OPEN = ["2", "", "退件三次，没有书面告知。", "2026年9月1日", "", "", "", "办事效率低下", "", ""]


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def table(tmp_path):
    """Write rows below the usual headings and return the file's path."""

    def write(*rows: list[str], encoding: str = "utf-8") -> Path:
        path: Path = tmp_path / "messages.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([HEADINGS, *rows])
        return path

    return write


def take(path: Path, *options: str) -> str:
    """Run the command and return what it prints, in English."""
    out = io.StringIO()
    call_command("import_messages", str(path), "--no-progress", "--language", "en", *options, stdout=out)
    return out.getvalue()


def changed(row: list[str], **values: str) -> list[str]:
    places = {
        "number": 0,
        "title": 1,
        "body": 2,
        "received": 3,
        "reply": 4,
        "replied": 5,
        "agency": 6,
        "category": 7,
        "name": 8,
        "phone": 9,
    }
    row = list(row)
    for name, value in values.items():
        row[places[name]] = value
    return row


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


# --- A row with a reply ---


def test_an_answered_row_arrives_closed(table):
    take(table(CLOSED))
    case = Case.objects.get()
    assert (case.status, case.received_at, case.closed_at) == (Status.CLOSED, at("2019-04-25 09:32:09"), at("2019-05-09 10:02"))
    assert (case.reply, case.replied_at, case.number, case.category, case.due_on) == (
        CLOSED[4],
        case.closed_at,
        "2019-0001",
        0,
        None,
    )


def test_an_answered_row_brings_its_dated_history(table):
    take(table(CLOSED))
    received, replied = at("2019-04-25 09:32:09"), at("2019-05-09 10:02")
    history = [("complaint.lodged", received), ("case.opened", received), ("case.accepted", received)]
    history += [("case.replied", replied), ("case.closed", replied), ("case.imported", MONDAY)]
    assert list(Event.objects.order_by("id").values_list("type", "at")) == history


def test_the_original_is_sealed_and_the_copy_readable(table):
    take(table(CLOSED))
    complaint = Complaint.objects.get()
    assert (
        vault.open_sealed(complaint.narrative_sealed, row=complaint.vault_row, column="narrative")
        == complaint.working_copy
        == CLOSED[2]
    )


def test_the_complainant_of_an_answered_row_can_read_the_reply(table):
    take(table(CLOSED))
    progress = ports.progress(Complaint.objects.get())
    assert (progress.reply, progress.replied_at, progress.may_rate) == (CLOSED[4], at("2019-05-09 10:02"), False)


# --- An open row ---


def test_an_open_row_starts_on_the_day_of_entry(table):
    take(table(OPEN))
    case, deadline = Case.objects.get(), Deadline.objects.get()
    assert (case.status, case.category, case.received_at, case.opened_at) == (Status.TRIAGE, 4, at("2026-09-01"), MONDAY)
    assert (deadline.started_on, deadline.due_on) == (MONDAY.date(), at("2026-09-17").date())
    assert (case.due_on, case.due_at) == (deadline.due_on, deadline.due_at)


def test_a_backdated_row_starts_on_the_day_of_receipt(table):
    take(table(OPEN), "--backdate")
    assert (Deadline.objects.get().started_on, Case.objects.get().due_on) == (at("2026-09-01").date(), at("2026-09-04").date())


@pytest.mark.parametrize("options", [[], ["--backdate"]])
def test_reminders_come_in_the_future_only(table, options):
    take(table(OPEN), *options)
    coming = Deadline.objects.get().next_reminder_at
    assert coming
    assert MONDAY < coming < MONDAY + timedelta(days=2)


@pytest.mark.parametrize("received", ["2026-09-10", "2026-07-10", "2026-07-17", "2006-01-04"])
def test_the_next_reminder_is_that_of_the_ladder_however_late(table, received):
    take(table(changed(OPEN, received=received)), "--backdate")
    deadline = Deadline.objects.get()
    coming = reminders.next_after(deadline.started_on, deadline.due_on, MONDAY, calendars.work_calendar())
    assert deadline.next_reminder_at == coming.fires_at


def test_a_day_without_a_policy_is_refused_when_backdated(table):
    assert "No time limit" in take(table(changed(OPEN, received="2001/3/5")), "--backdate")
    assert Case.objects.count() == 0


def test_an_open_row_stands_in_the_work_queue(table):
    take(table(OPEN, CLOSED))
    queue = Case.objects.visible_to(officer()).open().for_list()
    assert [case.title for case in queue] == ["退件三次，没有书面告知"]


def test_an_import_tells_nobody(table):
    officer()
    take(table(OPEN, changed(OPEN, number="3", name=NAME, phone=PHONE)), "--backdate")
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


# --- Who filed ---


def test_a_name_is_sealed_and_masked_everywhere(table):
    words = f"我是{NAME}，电话 {PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}。"
    take(table(changed(CLOSED, title=f"{NAME}的来信", body=words, reply=f"{NAME}：您好！", name=NAME, phone=PHONE)))
    complaint, case = Complaint.objects.get(), Case.objects.get()
    person = complaint.complainant
    assert person
    assert vault.open_sealed(person.name_sealed, row=person.vault_row, column="name") == NAME
    assert (person.phone_masked, person.verification) == ("139****1234", "none")
    open_texts = [complaint.title, complaint.working_copy, case.title, case.reply, str(list(Event.objects.values_list("facts")))]
    assert [text for text in open_texts if NAME in text or "1234" in text] == []


def test_a_known_agency_is_found_by_its_short_name(table):
    agency = AgencyFactory.create(short_name="住建局")
    take(table(changed(CLOSED, agency="住建局")))
    assert (Complaint.objects.get().agency, Case.objects.get().respondent_agency) == (agency, agency)


def test_a_short_name_of_two_agencies_is_kept_in_words(table):
    AgencyFactory.create_batch(2, short_name="办公室")
    assert "kept in words: 1" in take(table(changed(CLOSED, agency="办公室")))
    assert Complaint.objects.get().agency_words == "办公室"


# --- Numbers ---


def test_numbers_follow_the_year_of_receipt_without_gaps(table):
    case = new_case()
    rows = [changed(OPEN, number=str(number), received=f"{2025 + number % 2}/3/5") for number in range(6)]
    take(table(*rows))
    following = new_case()
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"2025-{n:04d}" for n in (1, 2, 3)] + [case.number] + [f"2026-{n:04d}" for n in (2, 3, 4)] + [
        following.number
    ]
    assert following.number == "2026-0005"


# --- Again, at once, and halfway ---


def test_a_second_run_adds_nothing(table):
    path = table(CLOSED, OPEN, changed(CLOSED, number=""))
    take(path)
    told = take(path)
    assert "Imported: 0 (closed 0, open 0)" in told
    assert "Here already: 3" in told
    assert (Complaint.objects.count(), numbering.next_number("complaint", 2019)) == (3, 3)


def test_the_same_rows_as_a_workbook_add_nothing(table, tmp_path):
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(
        [1, *CLOSED[1:3], at("2019-04-25 09:32:09").replace(tzinfo=None), CLOSED[4], at("2019-05-09 10:02").replace(tzinfo=None)]
    )
    book.save(tmp_path / "messages.xlsx")
    take(tmp_path / "messages.xlsx")
    assert "Here already: 1" in take(table(CLOSED, encoding="gb18030"))


def test_another_message_under_a_known_number_is_refused(table):
    take(table(CLOSED))
    assert "--source" in take(table(changed(CLOSED, body="别的内容")))
    assert Complaint.objects.get().working_copy == CLOSED[2]


def test_another_register_has_numbers_of_its_own(table):
    take(table(CLOSED))
    take(table(changed(CLOSED, body="别的内容")), "--source", "12345")
    assert set(Complaint.objects.values_list("import_key", flat=True)) == {"12345:1", "hotline:1"}


def test_a_repeated_row_is_refused_with_the_line_of_the_first(table):
    assert "Line 2 has the same number" in take(table(CLOSED, changed(CLOSED, body="别的内容")))
    assert Complaint.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_take_each_row_once(table, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 3)
    path = table(*(changed(CLOSED, number=str(number)) for number in range(10)))
    start, told = Barrier(2), []

    def run() -> None:
        start.wait()
        told.append(take(path))
        connection.close()

    threads = [Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 2
    assert sorted(Case.objects.values_list("number", flat=True)) == [f"2019-{n:04d}" for n in range(1, 11)]
    assert set(Counter(Event.objects.values_list("type", flat=True)).values()) == {10}


@pytest.mark.django_db(transaction=True)
def test_a_run_cut_short_leaves_whole_rows_and_is_continued(table, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 2)
    path = table(*(changed(CLOSED, number=str(number)) for number in range(6)))
    whole, calls = history.of, iter(range(100))

    def cut(*args, **kwargs):
        if next(calls) == 3:  # in the midst of the second batch, when its rows are written
            raise OperationalError("the server went away")
        return whole(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(history, "of", cut)
        with pytest.raises(CommandError):
            take(path)
    assert (Complaint.objects.count(), Case.objects.count(), Event.objects.count()) == (2, 2, 12)
    assert "Imported: 4" in take(path)
    assert sorted(Case.objects.values_list("number", flat=True)) == [f"2019-{n:04d}" for n in range(1, 7)]


@pytest.mark.django_db(transaction=True)
def test_a_row_that_the_database_refuses_leaves_the_rest_of_its_batch(table, monkeypatch):
    whole = actions._case

    def picky(matter, *args, **kwargs):
        if matter.number == "2":
            raise DataError("no such value")
        return whole(matter, *args, **kwargs)

    monkeypatch.setattr(actions, "_case", picky)
    told = take(table(*(changed(CLOSED, number=str(number)) for number in (1, 2, 3))))
    assert "The database refuses the row." in told
    assert list(Case.objects.order_by("id").values_list("number", flat=True)) == ["2019-0001", "2019-0002"]


# --- What is told ---


def test_a_dry_run_reports_the_same_and_writes_nothing(table):
    path = table(CLOSED, OPEN, changed(OPEN, number="3", body=""))
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT dry")
        cursor.execute("SET TRANSACTION READ ONLY")
        dry = take(path, "--dry-run")
        cursor.execute("ROLLBACK TO SAVEPOINT dry")
    assert Complaint.objects.count() == 0
    wet = take(path)
    assert [line for line in dry.splitlines() if not line.startswith("Dry run")] == wet.splitlines()


def test_refused_rows_are_told_with_line_number_and_reason(table, tmp_path):
    report = tmp_path / "refused.csv"
    told = take(
        table(CLOSED, changed(OPEN, number="=7", body=""), changed(OPEN, number="8", received="昨天")), "--report", str(report)
    )
    rows = list(csv.reader(io.StringIO(report.read_text("utf-8-sig"))))
    assert [row[:2] for row in rows[1:]] == [["3", "'=7"], ["4", "8"]]
    assert all(reason in told for _line, _number, reason in rows[1:])
    assert "Refused: 2" in told


def test_the_report_speaks_chinese_by_default(table):
    out = io.StringIO()
    call_command("import_messages", str(table(CLOSED)), "--no-progress", stdout=out)
    assert "已导入：1 条" in out.getvalue()


def test_a_file_without_the_needed_columns_writes_nothing(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(CommandError, match="甲、乙"):
        take(path)


def test_a_column_can_be_mapped(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("经过,何时\n窗口没有人。,2019/4/25\n", "utf-8")
    assert "Imported: 1" in take(path, "--map", "body=经过", "received=何时", "--channel", "letter")
    assert Complaint.objects.get().channel == "letter"


@pytest.mark.parametrize("report", ["messages.csv", "no/such/folder.csv"])
def test_a_report_that_cannot_be_written_stops_the_import_first(table, tmp_path, report):
    path = table(CLOSED)
    with pytest.raises(CommandError):
        take(path, "--report", str(tmp_path / report))
    assert Complaint.objects.count() == 0
    assert "窗口" in path.read_text("utf-8")


@pytest.mark.parametrize("row", [CLOSED, changed(OPEN, name=NAME, phone=PHONE)])
def test_a_batch_costs_few_queries_however_many_its_rows(table, django_assert_max_num_queries, row):
    with django_assert_max_num_queries(25):
        take(table(*(changed(row, number=str(number)) for number in range(100))))
