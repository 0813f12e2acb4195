"""The roster: who sees it, who serves, and what the database lets in."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import OFFICE, Role
from core.models import Event
from supervisors import actions, certificates
from supervisors.actions.terms import AppraisedAlready, DayRefused, StandingRefused, TermRefused
from supervisors.models import Supervisor, Term
from tests.factories import MONDAY, AgencyFactory, UserFactory, add_term, office_leader, officer, supervisor

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _monday(time_machine_at_monday):
    """Views read the clock."""


@pytest.fixture
def time_machine_at_monday():
    import time_machine

    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.mark.parametrize("role", Role)
def test_agencies_do_not_see_who_watches_them(client, role):
    supervisor()
    client.force_login(UserFactory.create(roles=[role]))
    assert len(client.get(reverse("supervisors:list")).context["supervisors"]) == (role in OFFICE)


def test_a_supervisor_sees_the_own_entry_only(client):
    own = supervisor()
    supervisor()
    client.force_login(own.user)
    assert list(client.get(reverse("supervisors:list")).context["supervisors"]) == [own]


def test_database_wants_a_home_agency_for_volunteers():
    with pytest.raises(IntegrityError, match="supervisor_volunteer_from_agency"):
        supervisor(kind="volunteer", background="agency")


def test_database_wants_a_term_that_ends_after_it_starts():
    with pytest.raises(IntegrityError, match="term_ends_after_start"):
        supervisor(until=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("since", "until"), [((2027, 12, 31), (2028, 12, 30)), ((2026, 3, 1), (2026, 4, 1)), ((2025, 1, 1), (2026, 1, 1))]
)
def test_database_lets_no_two_terms_overlap(since, until):
    row = supervisor()
    with pytest.raises(IntegrityError, match="term_never_two_at_once"):
        add_term(row, date(*since), date(*until))


def test_serving_covers_the_first_and_the_last_day():
    supervisor()
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2027, 12, 31), date(2028, 1, 1)]
    assert [Supervisor.objects.serving(day).exists() for day in days] == [False, True, True, False]


def test_serving_full_time_leaves_volunteers_out():
    full_time = supervisor()
    supervisor(home_agency=AgencyFactory.create())
    assert list(Supervisor.objects.serving_full_time(TODAY)) == [full_time]


def test_renewal_begins_after_the_last_term_with_the_next_number():
    row = supervisor(until=TODAY)
    since = actions.next_start(row, TODAY)
    term = actions.renew(row, by=office_leader(), since=since, years=2, at=MONDAY)
    assert (term.since, term.until) == (date(2026, 9, 15), date(2028, 9, 14))
    assert term.certificate_number == "清效督聘〔2026〕001 号"


@pytest.mark.parametrize(
    ("since", "years", "word"),
    [(date(2026, 9, 13), 1, "过去"), (date(2027, 12, 31), 1, "重叠"), (date(2028, 1, 1), 3, "1 年、2 年")],
)
def test_a_term_is_refused_and_leaves_no_gap(since, years, word):
    row = supervisor()
    with pytest.raises(TermRefused, match=word):
        actions.renew(row, by=office_leader(), since=since, years=years, at=MONDAY)
    term = actions.renew(row, by=office_leader(), since=date(2028, 1, 1), years=1, at=MONDAY)
    assert certificates.counted(term.certificate_number) == (2028, 1)


def test_a_leap_day_term_ends_on_28_february():
    assert certificates.last_day(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert certificates.last_day(date(2026, 3, 1), 2) == date(2028, 2, 29)


def test_suspended_does_not_serve_until_resumed():
    row, leader = supervisor(), office_leader()
    actions.suspend(row, by=leader, reason="正在核查。", at=MONDAY)
    assert not Supervisor.objects.serving(TODAY).exists()
    assert Supervisor.objects.serving(TODAY - timedelta(days=1)).exists()
    actions.resume(row, by=leader, at=MONDAY + timedelta(days=3))
    assert [Supervisor.objects.serving(TODAY + timedelta(days=n)).exists() for n in (2, 3)] == [False, True]


def test_dismissal_ends_running_and_later_terms_and_notes_the_certificate():
    row, leader = supervisor(), office_leader()
    add_term(row, date(2028, 1, 1), date(2028, 12, 31))
    actions.end_term(row, by=leader, exit="dismissed", reason="泄露计划。", day=TODAY, is_collected=True, at=MONDAY)
    assert list(Term.objects.order_by("since").values_list("ended_on", "collected_on")) == [
        (TODAY, TODAY),
        (date(2028, 1, 1), TODAY),
    ]
    assert not any(Supervisor.objects.serving(day).exists() for day in (TODAY + timedelta(days=1), date(2028, 1, 1)))
    assert actions.renew(row, by=leader, since=date(2028, 1, 1), years=1, at=MONDAY).pk


@pytest.mark.parametrize("days", [-1, 32])
def test_a_term_does_not_end_in_the_future_or_long_ago(days):
    with pytest.raises(DayRefused):
        actions.end_term(
            supervisor(),
            by=office_leader(),
            exit="resigned",
            reason="。",
            day=TODAY - timedelta(days=days),
            is_collected=False,
            at=MONDAY,
        )


def test_an_officer_does_not_suspend_and_a_leader_not_himself():
    own = supervisor(user=UserFactory.create(roles=[Role.OFFICE_LEADER, Role.SUPERVISOR]))
    for by in (officer(), own.user):
        with pytest.raises(StandingRefused):
            actions.suspend(own, by=by, reason="。", at=MONDAY)


def test_who_is_not_competent_is_not_renewed():
    row, by = supervisor(), officer()
    actions.appraise(row, by=by, year=2026, grade="poor", proposal="dismiss", note="全年没有履职。", at=MONDAY)
    with pytest.raises(StandingRefused, match="不称职"):
        actions.renew(row, by=office_leader(), since=date(2028, 1, 1), years=1, at=MONDAY)
    with pytest.raises(AppraisedAlready):
        actions.appraise(row, by=by, year=2026, grade="good", proposal="renew", note="。", at=MONDAY)


def test_interests_are_declared_once_and_confirmed_yearly(client):
    row, agency = supervisor(), AgencyFactory.create()
    client.force_login(row.user)
    for _time in range(2):
        client.post(reverse("supervisors:declare"), {"agency": agency.pk, "relation": "family"})
        client.post(reverse("supervisors:confirm_interests"))
    interest = row.interests.get()
    assert list(row.confirmations.values_list("year", flat=True)) == [2026]
    client.post(reverse("supervisors:end_interest", args=[interest.pk]))
    assert not row.interests.filter(ended_at__isnull=True).exists()


def test_nobody_ends_the_interest_of_another(client):
    row = supervisor()
    interest = actions.declare_interest(row, by=row.user, agency=AgencyFactory.create(), relation="family", at=MONDAY)
    client.force_login(supervisor().user)
    assert client.post(reverse("supervisors:end_interest", args=[interest.pk])).status_code == 404


LEADING = ("renew", "suspend", "resume", "leave")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", [*LEADING, "detail", "appraise", "task"])
def test_pages_of_the_roster_by_role(client, role, page):
    client.force_login(UserFactory.create(roles=[role]))
    allowed = role == Role.OFFICE_LEADER if page in LEADING else role in OFFICE
    assert client.get(reverse(f"supervisors:{page}", args=[supervisor().pk])).status_code == (200 if allowed else 404)


@pytest.mark.parametrize("role", Role)
def test_papers_of_another_exist_for_the_office_only(client, role):
    term = supervisor().terms.get()
    client.force_login(UserFactory.create(roles=[role]))
    for page in ("certificate", "card"):
        assert client.get(reverse(f"supervisors:{page}", args=[term.pk])).status_code == (200 if role in OFFICE else 404)


def test_the_own_card_and_certificate_can_be_printed(client):
    row = supervisor()
    client.force_login(row.user)
    for page in ("certificate", "card"):
        text = client.get(reverse(f"supervisors:{page}", args=[row.terms.get().pk])).content.decode()
        assert row.user.full_name in text
        assert "<svg" in text


def test_the_list_of_many_takes_the_same_queries(client, django_assert_max_num_queries):
    client.force_login(officer())
    for _one in range(55):
        supervisor()
    with django_assert_max_num_queries(9):
        page = client.get(reverse("supervisors:list"))
    assert len(page.context["lines"]) == 50
    rest = client.get(reverse("supervisors:list"), {"before": page.context["page"].earlier})
    assert len(rest.context["lines"]) == 5


@pytest.mark.parametrize(("look", "found"), [("serving", 1), ("suspended", 1), ("ending", 1), ("over", 1), ("", 4)])
def test_the_list_is_narrowed_by_standing(client, look, found):
    supervisor()
    actions.suspend(supervisor(), by=office_leader(), reason="。", at=MONDAY)
    supervisor(since=date(2020, 1, 1), until=date(2021, 1, 1))
    ending = supervisor(until=TODAY + timedelta(days=59))
    actions.suspend(ending, by=office_leader(), reason="。", at=MONDAY)
    client.force_login(officer())
    lines = client.get(reverse("supervisors:list"), {"look": look}).context["lines"]
    assert len(lines) == (2 if look == "suspended" else found)


def test_export_is_logged_and_runs_no_formula(client):
    supervisor(user=UserFactory.create(roles=[Role.SUPERVISOR], full_name="=1+1"))
    client.force_login(officer())
    response = client.post(reverse("supervisors:export"))
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [row[0].value for row in sheet.iter_rows()] == ["姓名", "'=1+1"]
    assert Event.objects.get(type="roster.exported").facts == {"rows": 1, "filters": []}


def test_only_the_office_exports(client):
    client.force_login(supervisor().user)
    assert client.post(reverse("supervisors:export")).status_code == 404
