"""Tips of supervisors: on any agency, the own one too, and nobody's name in them."""

import json
import uuid
from typing import Any

import pytest
from django.urls import reverse

from accounts.roles import OFFICE, Role
from cases import actions as case_actions
from cases.models import Assignment, Case, Deadline
from cases.workflow import Advice
from complaints.models import Complaint
from core.models import Event, Notice
from supervisors import actions
from supervisors.models import Tip
from supervisors.tips.reading import certificate_of
from tests.cases.test_races import at_once
from tests.factories import MONDAY, PostFactory, UserFactory, officer, staffed_agency

from .inspecting import inspection, record, supervisor, volunteer

pytestmark = pytest.mark.django_db
WORDS = "九月十日上午窗口两次让办事企业到指定店铺复印，不去就不收材料。"


def told(**fields) -> actions.Told:
    given: dict[str, Any] = {"narrative": WORDS, "category": 2, "behaviours": ("2e",)}
    if "agency" not in fields:
        given["agency"] = staffed_agency()
    return actions.Told(**given | fields)


def tip(by=None, *, key=None, **fields) -> Tip:
    return actions.give_tip(told(**fields), key=key or uuid.uuid4(), by=by or supervisor(), at=MONDAY)


def posted(**fields) -> dict:
    given = {"key": str(uuid.uuid4()), "behaviour": "2e", "narrative": WORDS}
    return given | fields


def test_a_tip_is_lodged_and_waits_at_the_desk():
    case = Case.objects.get(links__complaint=tip().complaint)
    assert (case.channel, case.kinds, case.status, case.category) == ("supervisor", ["tip"], "triage", 2)


def test_a_tip_goes_out_within_the_five_working_days():
    """Accepting sends it out in the same act, and its limit is three working days."""
    limit = Deadline.objects.get(case__links__complaint=tip().complaint)
    assert (limit.step, limit.policy.unit) == ("accept", "working_days")
    assert limit.policy.length <= 5
    assert limit.next_reminder_at


def test_nothing_of_a_tip_names_who_gave_it():
    home = staffed_agency()
    user = volunteer(home)
    given = tip(user, agency=home)
    matter = Complaint.objects.filter(pk=given.complaint_id).values()[0]
    assert [matter[name] for name in ("identity", "complainant_id", "filed_by_id")] == ["anonymous", None, None]
    rows = [
        *Event.objects.values("subject", "actor", "facts"),
        *Notice.objects.values("facts", "recipient_id", "recipient_kind"),
        matter,
    ]
    written = json.dumps(rows, default=str)
    for own in (
        user.full_name,
        user.username,
        certificate_of(given.supervisor),
        f"user:{user.pk}",
        f"supervisor:{user.supervisor.pk}",
    ):
        assert own not in written


@pytest.mark.parametrize("what", ["full_name", "email"])
def test_words_that_name_the_writer_are_refused(what):
    user = supervisor()
    user.full_name = "测试监督甲"
    user.save()
    with pytest.raises(actions.NamesItself):
        tip(user, narrative=f"{WORDS}联系我：{getattr(user, what)}。")
    assert not Complaint.objects.exists()


def test_the_own_agency_sees_an_anonymous_matter_from_nowhere(client):
    home = staffed_agency()
    user = volunteer(home)
    case = Case.objects.get(links__complaint=tip(user, agency=home).complaint)
    dispatch = case_actions.Dispatch(agency=home, summary="反映窗口指定复印店。请核查。")
    case_actions.accept(case, by=officer(), version=None, ruling=case_actions.Ruling(2), dispatch=dispatch, at=MONDAY)
    client.force_login(home.posts.get(kind="liaison_officer").user)
    pages = [reverse("cases:assignment_list"), reverse("cases:assignment_detail", args=[Assignment.objects.get().pk])]
    for page in pages:
        text = client.get(page).content.decode()
        assert case.number in text
        for word in ("监督员", user.full_name, certificate_of(user.supervisor), WORDS):
            assert word not in text


@pytest.mark.parametrize("role", Role)
def test_who_sees_whose_certificate_is_behind_it(client, role):
    given = tip()
    user = UserFactory.create(roles=[role])
    client.force_login(user)
    response = client.get(reverse("supervisors:tips"))
    assert Tip.objects.visible_to(user).exists() is (role in OFFICE)
    assert response.status_code == (200 if role in OFFICE else 404)
    if role in OFFICE:
        text = response.content.decode()
        assert certificate_of(given.supervisor) in text
        assert given.supervisor.user.full_name not in text


