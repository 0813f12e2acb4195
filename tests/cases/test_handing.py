"""A post or an officer's work changes hands: what goes with it, who may, the list, the successor's word, and races."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.roles import Role
from agencies.models import Post
from cases import actions
from cases.handing.rules import may_succeed, successors
from cases.models import Handover
from cases.workflow import Finding, Status
from core.models import Event, InboxItem, Notice
from tests.factories import (
    MONDAY,
    AgencyFactory,
    PostFactory,
    UserFactory,
    case_at,
    co_handler,
    holder,
    in_transaction,
    office_leader,
    officer,
    staffed_agency,
    the_assignment,
)

from .test_pages import page_of, text_of

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)
PRINCIPAL, IN_CHARGE, LIAISON = Post.Kind


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(LATER, tick=False)


def newcomer(**fields):
    """A liaison officer without a post."""
    return UserFactory.create(roles=[Role.LIAISON_OFFICER], **fields)


def post_of(agency, kind=LIAISON):
    return Post.objects.select_related("agency").get(agency=agency, kind=kind, until=None)


def handed(agency, to=None, by=None):
    return actions.hand_over_post(post_of(agency), to=to or newcomer(), by=by or officer(), at=LATER)


def test_the_successor_has_the_post_and_the_predecessor_has_not():
    agency, to = staffed_agency(), newcomer()
    before = holder(agency)
    row = handed(agency, to)
    assert (holder(agency), row.handed_from, row.handed_to) == (to, before, to)
    assert Post.objects.get(agency=agency, user=before).until == date(2026, 9, 15) == LATER.date()


def test_the_list_holds_what_is_open_as_it_stands():
    agency = staffed_agency()
    waiting, reported = case_at(Status.DISPATCHED, agency=agency), case_at(Status.REPORTED, agency=agency)
    closed, others = case_at(Status.CLOSED, agency=agency), case_at(Status.DISPATCHED)
    helping = co_handler(others, agency=agency)
    lines = {one.case_id: one for one in handed(agency).lines.all()}
    assert set(lines) == {waiting.pk, reported.pk, helping.case_id}
    assert closed.pk not in lines
    waiting.refresh_from_db()
    assert (lines[waiting.pk].status, lines[waiting.pk].due_on) == (Status.DISPATCHED, waiting.due_on)
    assert lines[helping.case_id].part == "opinion"


def test_sections_without_the_post_go_with_it_and_staffed_ones_do_not():
    agency = staffed_agency()
    bare, staffed = AgencyFactory.create(parent=agency, depth=1), staffed_agency(parent=agency, depth=1)
    mine, theirs = case_at(Status.DISPATCHED, agency=bare), case_at(Status.DISPATCHED, agency=staffed)
    cases = {one.case_id for one in handed(agency).lines.all()}
    assert (mine.pk in cases, theirs.pk in cases) == (True, False)


def test_one_notice_brings_what_was_not_read():
    agency, to = staffed_agency(), newcomer()
    for _case in range(2):
        case_at(Status.DISPATCHED, agency=agency)
    row = handed(agency, to)
    facts = Notice.objects.get(template="cases/handover").facts
    assert (facts["count"], facts["unread"], facts["path"]) == (2, 2, f"/staff/handovers/{row.pk}/")
    assert InboxItem.objects.filter(user=to).count() == 1


def test_reminders_go_to_the_successor_from_then_on():
    agency, to = staffed_agency(), newcomer()
    case, before = case_at(Status.DISPATCHED, agency=agency), holder(agency)
    handed(agency, to)
    limit = case.deadlines.open().get(step="receive")
    assert actions.recipients(limit, working_days_late=-1) == [to]
    assert before not in actions.recipients(limit, working_days_late=9)


def test_the_log_says_who_handed_what_to_whom():
    agency, by = staffed_agency(), officer()
    case_at(Status.DISPATCHED, agency=agency)
    row = handed(agency, by=by)
    event = Event.objects.get(type="post.handed_over")
    assert (event.subject, event.actor, event.facts["matters"]) == (f"agency:{agency.pk}", f"user:{by.pk}", 1)
    assert (event.facts["from"], event.facts["recipients"]) == (row.handed_from_id, [row.handed_to_id])


def test_a_post_is_handed_over_once_a_day():
    agency = staffed_agency()
    post = post_of(agency)
    handed(agency)
    for one in (post, post_of(agency)):
        with pytest.raises(actions.PostOver):
            actions.hand_over_post(one, to=newcomer(), by=officer(), at=LATER)
    assert Handover.objects.count() == 1


def test_who_holds_the_same_post_already_goes_on_with_it():
    agency = staffed_agency()
    first, second = post_of(agency), PostFactory.create(agency=agency, kind=LIAISON)
    actions.hand_over_post(first, to=second.user, by=officer(), at=LATER)
    assert [one.pk for one in Post.objects.filter(agency=agency, kind=LIAISON, until=None)] == [second.pk]


@pytest.mark.parametrize(
    "who",
    [
        lambda agency: holder(staffed_agency()),  # of another agency
        lambda agency: holder(agency, PRINCIPAL),  # of another role
        lambda agency: newcomer(is_active=False),
        lambda agency: officer(),
        lambda agency: UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER]),
        lambda agency: holder(agency),  # the same person
        lambda agency: None,
    ],
)
def test_who_cannot_take_a_post_is_refused_without_a_reason(who):
    agency = staffed_agency()
    with pytest.raises(actions.CannotSucceed):
        actions.hand_over_post(post_of(agency), to=who(agency), by=officer(), at=LATER)
    assert not Handover.objects.exists()


def test_those_offered_can_take_the_post():
    agency = staffed_agency()
    section = staffed_agency(parent=agency, depth=1)
    new, post = newcomer(), post_of(agency)
    assert set(successors(post, new_too=True)) == {holder(section), new}
    assert successors(post, new_too=False) == [holder(section)]
    assert all(may_succeed(user, post) for user in successors(post, new_too=True))


MAY = {
    "officer": (lambda agency: officer(), True),
    "office leader": (lambda agency: office_leader(), True),
    "principal": (lambda agency: holder(agency, PRINCIPAL), True),
    "leader in charge": (lambda agency: holder(agency, IN_CHARGE), True),
    "leader above": (lambda agency: holder(agency.parent, IN_CHARGE), True),
    "the one who leaves": (lambda agency: holder(agency), False),
    "leader of another agency": (lambda agency: holder(staffed_agency(), PRINCIPAL), False),
    "leader of a section": (lambda agency: holder(staffed_agency(parent=agency, depth=2), PRINCIPAL), False),
    "supervisor": (lambda agency: UserFactory.create(roles=[Role.SUPERVISOR]), False),
    "administrator": (lambda agency: UserFactory.create(roles=[Role.SYSTEM_ADMIN]), False),
}


@pytest.mark.parametrize("who", MAY)
def test_who_may_hand_a_post_over(client, who):
    agency = staffed_agency(parent=staffed_agency(), depth=1)
    make, may = MAY[who]
    by, post, to = make(agency), post_of(agency), newcomer()
    assert page_of(client, f"/staff/handovers/posts/{post.pk}/", user=by).status_code == (200 if may else 404)
    form = {"to": "other", "username": to.username}
    assert page_of(client, f"/staff/handovers/posts/{post.pk}/", form, user=by).status_code == (302 if may else 404)
    if not may:
        with pytest.raises(PermissionDenied):
            actions.hand_over_post(post, to=to, by=by, at=LATER)


@pytest.mark.parametrize("kind", [PRINCIPAL, IN_CHARGE])
def test_leaders_posts_are_the_offices_to_hand_over(client, kind):
    agency = staffed_agency()
    path = f"/staff/handovers/posts/{post_of(agency, kind).pk}/"
    assert page_of(client, path, user=holder(agency, PRINCIPAL)).status_code == 404
    assert page_of(client, path, user=officer()).status_code == 200


def test_the_form_says_what_is_missing_and_keeps_the_name(client):
    agency, by = staffed_agency(), officer()
    path = f"/staff/handovers/posts/{post_of(agency).pk}/"
    assert list(page_of(client, path, {"username": ""}, user=by).context["form"].errors) == ["to"]
    assert list(page_of(client, path, {"to": "other"}, user=by).context["form"].errors) == ["username"]
    other = holder(staffed_agency())
    page = page_of(client, path, {"to": "other", "username": other.username}, user=by)
    assert list(page.context["form"].errors) == ["username"]
    assert other.username in page.content.decode()
    assert other.full_name not in page.content.decode().split("</form>")[-1]


def test_a_leader_is_not_told_who_has_no_post(client):
    agency, new = staffed_agency(), newcomer(full_name="新来的人")
    path = f"/staff/handovers/posts/{post_of(agency).pk}/"
    assert new.full_name not in text_of(client, path, user=holder(agency, PRINCIPAL))
    assert new.full_name in text_of(client, path, user=officer())


def test_the_successor_confirms_once(client):
    agency, to = staffed_agency(), newcomer()
    case_at(Status.DISPATCHED, agency=agency)
    row = handed(agency, to)
    path = f"/staff/handovers/{row.pk}/"
    assert f"{path}confirm/" in text_of(client, path, user=to)
    for _time in range(2):
        assert page_of(client, f"{path}confirm/", {}, user=to).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_by == to
    assert Event.objects.filter(type="post.handover_confirmed").count() == 1
    assert f"{path}confirm/" not in text_of(client, path, user=to)


SEES = {
    "successor": (lambda row: row.handed_to, 200, 302),
    "officer": (lambda row: officer(), 200, 404),
    "leader of the agency": (lambda row: holder(row.agency, PRINCIPAL), 200, 404),
    "predecessor": (lambda row: row.handed_from, 404, 404),
    "another agency": (lambda row: holder(staffed_agency()), 404, 404),
    "supervisor": (lambda row: UserFactory.create(roles=[Role.SUPERVISOR]), 404, 404),
}


@pytest.mark.parametrize("who", SEES)
def test_who_sees_and_who_confirms_a_handover(client, who):
    agency = staffed_agency()
    case_at(Status.DISPATCHED, agency=agency)
    row = handed(agency)
    make, sees, confirms = SEES[who]
    user = make(row)
    assert page_of(client, f"/staff/handovers/{row.pk}/", user=user).status_code == sees
    assert page_of(client, f"/staff/handovers/{row.pk}/confirm/", {}, user=user).status_code == confirms


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_render_in_both_languages(client, language):
    client.cookies["django_language"] = language
    agency, to, by = staffed_agency(), newcomer(), officer()
    case = case_at(Status.DISPATCHED, agency=agency, by=by)
    post = post_of(agency)
    for path in (f"/staff/handovers/posts/{post.pk}/", "/staff/people/", f"/staff/people/{by.pk}/handover/"):
        assert case.number in text_of(client, path, user=by) or path == "/staff/people/"
    row = handed(agency, to)
    page = text_of(client, f"/staff/handovers/{row.pk}/", user=to)
    assert case.number in page
    assert case.title not in page
    assert f"/staff/assignments/{the_assignment(case).pk}/" in page


def test_a_list_shows_the_office_nothing_that_it_may_not_see(client):
    agency = staffed_agency()
    case = case_at(Status.DISPATCHED, agency=agency)
    row = handed(agency)
    recused = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(agency=agency, user=recused)
    page = page_of(client, f"/staff/handovers/{row.pk}/", user=recused)
    assert case.number not in page.content.decode()
    assert page.context["page"].hidden == 1


def test_lists_need_as_many_queries_for_eight_as_for_one(client, django_assert_max_num_queries):
    agency, to = staffed_agency(), newcomer()
    for _case in range(8):
        case_at(Status.DISPATCHED, agency=agency)
    row = handed(agency, to)
    client.force_login(to)
    with django_assert_max_num_queries(6):
        client.get(f"/staff/handovers/{row.pk}/")


def test_the_office_sees_which_handovers_nobody_has_confirmed(client):
    agency, to = staffed_agency(), newcomer()
    row = handed(agency, to)
    link = f"/staff/handovers/{row.pk}/"
    assert link in text_of(client, "/staff/people/", user=officer())
    actions.confirm_handover(row, by=to, at=LATER)
    assert link not in text_of(client, "/staff/people/", user=officer())


def test_who_has_handed_the_post_over_sees_nothing_and_is_told_why(client):
    agency = staffed_agency()
    case, before = case_at(Status.DISPATCHED, agency=agency), holder(agency)
    handed(agency)
    page = text_of(client, "/staff/assignments/", user=before)
    assert "您目前没有担任" in page
    assert case.number not in page
    for path in (f"/staff/assignments/{the_assignment(case).pk}/", f"/staff/assignments/agency/{agency.pk}/"):
        assert page_of(client, path, user=before).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_post_handed_over_twice_at_once_is_handed_over_once():
    agency, by = staffed_agency(), officer()
    case_at(Status.DISPATCHED, agency=agency)
    post, people = post_of(agency), [newcomer(), newcomer()]
    results = together(lambda to: actions.hand_over_post(post, to=to, by=by, at=LATER), people)
    assert sorted(type(one).__name__ for one in results) == ["Handover", "PostOver"]
    assert Post.objects.filter(agency=agency, kind=LIAISON, until=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_report_during_a_handover_is_in_the_list_or_too_late():
    agency, by = staffed_agency(), officer()
    case = case_at(Status.RECEIVED, agency=agency)
    assignment, before, to = the_assignment(case), holder(agency), newcomer()
    post = post_of(agency)

    def act(what):
        if what == "report":
            return actions.report(
                assignment, by=before, version=None, finding=Finding.NOT_UPHELD, facts_found="不属实。", at=LATER
            )
        return actions.hand_over_post(post, to=to, by=by, at=LATER)

    reported, row = together(act, ["report", "hand over"])
    case.refresh_from_db()
    assert isinstance(row, Handover)
    assert row.lines.get().status == case.status
    assert case.status == (Status.RECEIVED if isinstance(reported, PermissionDenied) else Status.REPORTED)


def together(act, arguments):
    """Do it in two threads at once; return what came of each, exceptions included."""
    found: list[object] = [None] * len(arguments)
    barrier = threading.Barrier(len(arguments))

    def run(place):
        try:
            barrier.wait()
            found[place] = in_transaction(act, arguments[place])
        except Exception as error:  # noqa: BLE001 the test looks at it
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(arguments))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
