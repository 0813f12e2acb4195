"""Merging and undoing it: complaints move, numbers stay, everybody concerned is told, nobody learns of another."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from accounts.roles import Role
from agencies.models import Post
from cases import actions
from cases.models import Case, CaseComplaint
from cases.tracking import progress, standings
from cases.workflow import Status, Step, TransitionNotAllowed
from complaints import actions as complaint_actions
from complaints.models import Disclosure
from core.models import Event, InboxItem, Notice
from tests.factories import (
    MONDAY,
    NAME,
    OTHER,
    SUMMARY,
    PostFactory,
    UserFactory,
    ask_unmasking,
    case_at,
    complaints_of,
    consent,
    handler_of,
    merged,
    new_case,
    office_leader,
    officer,
    the_assignment,
    the_complaint,
    walk_on,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=5)


def pair(status=Status.TRIAGE, **fields):
    """A case, and one in triage about the same by somebody else."""
    target = case_at(status, **fields)
    return new_case(agency=target.respondent_agency, filer=OTHER), target


def undo(case, at=LATER):
    actions.unmerge(case, by=officer(), version=None, at=at)
    case.refresh_from_db()
    return case


def events_of(case):
    """The events of the case, without the letters that its steps draft."""
    types = [event.type for event in Event.objects.of(case.subject)]
    return [one for one in types if one.startswith("case.") and not one.startswith("case.letter_")]


def told(template):
    return Notice.objects.filter(template=f"cases/{template}")


def test_complaints_move_and_remember_where_they_came_from():
    source, target = pair()
    complaint = the_complaint(source)
    merged(source, target)
    assert (source.status, source.merged_into, source.closed_at) == (Status.MERGED, target, MONDAY)
    assert CaseComplaint.objects.get(complaint=complaint).came_from == source
    assert len(complaints_of(target)) == 2


def test_the_limit_of_the_merged_case_ends_and_that_of_the_other_runs_on():
    source, target = pair()
    due = target.due_on
    merged(source, target)
    assert not source.deadlines.open().exists()
    assert (source.due_on, target.due_on) == (None, due)


def test_both_histories_say_it_with_the_other_number():
    source, target = pair()
    merged(source, target)
    assert events_of(source)[-1] == "case.merged"
    assert events_of(target)[-1] == "case.joined"
    assert Event.objects.get(type="case.merged").facts == {"case": target.pk, "number": target.number}


def test_newcomer_and_handler_are_told_and_nobody_else():
    source, target = pair(Status.RECEIVED)
    number = the_complaint(source).number
    merged(source, target)
    [notice] = told("merged_to_complainant")
    assert notice.recipient_id == str(complaints_of(target)[1].public_id)
    assert notice.facts == {"number": number, "due_on": ""}
    assert list(InboxItem.objects.filter(notice__template="cases/joined").values_list("user", flat=True)) == [target.handler_id]
    assert told("joined").get().facts["other"] == number


OPEN_BEFORE_REPLY = [Status.TRIAGE, Status.DISPATCHED, Status.RECEIVED, Status.HANDLING, Status.REPORTED]
TOO_LATE = [Status.REPLIED, Status.FOLLOWED_UP, Status.CLOSED, Status.DECLINED]


@pytest.mark.parametrize("status", OPEN_BEFORE_REPLY)
def test_a_case_without_reply_takes_another_in(status):
    source, target = pair(status, own=status == Status.HANDLING)
    merged(source, target)
    assert target.status == status


@pytest.mark.parametrize("status", TOO_LATE)
def test_a_case_with_reply_or_end_takes_none(status):
    source, target = pair(status)
    with pytest.raises(actions.CannotBeMerged, match=target.number):
        actions.merge(source, into=target, by=officer(), version=None, at=MONDAY)
    source.refresh_from_db()
    assert source.status == Status.TRIAGE


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.DECLINED])
def test_only_what_waits_for_acceptance_is_merged(status):
    with pytest.raises(TransitionNotAllowed):
        actions.merge(case_at(status), into=new_case(), by=officer(), version=None, at=MONDAY)


def test_not_into_itself_nor_into_a_merged_one():
    source, target = pair()
    with pytest.raises(actions.CannotBeMerged):
        actions.merge(target, into=target, by=officer(), version=None, at=MONDAY)
    merged(source, target)
    with pytest.raises(actions.CannotBeMerged):
        actions.merge(new_case(), into=source, by=officer(), version=None, at=MONDAY)


def test_a_stale_page_merges_nothing():
    source, target = pair()
    with pytest.raises(actions.StalePage):
        actions.merge(source, into=target, by=officer(), version=source.version + 1, at=MONDAY)
    assert len(complaints_of(target)) == 1


@pytest.mark.parametrize("hidden", ["source", "target"])
def test_who_is_recused_from_either_case_does_not_merge_them(hidden):
    source, target = new_case(), new_case()
    both = UserFactory.create(roles=[Role.OFFICER, Role.AGENCY_LEADER])
    agency = (source if hidden == "source" else target).respondent_agency
    PostFactory.create(agency=agency, user=both)
    with pytest.raises(PermissionDenied):
        actions.merge(source, into=target, by=both, version=None, at=MONDAY)


def test_a_matter_does_not_go_to_a_handler_who_is_recused_from_it():
    both = UserFactory.create(roles=[Role.OFFICER, Role.AGENCY_LEADER])
    source, target = new_case(), case_at(Status.HANDLING, own=True, by=both)
    PostFactory.create(agency=source.respondent_agency, user=both)
    with pytest.raises(actions.CannotBeMerged, match="回避"):
        actions.merge(source, into=target, by=officer(), version=None, at=MONDAY)


def test_a_joint_case_is_hidden_from_whoever_is_recused_from_one_of_its_matters():
    source, target = new_case(), new_case()
    both = UserFactory.create(roles=[Role.OFFICER, Role.AGENCY_LEADER])
    PostFactory.create(agency=source.respondent_agency, user=both)
    merged(source, target)
    assert not Case.objects.visible_to(both).filter(pk=target.pk).exists()


def test_leaders_do_not_merge():
    source, target = pair()
    with pytest.raises(PermissionDenied):
        actions.merge(source, into=target, by=office_leader(), version=None, at=MONDAY)


def test_consent_of_the_newcomer_does_not_reach_an_agency_that_has_the_case():
    target = new_case()
    consent(the_complaint(target), Disclosure.NAME)
    agency = target.respondent_agency
    assert agency
    dispatch = actions.Dispatch(agency, SUMMARY, ("name",))
    actions.accept(target, by=officer(), version=None, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)
    source = new_case(agency=agency, filer=OTHER)
    consent(the_complaint(source), Disclosure.NAME)
    merged(source, target)
    assignment = the_assignment(target)
    liaison = Post.objects.get(agency=agency, kind=Post.Kind.LIAISON_OFFICER).user
    assert actions.reveal_disclosed(assignment, by=liaison, at=LATER) == {"name": [NAME]}


def test_permissions_to_see_who_filed_do_not_move_along():
    source, target = pair()
    by = officer()
    row = ask_unmasking(source, by=by)
    merged(source, target)
    row.refresh_from_db()
    assert row.ended_at == MONDAY
    assert ask_unmasking(target, by=by, complaint=row.complaint).case == target


def test_a_withdrawn_case_is_alive_again_with_a_newcomer_and_withdrawn_again_without():
    source, target = pair(Status.RECEIVED)
    complaint_actions.withdraw(the_complaint(target), "", at=LATER)
    merged(source, target)
    assert target.withdrawn_at is None
    undo(source)
    target.refresh_from_db()
    assert target.withdrawn_at == LATER


# Undoing


def test_undoing_gives_everything_back_with_the_limit_of_old():
    source, target = pair()
    due, complaint = source.due_on, the_complaint(source)
    merged(source, target)
    undo(source, at=LATER + timedelta(days=1))
    assert (source.status, source.merged_into, source.closed_at, source.due_on) == (Status.TRIAGE, None, None, due)
    assert the_complaint(source) == complaint
    assert CaseComplaint.objects.get(complaint=complaint).came_from is None
    assert source.deadlines.get().step == Step.ACCEPT
    assert source.deadlines.get().next_reminder_at is not None
    assert len(complaints_of(target)) == 1


def test_undoing_tells_complainant_handler_and_officers():
    source, target = pair(Status.RECEIVED)
    merged(source, target)
    undo(source)
    assert told("unmerged_to_complainant").get().facts["due_on"] == source.due_on.isoformat()
    assert told("parted").get().facts["other"] == source.number
    assert told("waits_again").exists()
    assert (events_of(source)[-1], events_of(target)[-1]) == ("case.unmerged", "case.parted")


def test_what_was_undone_can_be_merged_again():
    source, target = pair()
    merged(source, target)
    undo(source)
    merged(source, target, at=LATER)
    assert len(complaints_of(target)) == 2
    assert told("merged_to_complainant").count() == 2


@pytest.mark.parametrize("status", [Status.DISPATCHED, Status.RECEIVED, Status.REPORTED])
def test_undoing_is_possible_until_the_reply(status):
    source, target = pair()
    merged(source, target)
    walk_on(target, status)
    assert undo(source).status == Status.TRIAGE


@pytest.mark.parametrize("status", [Status.REPLIED, Status.CLOSED, Status.DECLINED])
def test_undoing_is_too_late_after_the_reply(status):
    source, target = pair()
    merged(source, target)
    walk_on(target, status)
    with pytest.raises(actions.CannotBeParted, match=target.number):
        undo(source)


def test_undoing_is_too_late_once_the_agency_was_given_the_newcomers_name():
    source, target = pair()
    complaint = the_complaint(source)
    consent(complaint, Disclosure.NAME)
    merged(source, target)
    dispatch = actions.Dispatch(target.respondent_agency, SUMMARY, disclose_each={complaint.pk: frozenset({"name"})})
    actions.accept(target, by=officer(), version=None, ruling=actions.Ruling(4), dispatch=dispatch, at=MONDAY)
    with pytest.raises(actions.CannotBeParted):
        undo(source)


def test_what_is_not_merged_has_nothing_to_undo():
    with pytest.raises(TransitionNotAllowed):
        undo(new_case())


def test_a_joint_case_can_be_merged_further_and_each_link_undone_by_itself():
    second, first, last = new_case(filer=OTHER), new_case(), new_case()
    merged(second, first)
    merged(first, last)
    assert len(complaints_of(last)) == 3
    undo(second)
    assert (len(complaints_of(second)), len(complaints_of(last))) == (1, 2)
    undo(first)
    assert (len(complaints_of(first)), len(complaints_of(last))) == (1, 1)


def test_undoing_the_later_merger_takes_the_earlier_one_along():
    second, first, last = new_case(filer=OTHER), new_case(), new_case()
    merged(second, first)
    merged(first, last)
    undo(first)
    assert (len(complaints_of(first)), len(complaints_of(last))) == (2, 1)
    undo(second)
    assert (len(complaints_of(first)), len(complaints_of(second))) == (1, 1)


# What the complainant reads


@pytest.fixture
def _english():
    with translation.override("en"):
        yield


def titles(complaint):
    return [entry.title for entry in progress(complaint).timeline]


@pytest.mark.usefixtures("_english")
def test_newcomer_keeps_the_own_beginning_and_reads_on_in_the_joint_case():
    source, target = pair(Status.RECEIVED)
    complaint = the_complaint(source)
    merged(source, target)
    assert titles(complaint) == ["We deal with it together with another matter", "We received your complaint"]
    assert progress(complaint).headline == "The agency is looking into it"
    reply_to(target)
    assert progress(complaint).reply
    assert titles(complaint)[:2] == ["We replied to you", "The outcome of the investigation is in"]


def reply_to(case):
    """Go on from receipt to the reply."""
    assignment, liaison = the_assignment(case), Post.objects.get(agency=case.agency, kind=Post.Kind.LIAISON_OFFICER).user
    words = {"finding": "upheld", "facts_found": "情况属实。"}
    actions.report(assignment, by=liaison, version=None, at=LATER, **words)
    actions.approve(case, by=office_leader(), version=None, reply="情况属实，已经办好。", at=LATER)


@pytest.mark.usefixtures("_english")
def test_neither_reads_that_there_is_another():
    source, target = pair(Status.RECEIVED)
    first, second = the_complaint(target), the_complaint(source)
    before = titles(first)
    merged(source, target)
    assert titles(first) == before
    text = str([progress(first), progress(second)])
    assert [value for value in (NAME, OTHER.name) if value in text] == []
    assert target.number not in str(progress(second))
    assert source.number not in str(progress(first))


@pytest.mark.usefixtures("_english")
def test_after_undoing_the_history_is_the_own_one():
    source, target = pair()
    complaint = the_complaint(source)
    merged(source, target)
    walk_on(target, Status.RECEIVED)
    undo(source)
    merged_words = [
        "We deal with it by itself again",
        "We deal with it together with another matter",
        "We received your complaint",
    ]
    assert titles(complaint) == merged_words
    assert progress(complaint).headline == "We are deciding whether we can take it up"


@pytest.mark.usefixtures("_english")
def test_a_chain_of_mergers_leaves_every_part_of_the_history():
    second, first, last = new_case(filer=OTHER), new_case(), case_at(Status.RECEIVED)
    complaint = the_complaint(second)
    merged(second, first)
    merged(first, last)
    assert titles(complaint) == [*["We deal with it together with another matter"] * 2, "We received your complaint"]


def test_standing_in_a_list_is_that_of_the_joint_case():
    source, target = pair(Status.RECEIVED)
    complaint = the_complaint(source)
    merged(source, target)
    assert standings([complaint])[complaint.pk].due_on == target.due_on


def test_progress_of_a_merged_complaint_costs_no_more(django_assert_max_num_queries):
    source, target = pair(Status.RECEIVED)
    complaint = the_complaint(source)
    merged(source, target)
    with django_assert_max_num_queries(4):
        progress(complaint)


def test_a_message_goes_to_the_handler_of_the_joint_case():
    source, target = pair(Status.RECEIVED)
    complaint = the_complaint(source)
    merged(source, target)
    complaint_actions.write(complaint, "请问进展如何？", token="t", at=LATER)
    users = InboxItem.objects.filter(notice__template="cases/message").values_list("user", flat=True)
    assert list(users) == [handler_of(target).pk]
