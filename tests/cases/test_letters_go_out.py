"""Issued letters go out: to who filed, to the agency, on paper; numbered once whoever signs at the same moment."""

import io
from datetime import date, timedelta

import pytest
from docx import Document

from cases import actions, permissions
from cases.letters import rendering
from cases.letters.gathering import prefix_of
from cases.letters.papers import file_name, papers_of
from cases.models import Letter
from cases.workflow import Status
from complaints import ports
from complaints.models import Complaint
from core import clock, files
from core.models import Counter, Event, Notice
from tests.factories import (
    NAME,
    PHONE,
    SUMMARY,
    case_at,
    handler_of,
    holder,
    new_case,
    office_leader,
    officer,
    the_assignment,
    the_complaint,
)

from .test_letters import LATER, events_of, issue, letter_of
from .test_races import at_once

pytestmark = pytest.mark.django_db


def test_only_who_issued_it_and_the_handler_fetch_a_letter_with_a_name():
    case = case_at(Status.DISPATCHED)
    by = officer()
    letter = issue(letter_of(case, "acceptance"), by=by)
    for user, may in ((by, True), (handler_of(case), True), (officer(), False), (office_leader(), False)):
        assert permissions.can_fetch_letter(user, letter_of(case, "acceptance")) is may
    opened = actions.fetch_letter(letter_of(case, "acceptance"), by=by, at=LATER)
    assert NAME in rendering.text_of(opened.content)
    assert opened.name == f"受理通知书 {letter.number}.docx"
    assert len(Event.objects.filter(subject=the_complaint(case).subject, type="vault.revealed")) == 2
    assert len(events_of(case, "case.letter_fetched")) == 1


def test_the_complainant_reads_it_and_the_first_time_is_noted():
    case = case_at(Status.DISPATCHED)
    letter, complaint = issue(letter_of(case, "acceptance")), the_complaint(case)
    paper = papers_of(complaint)[0]
    assert (paper.number, paper.is_ready) == (letter.number, True)
    for _twice in range(2):
        opened = ports.paper(complaint, paper.pk, LATER)
        assert opened
        assert NAME in rendering.text_of(opened.content)
    assert len(events_of(case, "case.letter_read")) == 1
    assert ports.paper(the_complaint(new_case()), paper.pk, LATER) is None


def test_who_denies_having_filed_is_not_named_by_an_earlier_letter():
    case = case_at(Status.DISPATCHED)
    letter, complaint = issue(letter_of(case, "acceptance")), the_complaint(case)
    Complaint.objects.filter(pk=complaint.pk).update(identity="anonymous", denied_at=LATER + timedelta(hours=1))
    complaint = the_complaint(case)
    assert not papers_of(complaint)[0].is_ready
    assert ports.paper(complaint, letter.pk, LATER) is None
    with pytest.raises(actions.LetterAway):
        actions.fetch_letter(letter_of(case, "acceptance"), by=handler_of(case), at=LATER)


def test_the_agency_gets_its_letter_and_no_other():
    case, other = case_at(Status.DISPATCHED), case_at(Status.DISPATCHED)
    letter = issue(letter_of(case, "dispatch"))
    issue(letter_of(case, "acceptance"))
    liaison = holder(case.agency)
    opened = actions.fetch_for_agency(the_assignment(case), letter, by=liaison, at=LATER)
    assert SUMMARY in rendering.text_of(opened.content)
    assert [paper.pk for paper in Letter.objects.sent_with(the_assignment(case))] == [letter.pk]
    assert list(Letter.objects.sent_with(the_assignment(other))) == []
    assert Letter.objects.get(pk=letter.pk).read_at == LATER


def test_erasing_a_matter_erases_its_letters():
    case = case_at(Status.DISPATCHED)
    letter, complaint = issue(letter_of(case, "acceptance")), the_complaint(case)
    ports.after_erasure(complaint, LATER)
    stored = Letter.objects.select_related("file").get(pk=letter.pk).file
    assert stored
    assert stored.original is None
    assert not papers_of(complaint)[0].is_ready


def test_delivery_on_paper_is_noted_and_corrected():
    case = case_at(Status.DISPATCHED)
    letter = issue(letter_of(case, "acceptance"))
    day = clock.day_of(LATER)
    actions.deliver_letter(letter, by=officer(), means="post", on=day, at=LATER)
    actions.deliver_letter(letter, by=officer(), means="hand", on=day, at=LATER)
    letter.refresh_from_db()
    assert (letter.means, letter.delivered_on) == ("hand", day)
    for wrong in (day - timedelta(days=1), day + timedelta(days=1)):
        with pytest.raises(actions.NotThatDay):
            actions.deliver_letter(letter, by=officer(), means="post", on=wrong, at=LATER)


def test_events_and_notices_of_letters_name_nobody():
    case = case_at(Status.REPLIED)
    for kind in ("acceptance", "dispatch", "reply"):
        issue(letter_of(case, kind))
    facts = [str(one.facts) for one in Event.objects.all()] + [str(one.facts) for one in Notice.objects.all()]
    assert not [one for one in facts if NAME in one or PHONE in one]
    assert {"cases/letter", "cases/letter_to_complainant"} <= set(Notice.objects.values_list("template", flat=True))


def test_an_issued_letter_carries_no_author_and_no_program():
    letter = issue(letter_of(case_at(Status.DISPATCHED), "acceptance"))
    properties = Document(io.BytesIO(files.clean_copy(letter.file))).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert letter.number in properties.title
    assert NAME not in properties.title + file_name(letter)


@pytest.mark.django_db(transaction=True)
def test_two_people_issue_one_letter_once():
    case = case_at(Status.DISPATCHED)
    letter, first, second = letter_of(case, "acceptance"), officer(), officer()
    outcomes = at_once(*(lambda by=by: issue(letter, by=by) for by in (first, second)))
    assert sorted(type(one).__name__ for one in outcomes) == ["Letter", "LetterDecided"]
    assert Counter.objects.get(scope__startswith="letter:").value == 1


@pytest.mark.django_db(transaction=True)
def test_letters_issued_at_once_get_numbers_in_a_row():
    letters = [letter_of(case_at(Status.DISPATCHED), "acceptance") for _each in range(3)]
    by = officer()
    issued = at_once(*(lambda one=one: issue(one, by=by) for one in letters))
    year = date(2026, 1, 1).year
    assert sorted(one.number for one in issued) == [f"{prefix_of('acceptance')}〔{year}〕{n}号" for n in (1, 2, 3)]


@pytest.mark.django_db(transaction=True)
def test_a_number_that_was_rolled_back_is_given_out_again(monkeypatch):
    letter, by = letter_of(case_at(Status.DISPATCHED), "acceptance"), officer()
    with monkeypatch.context() as broken:
        broken.setattr(files, "store", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issue(letter, by=by)
    assert Event.objects.filter(type="vault.revealed").count() == 0
    assert issue(letter, by=by).number.endswith("〕1号")