def test_an_officer_with_a_post_in_an_agency_sees_no_tips(client):
    given = tip()
    both = UserFactory.create(roles=[Role.OFFICER, Role.LIAISON_OFFICER])
    PostFactory.create(agency=given.complaint.agency, user=both)
    client.force_login(both)
    assert not Tip.objects.visible_to(both).exists()
    assert client.get(reverse("supervisors:tips")).status_code == 404


def test_an_officer_sees_no_tip_of_a_case_from_which_he_stays_away():
    given, stays_away = tip(), officer()
    assert Tip.objects.visible_to(stays_away).exists()
    case_actions.declare_recusal(Case.objects.get(links__complaint=given.complaint), by=stays_away, ground="kin", at=MONDAY)
    assert not Tip.objects.visible_to(stays_away).exists()


def test_what_was_recorded_becomes_the_own_tip_once(client):
    kept = record(inspection())
    with pytest.raises(actions.NotForTheDesk):
        actions.make_tip(kept, by=kept.inspection.ordered_by, at=MONDAY)
    given = actions.make_tip(kept, by=kept.recorded_by, at=MONDAY)
    assert (given.supervisor.user, given.complaint.kind, given.complaint.channel) == (kept.recorded_by, "tip", "supervisor")
    with pytest.raises(actions.NotForTheDesk):
        actions.make_case(kept, by=officer(), at=MONDAY)
    client.force_login(kept.recorded_by)
    assert client.post(reverse("supervisors:record_tip", args=[kept.pk])).status_code == 302
    assert Complaint.objects.count() == 1


def test_who_does_not_serve_gives_none():
    for user in (officer(), supervisor(term_until=MONDAY.date().replace(month=3))):
        with pytest.raises(actions.NoTerm):
            tip(user)


def test_the_same_again_is_one_tip_and_something_else_is_told():
    user, key, agency = supervisor(), uuid.uuid4(), staffed_agency()
    assert tip(user, key=key, agency=agency) == tip(user, key=key, agency=agency)
    with pytest.raises(actions.TipKeyTaken):
        tip(user, key=key, agency=agency, narrative="另一件事。")
    assert Complaint.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_lodges_once():
    user, key, agency = supervisor(), uuid.uuid4(), staffed_agency()
    first, second = at_once(*[lambda: tip(user, key=key, agency=agency)] * 2)
    assert first == second
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"agency": "x"}, "agency"),
        ({"behaviour": ""}, "behaviour"),
        ({"behaviour": "9z"}, "behaviour"),
        ({"narrative": ""}, "narrative"),
        ({"narrative": "a\0"}, "narrative"),
        ({"narrative": "长" * 3001}, "narrative"),
        ({"happened_on": "2099-01-01"}, "happened_on"),
        ({"happened_on": "gestern"}, "happened_on"),
        ({"key": "1"}, "key"),
    ],
)
def test_bad_input_is_told(client, fields, named):
    agency = staffed_agency()
    client.force_login(supervisor())
    response = client.post(reverse("supervisors:tip"), posted(**{"agency": agency.pk} | fields))
    assert response.context["form"].errors[named]
    assert not Tip.objects.exists()


def test_a_tip_is_given_and_followed_on_its_pages(client):
    agency, user = staffed_agency(), supervisor()
    client.force_login(user)
    assert client.post(reverse("supervisors:tip"), posted(agency=agency.pk)).status_code == 302
    case = Case.objects.get()
    assert case.number in client.get(reverse("supervisors:own_tips")).content.decode()
    case_actions.decline(
        case, by=officer(), version=None, reason="属于价格投诉，请向市场监管部门反映。", advice=Advice.REVIEW_OR_COURT, at=MONDAY
    )
    text = client.get(reverse("supervisors:own_tips")).content.decode()
    assert "属于价格投诉" in text
    client.force_login(supervisor())
    assert case.number not in client.get(reverse("supervisors:own_tips")).content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["own_tips", "tip"])
def test_pages_can_be_read(client, language, name):
    client.cookies["django_language"] = language
    client.force_login(supervisor())
    assert client.get(reverse(f"supervisors:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["own_tips", "tip"])
def test_pages_are_for_supervisors(client, name):
    client.force_login(officer())
    assert client.get(reverse(f"supervisors:{name}")).status_code == 404


@pytest.mark.parametrize(("name", "queries"), [("own_tips", 8), ("tips", 6)])
def test_lists_cost_the_same_however_long(client, django_assert_num_queries, name, queries):
    user = supervisor()
    client.force_login(user if name == "own_tips" else officer())
    tip(user)
    client.get(reverse(f"supervisors:{name}"))
    for _more in range(3):
        tip(user)
    with django_assert_num_queries(queries):
        assert len(client.get(reverse(f"supervisors:{name}")).context["tips"]) == 4
