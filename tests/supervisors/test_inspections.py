"""Inspections: who may go where, who sees which plan, and that nobody else learns of a covert one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from accounts.roles import Role
from core.models import Event, Notice
from supervisors import actions, recusal
from supervisors.models import Checklist, FieldRecord, Inspection, InspectionMember, Supervisor, Theme
from tests.factories import MONDAY, AgencyFactory, PostFactory, UserFactory, office_leader, officer, staffed_agency

from .inspecting import DAY, inspection, member, plan, record, supervisor, volunteer

pytestmark = pytest.mark.django_db


def test_the_portal_comes_with_four_checklists():
    assert set(Theme.objects.values_list("name", flat=True)) == {"窗口作风", "收费公示", "一次性告知", "工作纪律"}
    assert all(one.points.exists() for one in Checklist.objects.all())


def test_two_people_are_planned_and_told():
    row = inspection()
    assert row.members.count() == 2
    assert Notice.objects.filter(template="supervisors/inspection_planned").count() == 2


@pytest.mark.parametrize("number", [0, 1])
def test_fewer_than_two_people_inspect_nothing(number):
    with pytest.raises(actions.TooFew):
        inspection(members=[supervisor() for _one in range(number)])


def test_the_same_person_twice_is_one():
    one = supervisor()
    with pytest.raises(actions.TooFew):
        inspection(members=[one, one])


def check_now() -> None:
    """Let the database check what it checks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_wants_two_people_whoever_writes():
    InspectionMember.objects.filter(pk=inspection().members.all()[0].pk).delete()
    with pytest.raises(IntegrityError, match="inspection needs two people"):
        check_now()


def test_an_inspection_of_nobody_is_not_committed():
    row = inspection()
    days = {"first_on": DAY, "last_on": DAY, "ordered_at": MONDAY, "ordered_by": row.ordered_by}
    Inspection.objects.create(manner="open", checklist=row.checklist, **days)
    with pytest.raises(IntegrityError, match="inspection needs two people"):
        check_now()


def test_a_day_that_has_passed_is_not_planned():
    with pytest.raises(actions.NotThatDay):
        inspection(first_on=DAY - timedelta(days=1))


def test_who_does_not_serve_then_does_not_go():
    late = supervisor(term_until=DAY + timedelta(days=2))
    with pytest.raises(actions.NotServing):
        inspection(members=[late, supervisor()], last_on=DAY + timedelta(days=3))


def test_people_of_agencies_do_not_go():
    with pytest.raises(actions.NotServing):
        inspection(members=[UserFactory.create(roles=[Role.LIAISON_OFFICER]), supervisor()])


def test_an_officer_may_go_along():
    assert inspection(members=[officer(), supervisor()]).members.count() == 2


@pytest.mark.parametrize("manner", ["open", "covert"])
@pytest.mark.parametrize("role", Role)
def test_who_may_order(role, manner):
    by = UserFactory.create(roles=[role])
    allowed = role == Role.OFFICE_LEADER or (role == Role.OFFICER and manner == "open")
    if allowed:
        assert inspection(by=by, manner=manner).ordered_by == by
    else:
        with pytest.raises(actions.NotPlanned):
            inspection(by=by, manner=manner)


@pytest.mark.parametrize("where", ["home", "section", "parent", "other"])
def test_nobody_inspects_the_own_agency_nor_what_belongs_to_it(where):
    home = AgencyFactory.create(parent=AgencyFactory.create(), depth=1)
    places = {"home": home, "section": AgencyFactory.create(parent=home, depth=2), "parent": home.parent}
    one = Supervisor.objects.get(user=volunteer(home))
    assert recusal.may_inspect(one, places.get(where) or AgencyFactory.create()) is (where == "other")


def test_a_plan_with_somebody_tied_is_refused():
    agency = AgencyFactory.create()
    with pytest.raises(actions.MustStayAway, match=agency.name):
        inspection(members=[volunteer(agency), supervisor()], agencies=[agency])


def test_an_officer_with_a_post_there_stays_away_and_orders_nothing():
    agency = staffed_agency()
    both = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(agency=agency, user=both)
    for fields in ({"members": [both, supervisor()]}, {"by": both}):
        with pytest.raises(actions.MustStayAway):
            inspection(agencies=[agency], **fields)


def who_sees(row: Inspection) -> dict[str, bool]:
    agency = row.agencies.get()
    posted = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(agency=agency, user=posted)
    liaison = PostFactory.create(agency=agency).user
    people = {"member": member(row), "orderer": row.ordered_by, "officer": officer(), "leader": office_leader()}
    people |= {"supervisor": supervisor(), "liaison": liaison, "officer posted there": posted}
    people |= {role.value: UserFactory.create(roles=[role]) for role in (Role.FINANCE, Role.AUDIT_ADMIN, Role.SYSTEM_ADMIN)}
    return {name: Inspection.objects.visible_to(user).filter(pk=row.pk).exists() for name, user in people.items()}


NOBODY = dict.fromkeys(
    [
        "member",
        "orderer",
        "officer",
        "leader",
        "supervisor",
        "liaison",
        "officer posted there",
        "finance",
        "audit_admin",
        "system_admin",
    ],
    False,
)
ON_IT = NOBODY | {"member": True, "orderer": True}


def test_who_sees_an_open_plan():
    assert who_sees(inspection()) == ON_IT | {"officer": True, "leader": True}


def test_a_covert_plan_exists_for_those_on_it_alone():
    assert who_sees(inspection(manner="covert")) == ON_IT


def test_a_covert_visit_that_is_done_is_known_to_the_office():
    row = inspection(manner="covert")
    record(row)
    actions.close_inspection(row, by=row.ordered_by, at=MONDAY)
    assert who_sees(row) == ON_IT | {"officer": True, "leader": True}


