"""From the call to the appointment: who may, in which order, and what two at once come to."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.roles import AGENCY, OFFICE, Role
from core.models import Event
from supervisors import actions, workflow
from supervisors.actions.recruiting import (
    AccountTaken,
    NominatedAlready,
    NotAllowed,
    NoticeRuns,
    NotOpen,
    ObjectionOpen,
    StalePage,
)
from supervisors.models import Candidacy, Supervisor, Term
from supervisors.workflow import CandidacyStatus as S
from tests.cases.test_races import at_once
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    PostFactory,
    UserFactory,
    call,
    candidacy_at,
    nomination,
    office_leader,
    officer,
    staffed_agency,
    supervisor,
)

pytestmark = pytest.mark.django_db
AFTER = MONDAY + timedelta(days=8)  # the notice of five working days has run
ALLOWED = {
    ("nominated", "check"),
    ("checked", "approve"),
    ("approved", "publish"),
    ("published", "appoint"),
    *((state, move) for state in ("nominated", "checked", "approved", "published") for move in ("decline", "withdraw")),
}


def test_the_table_of_moves_is_the_one_that_was_agreed():
    moves = [one.name for one in workflow.CANDIDACY_TRANSITIONS]
    assert {(state.value, move) for state in S for move in moves if workflow.allows(move, state)} == ALLOWED


def appoint(row, *, at=AFTER, by=None, username="jiayibing", since=None):
    return actions.appoint(row, by=by or office_leader(), version=row.version, username=username, since=since or at.date(), at=at)


def test_appointment_makes_account_term_and_certificate():
    term = appoint(candidacy_at(S.PUBLISHED))
    user = term.supervisor.user
    assert (user.full_name, user.roles, user.has_usable_password()) == (NAME, ["supervisor"], False)
    assert (term.until, term.certificate_number) == (date(2028, 9, 21), "清效督聘〔2026〕001 号")
    assert Candidacy.objects.get().status == S.APPOINTED


def test_nobody_is_appointed_while_the_notice_runs():
    row = candidacy_at(S.PUBLISHED)
    assert row.notice_until == date(2026, 9, 20)  # 20 September 2026 is a make-up working day
    with pytest.raises(NoticeRuns):
        appoint(row, at=MONDAY + timedelta(days=6))


def test_an_objection_must_be_settled_and_unfounded():
    row, by = candidacy_at(S.PUBLISHED), officer()
    objection = actions.object_to(row, by=by, words="曾受处分。", at=MONDAY)
    with pytest.raises(ObjectionOpen, match="没有处理"):
        appoint(row)
    actions.settle(objection, by=by, is_founded=True, settlement="属实。", at=MONDAY)
    with pytest.raises(ObjectionOpen, match="属实"):
        appoint(row)
    with pytest.raises(NotAllowed):
        actions.settle(objection, by=by, is_founded=False, settlement="。", at=MONDAY)


def test_nobody_settles_an_objection_to_himself():
    row = candidacy_at(S.PUBLISHED)
    objection = actions.object_to(row, by=officer(), words="曾受处分。", at=MONDAY)
    with pytest.raises(NotAllowed, match="同名"):
        actions.settle(objection, by=officer(full_name=NAME), is_founded=False, settlement="不属实。", at=MONDAY)


def test_who_checked_does_not_approve():
    leader, row = office_leader(), candidacy_at(S.NOMINATED)
    row = actions.check(row, by=leader, version=1, note="无处分。", at=MONDAY)
    with pytest.raises(NotAllowed):
        actions.approve(row, by=leader, version=2, at=MONDAY)
    with pytest.raises(IntegrityError, match="candidacy_approved_by_another"), transaction.atomic():
        Candidacy.objects.update(approved_at=MONDAY, approved_by=leader)


def test_nobody_judges_the_own_candidacy():
    row = candidacy_at(S.NOMINATED)
    with pytest.raises(NotAllowed):
        actions.check(row, by=officer(full_name=NAME), version=1, note="。", at=MONDAY)


def test_an_officer_does_not_approve_or_appoint():
    with pytest.raises(NotAllowed):
        actions.approve(candidacy_at(S.CHECKED), by=officer(), version=2, at=MONDAY)
    with pytest.raises(NotAllowed):
        appoint(candidacy_at(S.PUBLISHED), by=officer())


def test_an_old_page_changes_nothing():
    with pytest.raises(StalePage):
        actions.decline(candidacy_at(S.CHECKED), by=officer(), version=1, reason="。", at=MONDAY)


def test_one_number_stands_once_upon_a_call_but_again_after_a_refusal():
    row = candidacy_at(S.NOMINATED)
    with pytest.raises(NominatedAlready):
        actions.nominate(row.call, nomination(), by=None, at=MONDAY)
    actions.decline(row, by=officer(), version=1, reason="受过处分。", at=MONDAY)
    assert actions.nominate(row.call, nomination(), by=None, at=MONDAY).pk


@pytest.mark.parametrize("days", [-1, 31])
def test_a_call_takes_nominations_on_its_days_only(days):
    opened = call()
    with pytest.raises(NotOpen):
        actions.nominate(opened, nomination(), by=None, at=MONDAY + timedelta(days=days))


def test_an_account_of_somebody_else_is_not_taken():
    other = UserFactory.create()
    with pytest.raises(AccountTaken):
        appoint(candidacy_at(S.PUBLISHED), username=other.username)
    assert not Term.objects.exists()


def test_a_former_supervisor_gets_a_further_term():
    former = supervisor(user=UserFactory.create(roles=[Role.SUPERVISOR], full_name=NAME), until=date(2026, 6, 30))
    term = appoint(candidacy_at(S.PUBLISHED), username=former.user.username)
    assert term.supervisor == former
    assert former.terms.count() == 2


def test_the_number_is_sealed_and_each_look_recorded(client):
    row = candidacy_at(S.NOMINATED)
    assert PHONE.encode() not in bytes(row.phone_sealed or b"")
    client.force_login(officer())
    response = client.post(reverse("supervisors:phone", args=[row.pk]), follow=True)
    assert "139 0000 1234" in response.content.decode()
    assert Event.objects.filter(type="vault.revealed", subject=row.subject).count() == 1


@pytest.mark.parametrize("role", Role)
def test_pages_of_recruitment_by_role(client, role):
    row = candidacy_at(S.NOMINATED)
    client.force_login(UserFactory.create(roles=[role]))
    pages = [
        reverse("supervisors:calls"),
        reverse("supervisors:call_new"),
        reverse("supervisors:call", args=[row.call_id]),
        reverse("supervisors:candidacy", args=[row.pk]),
        reverse("supervisors:move", args=[row.pk, "check"]),
        reverse("supervisors:object", args=[row.pk]),
    ]
    assert {client.get(page).status_code for page in pages} == {200 if role in OFFICE else 404}


@pytest.mark.parametrize("role", AGENCY)
def test_an_agency_nominates_a_volunteer_of_its_own_and_sees_no_more(client, role):
    agency, other, opened = staffed_agency(), staffed_agency(), call(kind="volunteer")
    user = UserFactory.create(roles=[role])
    PostFactory.create(agency=agency, user=user)
    client.force_login(user)
    given = {"full_name": NAME, "phone": PHONE, "statement": "认真。"}
    with time_machine.travel(MONDAY, tick=False):
        address = reverse("supervisors:nominate", args=[opened.pk])
        assert "home_agency" in client.post(address, given | {"home_agency": other.pk}).context["form"].errors
        assert client.post(address, given | {"home_agency": agency.pk}).status_code == 302
        assert client.get(reverse("supervisors:nominate", args=[call().pk])).status_code == 404
    row = Candidacy.objects.get()
    assert (row.source, row.home_agency) == ("agency", agency)
    assert client.get(reverse("supervisors:candidacy", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_whole_way_by_the_pages(client, language):
    first, leader = officer(), office_leader()
    with time_machine.travel(MONDAY, tick=False):
        opened = call()
        form = {"full_name": NAME, "phone": PHONE, "background": "retired", "statement": "有时间。"}
        assert client.post(reverse("supervision:nominate", args=[opened.pk]), form).status_code == 302
    row = Candidacy.objects.get()
    walk = [
        (first, "check", {"note": "无处分。", "is_clean": "on"}),
        (leader, "approve", {}),
        (first, "publish", {}),
    ]
    for version, (user, name, given) in enumerate(walk, 1):
        client.force_login(user)
        client.cookies["django_language"] = language
        with time_machine.travel(MONDAY, tick=False):
            assert client.get(reverse("supervisors:candidacy", args=[row.pk])).status_code == 200
            address = reverse("supervisors:move", args=[row.pk, name])
            assert client.get(address).status_code == 200
            assert client.post(address, {**given, "version": str(version)}).status_code == 302, name
    client.force_login(leader)
    with time_machine.travel(AFTER, tick=False):
        given = {"since": "2026-09-22", "username": "jiayibing", "version": "4"}
        assert client.post(reverse("supervisors:move", args=[row.pk, "appoint"]), given).status_code == 302
        assert client.get(reverse("supervisors:candidacy", args=[row.pk])).status_code == 200
    assert Supervisor.objects.get().user.username == "jiayibing"


def test_the_check_needs_the_tick_that_no_sanction_is_on_record(client):
    row = candidacy_at(S.NOMINATED)
    client.force_login(officer())
    response = client.post(reverse("supervisors:move", args=[row.pk, "check"]), {"note": "受过处分", "version": 1})
    assert "is_clean" in response.context["form"].errors


def test_the_public_notice_hides_volunteers_and_names_full_time_candidates(client):
    agency = staffed_agency()
    candidacy_at(S.PUBLISHED, full_name="甲公开")
    candidacy_at(S.PUBLISHED, call=call(kind="volunteer"), full_name="乙隐名", background="agency", home_agency=agency)
    with time_machine.travel(MONDAY, tick=False):
        text = client.get(reverse("supervision:calls")).content.decode()
    assert "甲公开" in text
    assert "乙**" in text
    assert "乙隐名" not in text
    assert agency.name not in text


def test_nominations_from_one_address_are_slowed_down(client):
    opened = call()
    address = reverse("supervision:nominate", args=[opened.pk])
    with time_machine.travel(MONDAY, tick=False):
        form = {"full_name": NAME, "background": "retired", "statement": "有时间。"}
        answers = [client.post(address, form | {"phone": f"1390000{n:04d}"}).status_code for n in range(7)]
    assert (answers[0], answers[-1]) == (302, 200)
    assert Candidacy.objects.count() < 7


@pytest.mark.django_db(transaction=True)
def test_two_leaders_appoint_at_once():
    row = candidacy_at(S.PUBLISHED)
    leaders = office_leader(), office_leader()
    results = at_once(*[lambda by=by: appoint(row, by=by) for by in leaders])
    assert sum(isinstance(one, Term) for one in results) == 1
    assert Term.objects.count() == Supervisor.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_certificates_of_many_at_once_have_no_gap():
    rows = [candidacy_at(S.PUBLISHED, phone=f"+86139000012{n:02d}", full_name=f"甲{n}") for n in range(6)]
    leader = office_leader()
    bad = candidacy_at(S.PUBLISHED, phone="+8613900001299")
    acts = [lambda row=row, n=n: appoint(row, by=leader, username=f"new{n}") for n, row in enumerate(rows)]
    results = at_once(*acts, lambda: appoint(bad, by=leader, since=date(2026, 9, 1)))
    assert sum(isinstance(one, Term) for one in results) == 6
    numbers = sorted(Term.objects.values_list("certificate_number", flat=True))
    assert numbers == [f"清效督聘〔2026〕{n:03d} 号" for n in range(1, 7)]


@pytest.mark.parametrize(("days", "number"), [(364, 0), (366, 1)])
def test_who_was_not_taken_is_forgotten_after_a_year(days, number):
    row = candidacy_at(S.PUBLISHED)
    actions.object_to(row, words=f"{NAME}不合适。", by=officer(), at=MONDAY)
    actions.decline(row, by=officer(), version=row.version, reason=f"{NAME}另有任用。", at=MONDAY)
    assert actions.forget_candidates(at=MONDAY + timedelta(days=days)) == number
    row.refresh_from_db()
    told = str([row.full_name, row.statement, row.end_reason, row.check_note, *row.objections.values_list("words", flat=True)])
    assert (NAME in told) == (number == 0)
    assert (row.phone_sealed is None) == (number == 1)
    assert actions.forget_candidates(at=MONDAY + timedelta(days=days)) == 0


def test_candidates_under_way_and_appointed_are_not_forgotten():
    row = candidacy_at(S.CHECKED)
    assert actions.forget_candidates(at=MONDAY + timedelta(days=4000)) == 0
    row.refresh_from_db()
    assert row.full_name == NAME


def test_a_forgotten_number_cannot_be_shown(client):
    row = candidacy_at(S.CHECKED)
    actions.decline(row, by=officer(), version=row.version, reason="。", at=MONDAY)
    actions.forget_candidates(at=MONDAY + timedelta(days=400))
    client.force_login(officer())
    assert client.get(reverse("supervisors:candidacy", args=[row.pk])).status_code == 200
    assert client.post(reverse("supervisors:phone", args=[row.pk])).status_code == 404
