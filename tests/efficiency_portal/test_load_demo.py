"""The demo's invented county."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from cases.models import Card, Case, Nomination, Responsibility, Review, SupervisionOrder
from cases.reviewing.answerers import answerers_of
from complaints.models import Complaint, Message
from core import clock
from core.models import Event
from efficiency_portal.demo_office import loading
from efficiency_portal.demo_office.matters import MATTERS
from efficiency_portal.demo_office.people import PEOPLE, SHOWN

# Where a matter stands that goes on after it seemed to be over.
AFTERWARDS = {"reopened": "dispatched", "sent_back": "received", "archived": "archived"}
# Where the one case stands that began with a supervisor's inspection.
FOUND_BY_INSPECTION = "triage"
pytestmark = pytest.mark.django_db


def test_every_matter_stands_where_it_should():
    loading.load(now=clock.now())
    expected = sorted([*(AFTERWARDS.get(matter.then, matter.until) for matter in MATTERS), FOUND_BY_INSPECTION])
    assert sorted(Case.objects.values_list("status", flat=True)) == expected


def test_there_is_one_of_each_that_goes_on_after_the_end():
    loading.load(now=clock.now())
    assert Case.objects.filter(problem_at__isnull=False).count() == 1
    assert [row.decided for row in Responsibility.objects.order_by("pk")] == ["inspect", ""]
    assert [bool(row.chosen_at) for row in Nomination.objects.order_by("pk")] == [True, False]


def test_no_step_lies_in_the_future_or_before_the_one_before_it():
    loading.load(now=clock.now())
    assert not Event.objects.filter(at__gt=clock.now()).exists()
    for case in Case.objects.all():
        moments = list(Event.objects.of(case.subject).values_list("at", flat=True))
        assert moments == sorted(moments)


def test_loading_twice_changes_nothing():
    assert loading.load(now=clock.now())
    assert not loading.load(now=clock.now())
    assert Case.objects.count() == len(MATTERS) + 1
    assert User.objects.count() == len(PEOPLE)


def test_list_names_accounts_that_exist():
    out = io.StringIO()
    call_command("load_demo", "--list", stdout=out)
    assert out.getvalue().count("\n") == len(SHOWN) + 1
    assert set(SHOWN) <= {person.username for person in PEOPLE}


def test_list_names_matters_whose_pages_offer_something():
    loading.load(now=clock.now())
    out, matters = io.StringIO(), loading.followable()
    call_command("load_demo", "--list", stdout=out)
    assert len(matters) == len([matter for matter in MATTERS if matter.follow])
    assert [matter.number for matter in matters if f"{matter.number:<10} {matter.query_code}" not in out.getvalue()] == []


def test_one_review_waits_for_the_leader_who_did_not_sign():
    loading.load(now=clock.now())
    review = Review.objects.for_detail().get()
    assert [user.username for user in answerers_of(review)] == ["hanxuemei"]


def test_demo_accounts_are_refused_outside_demo_mode(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_one_matter_shows_a_dialogue():
    loading.load(now=clock.now())
    assert list(Message.objects.order_by("pk").values_list("side", flat=True)) == ["office", "complainant"]


def test_matters_show_every_sort_of_filer():
    loading.load(now=clock.now())
    assert Complaint.objects.filter(kind="report").exists()
    assert Complaint.objects.filter(signers__gt=1, representatives__isnull=False).exists()
    waiting = Complaint.objects.filter(complainant__verification="none", channel="web")
    assert list(waiting.values_list("complainant__phone_masked", flat=True)) == ["010****5678"]


def test_supervision_has_something_to_show_and_to_decide():
    loading.load(now=clock.now())
    assert Card.objects.waiting().exists()
    assert Card.objects.appealed().filter(issued_by__username="zhangjianping").count() == 1
    assert SupervisionOrder.objects.open().unanswered().count() == 1
