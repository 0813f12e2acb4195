"""What the office finds out: notes, records that all investigators sign, allegations with their findings, cost."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection

from accounts.roles import OFFICE, Role
from cases import actions, permissions
from cases.inquiry.rules import overall, place_of
from cases.models import Allegation, Case, Cost, InvestigationRecord, Note
from cases.workflow import Finding, Status
from core import files
from core.models import Event, Notice
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    UserFactory,
    account,
    case_at,
    handler_of,
    investigation,
    new_case,
    office_leader,
    officer,
    the_complaint,
)

from .test_pages import PNG

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)
UPHELD, PARTLY, NOT = Finding.UPHELD, Finding.PARTLY_UPHELD, Finding.NOT_UPHELD


def note(case, text="请查一下窗口的登记簿。", **fields):
    return actions.write_note(case, by=fields.pop("by", None) or officer(), text=text, at=MONDAY, **fields)


def test_a_note_tells_the_colleague_it_mentions_and_the_log_holds_no_word_of_it():
    case, other = new_case(), officer()
    row = note(case, mentioned=other)
    notice = Notice.objects.get(template="cases/mentioned")
    assert (notice.recipient_id, row.text in str(notice.facts)) == (str(other.pk), False)
    assert Event.objects.of(case.subject).get(type="case.noted").facts == {"note": row.pk}


@pytest.mark.parametrize("statement", ["UPDATE cases_note SET text = 'x' WHERE id = %s", "DELETE FROM cases_note WHERE id = %s"])
def test_a_note_is_never_changed_nor_deleted(statement):
    row = note(new_case())
    with pytest.raises(IntegrityError, match="further entry"), connection.cursor() as cursor:
        cursor.execute(statement, [row.pk])


@pytest.mark.parametrize("value", [NAME, PHONE])
def test_no_paper_of_the_office_names_who_complained(value):
    case, by = case_at(Status.HANDLING, own=True), officer()
    words = f"找到{value}本人核实。"
    for act in (
        lambda: note(case, words, by=by),
        lambda: actions.record_investigation(case, by=by, account=account(text=words), investigators=[by, officer()], at=LATER),
        lambda: actions.split(case, by=handler_of(case), version=None, texts=["退件", words], at=MONDAY),
        lambda: actions.enter_cost(
            case, by=by, kind="travel", amount=100, spent_on=MONDAY.date(), spent_by=by, reason=words, at=MONDAY
        ),
    ):
        with pytest.raises(actions.NamesFiler, match="投诉人"):
            act()
    assert not Note.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_notes_cost_and_records_are_the_offices(role):
    case, person = case_at(Status.RECEIVED), UserFactory.create(roles=[role])
    assert permissions.can_note(person, case) is (role in OFFICE)
    assert permissions.can_record(person, case) is (role in OFFICE)
    if role not in OFFICE:
        with pytest.raises(PermissionDenied):
            note(case, by=person)


def test_a_record_is_complete_when_everybody_has_signed():
    case, first, second = case_at(Status.HANDLING, own=True), officer(), officer()
    row = investigation(case, first, second)
    assert Notice.objects.filter(template="cases/record_to_sign").count() == 1  # who wrote it need not be asked by a notice
    row = actions.sign_record(row, by=first, seen=row.version, at=LATER)
    assert row.completed_at is None
    row = actions.sign_record(row, by=second, seen=row.version, at=LATER)
    assert row.completed_at == LATER


def test_nobody_investigates_alone_not_even_twice():
    case, by = case_at(Status.HANDLING, own=True), officer()
    for team in ([by], [by, by]):
        with pytest.raises(actions.NotTwoPeople):
            actions.record_investigation(case, by=by, account=account(), investigators=team, at=LATER)
    row = investigation(case)
    with pytest.raises(IntegrityError, match="record_two_people"):
        InvestigationRecord.objects.filter(pk=row.pk).update(second=row.lead)


def test_only_people_of_the_office_investigate():
    case, by = case_at(Status.HANDLING, own=True), officer()
    with pytest.raises(actions.NotTwoPeople):
        actions.record_investigation(
            case, by=by, account=account(), investigators=[by, UserFactory.create(roles=[Role.SUPERVISOR])], at=LATER
        )


@pytest.mark.parametrize("hours", [-2, 24 * 30])
def test_a_record_ends_after_it_began_and_not_in_the_future(hours):
    case, by = case_at(Status.HANDLING, own=True), officer()
    words = account(ended_at=MONDAY + timedelta(hours=hours))
    with pytest.raises(actions.RecordRefused):
        actions.record_investigation(case, by=by, account=words, investigators=[by, officer()], at=LATER)


def test_a_change_asks_everybody_to_sign_anew():
    first, second = officer(), officer()
    row = investigation(case_at(Status.HANDLING, own=True), first, second)
    actions.sign_record(row, by=first, seen=1, at=LATER)
    row = actions.change_record(row, by=second, seen=1, account=account(place="大厅"), investigators=[first, second], at=LATER)
    assert row.signatures.filter(signed_at__isnull=True).count() == 2
    with pytest.raises(actions.RecordMoved):
        actions.sign_record(row, by=first, seen=1, at=LATER)  # what he read is not what stands there now


def test_a_complete_record_cannot_be_changed_but_a_new_one_corrects_it():
    case = case_at(Status.HANDLING, own=True)
    row = investigation(case, signed=True)
    team = [row.lead, row.second]
    with pytest.raises(actions.RecordMoved):
        actions.change_record(row, by=row.lead, seen=row.version, account=account(), investigators=team, at=LATER)
    new = actions.record_investigation(case, by=row.lead, account=account(), investigators=team, replaces=row, at=LATER)
    assert list(row.replaced_by.all()) == [new]
    with pytest.raises(actions.RecordRefused):
        actions.record_investigation(case, by=row.lead, account=account(), investigators=team, replaces=new, at=LATER)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_investigationrecord SET text = 'x' WHERE id = %s",
        "DELETE FROM cases_investigationrecord WHERE id = %s",
        "UPDATE cases_signature SET signed_at = NULL WHERE record_id = %s",
        "DELETE FROM cases_signature WHERE record_id = %s",
        "UPDATE cases_recordevidence SET what = 'x' WHERE record_id = %s",
    ],
)
def test_the_database_itself_keeps_a_complete_record(statement):
    first, second = officer(), officer()
    row = investigation(case_at(Status.HANDLING, own=True), first, second)
    actions.add_evidence(row, by=first, what="退件登记簿", from_whom="窗口", at=LATER)
    row.refresh_from_db()
    for person in (first, second):
        row = actions.sign_record(row, by=person, seen=row.version, at=LATER)
    with pytest.raises(IntegrityError, match="complete|further entry"), connection.cursor() as cursor:
        cursor.execute(statement, [row.pk])


def test_evidence_is_numbered_sealed_and_asks_for_new_signatures():
    first, second = officer(), officer()
    row = investigation(case_at(Status.HANDLING, own=True), first, second)
    actions.sign_record(row, by=first, seen=1, at=LATER)
    picture = files.examine(SimpleUploadedFile("a.png", PNG))
    items = [actions.add_evidence(row, by=second, what="照片", from_whom="窗口", file=file, at=LATER) for file in (picture, None)]
    assert [item.number for item in items] == [1, 2]
    assert row.signatures.filter(signed_at__isnull=True).count() == 2
    assert items[0].file is not None
    assert items[0].file.cleaned


@pytest.mark.parametrize("findings", [*product(Finding.values, repeat=1), *product(Finding.values, repeat=3)])
def test_the_finding_on_the_whole_follows_from_the_allegations(findings):
    if set(findings) == {NOT}:
        expected = NOT
    elif set(findings) == {UPHELD}:
        expected = UPHELD
    else:
        expected = PARTLY
    assert overall(findings) == expected


@pytest.mark.parametrize("findings", [[], [""], [UPHELD, ""]])
def test_without_every_finding_there_is_none_on_the_whole(findings):
    assert overall(findings) is None


@pytest.mark.parametrize(
    ("name", "place"),
    [("第三条", 3), ("第十条", 10), ("第十二条", 12), ("第二十条", 20), ("第一百零五条", 105), ("Article 12", 12), ("附则", 0)],
)
def test_clauses_stand_in_their_order(name, place):
    assert place_of(name) == place


def split(case, *texts):
    return actions.split(case, by=handler_of(case), version=None, texts=texts, at=MONDAY)


def decide(row, finding, *, by=None):
    words = {"text": row.text, "finding": finding, "reason": "登记簿为证。" if finding else ""}
    return actions.decide_allegation(row, by=by or handler_of(row.case), version=None, at=MONDAY, **words)


def test_the_handler_reports_only_when_each_allegation_is_decided():
    case = case_at(Status.HANDLING, own=True)
    first, second = split(case, "三次退件", "没有书面告知")
    decide(first, UPHELD)
    case.refresh_from_db()
    report: dict[str, Any] = {"by": handler_of(case), "version": None, "finding": UPHELD, "facts_found": "属实。", "at": MONDAY}
    with pytest.raises(actions.AllegationsOpen, match="2"):
        actions.report_own(case, **report)
    actions.strike_allegation(second, by=handler_of(case), version=None, at=MONDAY)
    actions.report_own(case, **report)
    assert Case.objects.get(pk=case.pk).status == Status.REPORTED


def test_a_finding_can_be_opened_again_until_approval():
    case = case_at(Status.HANDLING, own=True)
    (row,) = split(case, "三次退件")
    decide(row, NOT)
    assert decide(row, "").decided_at is None
    done = case_at(Status.REPLIED)
    assert not permissions.can_decide_allegations(handler_of(done), done)


def test_an_allegation_is_decided_whole():
    (row,) = split(case_at(Status.HANDLING, own=True), "三次退件")
    with pytest.raises(IntegrityError, match="allegation_decided_whole"):
        Allegation.objects.filter(pk=row.pk).update(finding="upheld")


@pytest.mark.parametrize(("relation", "may"), [("handler", True), ("leader", True), ("officer", False)])
def test_who_decides_on_allegations(relation, may):
    case = case_at(Status.RECEIVED)
    person = {"handler": handler_of(case), "leader": office_leader(), "officer": officer()}[relation]
    assert permissions.can_decide_allegations(person, case) is may


def cost(case, *, by, amount=9000, kind="travel", **fields):
    given = {"spent_on": MONDAY.date(), "spent_by": by} | fields
    return actions.enter_cost(case, by=by, kind=kind, amount=amount, at=MONDAY, **given)


def test_cost_is_corrected_by_a_negative_entry_with_a_reason():
    by = officer()
    row = cost(new_case(), by=by)
    less = actions.correct_cost(row, by=by, amount=4000, reason="多算一趟。", at=MONDAY)
    assert (less.fen, actions.left_of(row)) == (-4000, 5000)
    for amount in (5001, 0, -1):
        with pytest.raises(actions.CostRefused):
            actions.correct_cost(row, by=by, amount=amount, reason="又多算。", at=MONDAY)


def test_time_is_kept_in_minutes_and_money_in_fen():
    by = officer()
    time, money = cost(new_case(), by=by, kind="work", amount=90), cost(new_case(), by=by)
    assert [(row.minutes, row.fen) for row in (time, money)] == [(90, 0), (0, 9000)]


@pytest.mark.parametrize("amount", [0, -5])
def test_cost_is_more_than_nothing(amount):
    with pytest.raises(actions.CostRefused):
        cost(new_case(), by=officer(), amount=amount)


def test_cost_of_tomorrow_is_not_known_yet():
    with pytest.raises(actions.CostRefused):
        cost(new_case(), by=officer(), spent_on=date(2026, 9, 15))


@pytest.mark.parametrize("fields", [{"fen": -1, "kind": "travel"}, {"fen": 1, "kind": "work"}, {"kind": "other"}])
def test_the_database_refuses_cost_that_cannot_be(fields):
    by = officer()
    with pytest.raises(IntegrityError, match="cost_"):
        Cost.objects.create(
            case=new_case(), spent_on=MONDAY.date(), spent_by=by, entered_at=MONDAY, entered_by=by, **{"fen": 0} | fields
        )


def test_cost_is_never_changed():
    row = cost(new_case(), by=officer())
    with pytest.raises(IntegrityError, match="further entry"):
        Cost.objects.filter(pk=row.pk).update(fen=1)


def test_the_citizen_reads_nothing_of_it():
    from cases import tracking

    case = case_at(Status.HANDLING, own=True)
    note(case)
    investigation(case, signed=True)
    split(case, "三次退件")
    before = {entry.title for entry in tracking.progress(the_complaint(new_case())).timeline}
    shown = {entry.title for entry in tracking.progress(the_complaint(case)).timeline}
    assert len(shown - before) == 2  # accepted, and that the office looks into it itself
