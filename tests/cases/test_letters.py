"""Official letters: drafted by the steps of a case, put into words, issued once with a number, sealed, handed out."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.roles import Role
from cases import actions, permissions
from cases.letters import rendering
from cases.letters.gathering import prefix_of
from cases.letters.kinds import SIGNED_BY_LEADER, LetterKind
from cases.letters.reading import draft_of, offers_of
from cases.models import Letter
from cases.workflow import Status
from complaints import actions as complaint_actions
from complaints.models import Complainant
from core import files
from core.models import Counter, Event
from tests.factories import (
    MONDAY,
    NAME,
    PHONE,
    SUMMARY,
    UserFactory,
    case_at,
    complaints_of,
    holder,
    joint_case,
    new_case,
    office_leader,
    officer,
    the_assignment,
    the_complaint,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


def letter_of(case, kind):
    return Letter.objects.for_detail().get(case=case, kind=kind)


def issue(letter, *, by=None, at=LATER, **more):
    by = by or (office_leader() if letter.kind in SIGNED_BY_LEADER else officer())
    return actions.issue_letter(letter, by=by, version=None, at=at, **more)


def text_of(letter):
    return rendering.text_of(files.clean_copy(letter.file))


def kinds_of(case):
    return sorted(Letter.objects.filter(case=case).values_list("kind", flat=True))


def events_of(case, type_):
    return [event for event in Event.objects.of(case.subject) if event.type == type_]


@pytest.mark.parametrize(
    ("status", "own", "kinds"),
    [
        (Status.TRIAGE, False, []),
        (Status.DECLINED, False, ["declining"]),
        (Status.HANDLING, True, ["acceptance"]),
        (Status.DISPATCHED, False, ["acceptance", "dispatch"]),
        (Status.REPLIED, False, ["acceptance", "dispatch", "reply"]),
        (Status.CLOSED, False, ["acceptance", "closing", "dispatch", "reply"]),
    ],
)
def test_steps_draft_their_letters(status, own, kinds):
    assert kinds_of(case_at(status, own=own)) == kinds


def test_more_time_drafts_a_letter():
    case = case_at(Status.RECEIVED)
    asked: dict[str, Any] = {"length": 5, "reason": "等待鉴定。", "progress": "已送检。"}
    row = actions.ask_extension(the_assignment(case), by=holder(case.agency), version=None, at=LATER, **asked)
    actions.decide_extension(row, by=office_leader(), approve=True, at=LATER)
    text = text_of(issue(letter_of(case, "extension")))
    assert "等待鉴定。" in text
    assert "2026年10月19日" in text  # 14 October and five days


def test_each_complainant_gets_a_letter_and_a_tip_none():
    assert kinds_of(joint_case(Status.DISPATCHED)) == ["acceptance", "acceptance", "dispatch"]
    assert kinds_of(case_at(Status.DISPATCHED, kind="tip")) == ["dispatch"]


@pytest.mark.parametrize("kind", ["acceptance", "dispatch", "reply", "closing"])
def test_every_letter_of_a_closed_case_comes_out_whole(kind):
    letter = issue(letter_of(case_at(Status.CLOSED), kind))
    text = text_of(letter)
    assert letter.number in text
    assert "None" not in text
    assert not {"{{", "{%", "＿＿"} & {text[place : place + 2] for place in range(len(text))}


def test_a_declining_letter_says_why_and_where_to_go():
    text = text_of(issue(letter_of(case_at(Status.DECLINED), "declining")))
    assert "不属于机关效能问题。" in text
    assert "信访部门" in text


def test_the_name_is_opened_for_the_letter_alone_and_recorded():
    case = case_at(Status.DISPATCHED)
    letter = letter_of(case, "acceptance")
    page = "\n".join(block.text for block in draft_of(letter, LATER.date()).blocks)
    assert NAME not in page
    assert NAME in text_of(issue(letter))
    looks = Event.objects.filter(subject=the_complaint(case).subject, type="vault.revealed")
    assert [(one.facts["column"], one.facts["purpose"]) for one in looks] == [("name", "letter")]


def test_an_anonymous_complainant_is_called_so():
    case = case_at(Status.DISPATCHED, filer=None)
    assert "投诉人（匿名）：" in text_of(issue(letter_of(case, "acceptance")))
    assert not Event.objects.filter(type="vault.revealed").exists()


def test_a_letter_to_an_agency_names_nobody():
    text = text_of(issue(letter_of(case_at(Status.DISPATCHED), "dispatch")))
    assert SUMMARY in text
    assert NAME not in text
    assert PHONE not in text


def test_words_that_name_the_complainant_are_refused_and_nothing_is_kept():
    case = case_at(Status.DISPATCHED)
    for kind in ("dispatch", "acceptance"):
        letter = letter_of(case, kind)
        with pytest.raises(actions.LetterNamesComplainant):
            actions.change_words(letter, by=officer(), version=1, words={"body": f"{NAME}来电 {PHONE}"}, at=LATER)
        letter.refresh_from_db()
        assert (letter.words, letter.version) == ({}, 1)


def test_a_summary_that_consent_let_through_is_no_letter():
    case = case_at(Status.DISPATCHED)
    case.assignments.update(summary=f"{NAME}反映三次退件。")
    with pytest.raises(actions.LetterNamesComplainant):
        issue(letter_of(case, "dispatch"))
    assert Counter.objects.filter(scope__startswith="letter:").count() == 0


def test_what_may_be_an_ordinary_word_is_confirmed_once():
    named = case_at(Status.DISPATCHED, narrative="窗口三次退回材料。")
    Complainant.objects.filter(complaints=the_complaint(named)).update(name_sealed=sealed_name(named, "高兴"))
    words = {"body": "办事群众高兴而来，失望而归。请核查。"}
    letter = letter_of(named, "dispatch")
    with pytest.raises(actions.LetterNamesComplainant):
        actions.change_words(letter, by=officer(), version=1, words=words, at=LATER)
    actions.change_words(letter, by=officer(), version=1, words=words, at=LATER, looked_at=True)
    with pytest.raises(actions.LetterNamesComplainant):
        issue(letter)
    assert issue(letter, looked_at=True).number


def sealed_name(case, name):
    from core import vault

    person = the_complaint(case).complainant
    assert person
    return vault.seal(name, row=person.vault_row, column="name")


def test_a_letter_to_one_complainant_tells_nothing_about_another():
    case = joint_case(Status.REPLIED)
    first, second = complaints_of(case)
    case.reply = "丁戊己也反映了同样的问题。"
    case.save(update_fields=["reply"])
    letter = Letter.objects.for_detail().get(case=case, kind="reply", complaint=first)
    with pytest.raises(actions.LetterNamesComplainant):
        issue(letter)
    assert issue(Letter.objects.for_detail().get(case=case, kind="reply", complaint=second)).number


def test_numbers_count_by_series_and_year_without_a_gap():
    cases = [case_at(Status.DISPATCHED) for _each in range(3)]
    numbers = [issue(letter_of(case, "acceptance")).number for case in cases[:2]]
    cases[2].assignments.update(summary=NAME)
    with pytest.raises(actions.LetterNamesComplainant):
        issue(letter_of(cases[2], "dispatch"))
    numbers += [issue(letter_of(cases[2], "acceptance"), at=LATER.replace(year=2027, month=1, day=4)).number]
    prefix = prefix_of("acceptance")
    assert numbers == [f"{prefix}〔2026〕1号", f"{prefix}〔2026〕2号", f"{prefix}〔2027〕1号"]


def test_what_was_issued_never_changes():
    case = case_at(Status.REPLIED)
    letter = issue(letter_of(case, "reply"))
    before = files.clean_copy(letter.file)
    case.reply = "另一份答复。"
    case.save(update_fields=["reply"])
    for again in (issue, lambda one: actions.discard_letter(one, by=officer(), version=None, reason="不需要", at=LATER)):
        with pytest.raises(actions.LetterDecided):
            again(letter)
    letter.refresh_from_db()
    assert files.clean_copy(letter.file) == before


def test_a_letter_lacking_something_is_not_issued():
    case = case_at(Status.DISPATCHED)
    letter = actions.draft_letter(case, LetterKind.CIRCULAR, cause="deadline:1", at=LATER, agency=case.agency)
    lacks = [str(lack.what) for lack in draft_of(letter_of(case, "circular"), LATER.date()).lacks]
    assert len(lacks) == 3  # no limit to finish runs yet, and nothing is written
    with pytest.raises(actions.LetterIncomplete):
        issue(letter)


def test_a_chaser_says_how_late_it_is():
    case = case_at(Status.RECEIVED)
    actions.draft_letter(case, LetterKind.CHASER, cause="deadline:1", at=LATER, agency=case.agency)
    late = case.deadlines.get(step="finish").due_at + timedelta(days=2)
    text = text_of(issue(letter_of(case, "chaser"), at=late))
    assert "办理期限为2026年10月14日" in text
    assert "已逾期2个工作日" in text


def test_a_complaint_that_went_to_another_case_gets_no_letter_from_this_one():
    case = case_at(Status.DISPATCHED)
    letter = letter_of(case, "acceptance")
    case.links.update(case=new_case())
    with pytest.raises(actions.LetterIncomplete):
        issue(letter)


def test_an_erased_name_is_missing():
    case = case_at(Status.DISPATCHED)
    empty = dict.fromkeys(("name_sealed", "phone_sealed", "email_sealed"))
    Complainant.objects.update(erased_at=LATER, name_masked="**", **empty)
    assert draft_of(letter_of(case, "acceptance"), LATER.date()).lacks
    with pytest.raises(actions.LetterIncomplete):
        issue(letter_of(case, "acceptance"))


@pytest.mark.parametrize("role", Role)
def test_who_may_issue(role):
    user, case = UserFactory.create(roles=[role]), new_case()
    may = {kind for kind in LetterKind if permissions.can_issue_letter(user, Letter(kind=kind, case=case))}
    signed = {LetterKind.DECLINING, LetterKind.REPLY, LetterKind.CIRCULAR}
    assert may == {Role.OFFICE_LEADER: signed, Role.OFFICER: set(LetterKind) - signed}.get(role, set())


def test_a_handler_who_is_a_leader_issues_what_no_leader_must():
    case = new_case()
    leader = office_leader()
    case.handler = leader
    assert permissions.can_issue_letter(leader, Letter(kind="acceptance", case=case))
    assert not permissions.can_issue_letter(office_leader(), Letter(kind="acceptance", case=case))


def test_an_officer_does_not_sign_the_reply():
    with pytest.raises(PermissionDenied):
        issue(letter_of(case_at(Status.REPLIED), "reply"), by=officer())


def test_a_discarded_draft_uses_no_number_up():
    case = case_at(Status.DISPATCHED)
    letter = letter_of(case, "acceptance")
    actions.discard_letter(letter, by=officer(), version=1, reason="不需要", at=LATER)
    with pytest.raises(actions.LetterDecided):
        issue(letter)
    with pytest.raises(actions.LetterNamesComplainant):
        actions.discard_letter(letter_of(case, "dispatch"), by=officer(), version=1, reason=f"{NAME}不要", at=LATER)


def test_a_stale_draft_is_not_issued_nor_overwritten():
    letter = letter_of(case_at(Status.DISPATCHED), "dispatch")
    actions.change_words(letter, by=officer(), version=1, words={"body": "请核查退件情况。"}, at=LATER)
    with pytest.raises(actions.LetterChanged):
        actions.change_words(letter, by=officer(), version=1, words={"body": "另一个人写的。"}, at=LATER)
    with pytest.raises(actions.LetterChanged):
        actions.issue_letter(letter, by=officer(), version=1, at=LATER)
    assert "请核查退件情况。" in text_of(issue(letter))


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        (Status.TRIAGE, set()),
        (Status.DECLINED, {"declining"}),
        (Status.DISPATCHED, {"acceptance", "dispatch", "chaser", "supervision", "circular"}),
        (Status.CLOSED, {"acceptance", "dispatch", "circular", "reply", "closing"}),
    ],
)
def test_what_can_be_drafted_by_hand_fits_the_case(status, kinds):
    assert {offer.kind for offer in offers_of(case_at(status), officer())} == kinds


def test_a_form_sent_twice_drafts_one_letter():
    case = case_at(Status.DISPATCHED)
    given: dict[str, Any] = {"kind": "chaser", "agency": case.agency, "token": "one", "at": LATER, "by": officer()}
    assert actions.draft_by_hand(case, **given) == actions.draft_by_hand(case, **given)


@pytest.mark.parametrize("wrong", [{"kind": "closing"}, {"kind": "acceptance"}, {"kind": "chaser"}, {"kind": "reply"}])
def test_what_does_not_fit_is_not_drafted(wrong):
    case, other = case_at(Status.DISPATCHED), case_at(Status.DISPATCHED)
    for given in ({}, {"complaint": the_complaint(other)}, {"agency": other.agency}):
        with pytest.raises(actions.DoesNotFit):
            actions.draft_by_hand(case, by=officer(), token="t", at=LATER, **wrong, **given)


def test_nobody_outside_the_office_writes_letters():
    case = case_at(Status.DISPATCHED)
    letter, stranger = letter_of(case, "dispatch"), holder(case.agency)
    for act in (
        lambda: actions.change_words(letter, by=stranger, version=1, words={"body": "改"}, at=LATER),
        lambda: actions.discard_letter(letter, by=stranger, version=1, reason="不要", at=LATER),
        lambda: actions.issue_letter(letter, by=stranger, version=1, at=LATER),
        lambda: actions.draft_by_hand(case, by=stranger, kind="chaser", agency=case.agency, token="x", at=LATER),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_database_keeps_letters_whole():
    letter = letter_of(case_at(Status.DISPATCHED), "acceptance")
    for wrong in ({"number": "清优效受〔2026〕1号"}, {"means": "post"}, {"discard_reason": "不要"}, {"read_at": LATER}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**wrong)


def test_withdrawn_complainants_get_no_reply():
    case = joint_case(Status.REPORTED)
    complaint_actions.withdraw(complaints_of(case)[1], "", at=LATER)
    actions.approve(case, by=office_leader(), version=None, reply="问题属实，已整改。", at=LATER)
    assert [one.complaint for one in Letter.objects.filter(case=case, kind="reply")] == [complaints_of(case)[0]]