def test_a_covert_visit_that_was_called_off_stays_hidden():
    row = inspection(manner="covert")
    actions.call_off(row, by=row.ordered_by, reason="改期", at=MONDAY)
    row.refresh_from_db()
    assert who_sees(row) == ON_IT


def test_records_of_a_covert_visit_are_hidden_with_it():
    row = inspection(manner="covert")
    record(row)
    assert not FieldRecord.objects.visible_to(officer()).exists()
    assert FieldRecord.objects.visible_to(member(row)).count() == 1


@pytest.mark.parametrize("page", ["inspections", "field"])
def test_no_page_of_others_tells_of_a_covert_plan(client, page, time_machine):
    time_machine.move_to(MONDAY)
    row = inspection(manner="covert", agencies=[AgencyFactory.create(name="县秘密局")])
    for user, shown in ((officer(), False), (supervisor(), False), (member(row), True)):
        client.force_login(user)
        assert ("县秘密局" in client.get(reverse(f"supervisors:{page}")).content.decode()) is shown


@pytest.mark.parametrize("name", ["inspection", "inspection_call_off", "inspection_close", "field_record"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_its_pages_do_not_exist_for_others(client, name, method):
    row = inspection(manner="covert")
    for user in (officer(), office_leader(), supervisor(), UserFactory.create(roles=[Role.AGENCY_LEADER])):
        client.force_login(user)
        assert getattr(client, method)(reverse(f"supervisors:{name}", args=[row.pk])).status_code in {404, 405}


def test_neither_log_nor_notices_tell_where_a_covert_visit_goes():
    row = inspection(manner="covert")
    agency = row.agencies.get()
    told = [str(event.facts) for event in Event.objects.filter(subject=row.subject)]
    told += [str(notice.facts) for notice in Notice.objects.filter(template__startswith="supervisors/")]
    assert told
    assert not any(agency.name in one or "covert" in one or "agenc" in one for one in told)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("template", ["inspection_planned", "inspection_called_off"])
def test_notices_can_be_read(language, template):
    from core.rendering import render

    row = inspection()
    actions.call_off(row, by=row.ordered_by, reason="改期", at=MONDAY)
    subject, body = render(Notice.objects.filter(template=f"supervisors/{template}")[0], language)
    assert subject
    assert row.agencies.get().name not in subject + body
    assert ("检查" in body) is (language == "zh-hans")


def test_what_has_records_is_not_called_off_and_without_any_not_closed():
    row = inspection()
    with pytest.raises(actions.NotPlanned):
        actions.close_inspection(row, by=row.ordered_by, at=MONDAY)
    record(row, state="clean", words="", category=0, behaviours=(), severity="")
    with pytest.raises(actions.NotPlanned):
        actions.call_off(row, by=row.ordered_by, reason="改期", at=MONDAY)


def test_others_of_the_office_do_not_close_it():
    row = inspection()
    record(row)
    with pytest.raises(actions.NotPlanned):
        actions.close_inspection(row, by=officer(), at=MONDAY)


def test_a_checklist_gets_a_new_version_and_plans_keep_theirs():
    row, theme = inspection(), Theme.objects.get(name="窗口作风")
    actions.write_checklist(theme, points=[("空岗", "6a")], by=officer(), at=MONDAY)
    later = inspection()
    assert (row.checklist.version, later.checklist.version) == (1, 2)


def test_supervisors_do_not_write_checklists():
    with pytest.raises(actions.NotPlanned):
        actions.write_checklist(Theme.objects.all()[0], points=[("空岗", "6a")], by=supervisor(), at=MONDAY)


@pytest.mark.parametrize("line", ["空岗", "空岗|9z", "|6a", f"{'长' * 41}|6a", "\n".join(["空岗|6a"] * 13)])
def test_a_checklist_that_makes_no_sense_is_told(client, line):
    client.force_login(officer())
    page = reverse("supervisors:checklist", args=[Theme.objects.all()[0].pk])
    assert client.post(page, {"points": line}).context["form"].errors["points"]
    assert Checklist.objects.count() == 4


def test_an_inspection_is_planned_on_its_page(client, time_machine):
    time_machine.move_to(MONDAY)
    client.force_login(officer())
    given = plan()
    form = {"manner": "open", "theme": given.theme.pk, "agencies": [given.agencies[0].pk], "first_on": DAY.isoformat()}
    form["members"] = [user.pk for user in given.members]
    response = client.post(reverse("supervisors:inspection_new"), form)
    assert response.status_code == 302
    assert InspectionMember.objects.count() == 2
    assert client.post(reverse("supervisors:inspection_new"), form | {"manner": "covert"}).context["form"].errors["manner"]


def test_a_list_costs_the_same_however_long(client, django_assert_num_queries):
    client.force_login(officer())
    inspection()
    client.get(reverse("supervisors:inspections"))
    for _more in range(3):
        inspection()
    with django_assert_num_queries(4):
        assert len(client.get(reverse("supervisors:inspections")).context["inspections"]) == 4


@pytest.mark.parametrize("what", ["dismissed", "suspended"])
@pytest.mark.parametrize("manner", ["open", "covert"])
def test_who_serves_no_more_learns_of_no_covert_plan(manner, what):
    leader = office_leader()
    visit = inspection(by=leader, manner=manner)
    user = member(visit)
    assert Inspection.objects.visible_to(user).exists()
    if what == "suspended":
        actions.suspend(user.supervisor, by=leader, reason="。", at=MONDAY)
    else:
        day = MONDAY.date() - timedelta(days=1)
        actions.end_term(user.supervisor, by=leader, exit="dismissed", reason="。", day=day, is_collected=True, at=MONDAY)
    assert Inspection.objects.visible_to(user).exists() == (manner == "open")
