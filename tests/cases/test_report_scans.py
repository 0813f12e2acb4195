"""The stamped scan of a report: required, kept for the second try, and opened only by the office and the agency it is of."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases import actions
from cases.models import HeldScan, Report
from cases.workflow import Status
from core import files
from core.models import StoredFile
from tests.factories import MONDAY, case_at, holder, office_leader, officer, staffed_agency, the_assignment, transferred_case

from .test_pages import PNG, page_of, text_of

pytestmark = pytest.mark.django_db
WHOLE = {"finding": "upheld", "facts_found": "三次退件均未出具书面告知。", "measures": "已补办。"}


@pytest.fixture(autouse=True)
def required(settings):
    settings.REPORT_SCAN_REQUIRED = True


def png(name="盖章.png"):
    return SimpleUploadedFile(name, PNG, content_type="image/png")


def stored():
    return files.store_upload(png(), at=MONDAY)


def received(settings):
    case = case_at(Status.RECEIVED)
    assignment = the_assignment(case)
    return assignment, holder(assignment.agency), f"/staff/assignments/{assignment.pk}/report/"


def sent(case, **more):
    return WHOLE | {"version": str(case.version)} | more


def reported_with_scan():
    case = case_at(Status.RECEIVED)
    assignment = the_assignment(case)
    row = actions.report(assignment, by=holder(assignment.agency), version=None, at=MONDAY, scan=str(stored().pk), **WHOLE)
    return assignment, row


def test_reporting_keeps_the_scan_with_the_report(client, settings):
    assignment, by, path = received(settings)
    response = page_of(client, path, sent(assignment.case, scan=png()), user=by)
    assert response.status_code == 302
    row = Report.objects.get(assignment=assignment)
    assert row.scan
    assert (files.name_of(row.scan), HeldScan.objects.count()) == ("盖章.png", 0)


@pytest.mark.parametrize("case", [lambda: case_at(Status.RECEIVED), transferred_case])
def test_a_report_without_a_scan_is_refused(case):
    assignment = the_assignment(case())
    with pytest.raises(actions.ScanMissing):
        actions.report(assignment, by=holder(assignment.agency), version=None, at=MONDAY, reply="已办。", **WHOLE)


def test_the_page_says_that_the_scan_is_missing_and_keeps_what_was_typed(client, settings):
    assignment, by, path = received(settings)
    page = page_of(client, path, sent(assignment.case), user=by)
    assert list(page.context["form"].errors) == ["scan"]
    assert WHOLE["facts_found"] in page.content.decode()


def test_an_office_that_does_not_ask_for_it_goes_without(client, settings):
    settings.REPORT_SCAN_REQUIRED = False
    assignment, by, path = received(settings)
    assert page_of(client, path, sent(assignment.case), user=by).status_code == 302
    assert Report.objects.get().scan is None


def test_the_offices_own_report_has_no_scan(client):
    case = case_at(Status.HANDLING, own=True)
    page = page_of(client, f"/staff/cases/{case.pk}/report/", user=case.handler)
    assert "scan" not in page.context["form"].fields
    assert page_of(client, f"/staff/cases/{case.pk}/report/", sent(case), user=case.handler).status_code == 302


def test_a_second_try_still_has_the_file(client, settings):
    assignment, by, path = received(settings)
    page = page_of(client, path, sent(assignment.case, facts_found="", scan=png()), user=by)
    assert "盖章.png" in page.content.decode()
    assert page_of(client, path, sent(assignment.case), user=by).status_code == 302
    assert Report.objects.get().scan
    assert StoredFile.objects.count() == 1


def test_another_file_takes_the_place_of_the_one_that_was_kept(client, settings):
    assignment, by, path = received(settings)
    page_of(client, path, sent(assignment.case, facts_found="", scan=png()), user=by)
    page = page_of(client, path, sent(assignment.case, facts_found="", scan=png("新.png")), user=by)
    assert "新.png" in page.content.decode()
    assert StoredFile.objects.count() == 1


def test_a_kept_file_can_be_taken_back_without_losing_what_was_typed(client, settings):
    assignment, by, path = received(settings)
    page_of(client, path, sent(assignment.case, finding="", scan=png()), user=by)
    page = page_of(client, path, sent(assignment.case, remove_scan="yes"), user=by).content.decode()
    assert WHOLE["facts_found"] in page
    assert "盖章.png" not in page
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"), [("报告.docx", b"PK\x03\x04"), ("报告.pdf", b""), ("报告.pdf", b"not a pdf"), ("报告.exe", b"MZ")]
)
def test_what_is_no_scan_is_refused_beside_its_field(client, settings, name, content):
    assignment, by, path = received(settings)
    page = page_of(client, path, sent(assignment.case, scan=SimpleUploadedFile(name, content)), user=by)
    assert list(page.context["form"].errors) == ["scan"]
    assert not StoredFile.objects.exists()


def test_a_harmful_file_is_not_reported_with():
    assignment = the_assignment(case_at(Status.RECEIVED))
    bad = stored()
    StoredFile.objects.filter(pk=bad.pk).update(state="infected", scanned_at=MONDAY)
    with pytest.raises(actions.ScanMissing):
        actions.report(assignment, by=holder(assignment.agency), version=None, at=MONDAY, scan=str(bad.pk), **WHOLE)


def test_a_scan_to_which_nobody_came_back_is_forgotten(settings):
    assignment, by, _path = received(settings)
    actions.hold_scan(assignment, files.examine(png()), by=by, at=MONDAY)
    assert actions.forget_scans(at=MONDAY + timedelta(hours=settings.UPLOAD_HOURS)) == 0
    assert actions.forget_scans(at=MONDAY + timedelta(hours=settings.UPLOAD_HOURS, seconds=1)) == 1
    assert not StoredFile.objects.exists()


def test_office_and_agency_open_the_scan_and_its_preview(client):
    assignment, row = reported_with_scan()
    own = f"/staff/assignments/{assignment.pk}/reports/{row.pk}/"
    office = f"/staff/cases/{assignment.case_id}/reports/{row.pk}/"
    for path, user in ((own, holder(assignment.agency)), (office, officer())):
        assert page_of(client, f"{path}scan/", user=user)["Content-Type"] == "image/png"
        assert page_of(client, f"{path}preview/", user=user)["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("end", ["scan/", "preview/"])
def test_no_other_agency_opens_it(client, end):
    assignment, row = reported_with_scan()
    other = the_assignment(case_at(Status.RECEIVED))
    for pk in (assignment.pk, other.pk):
        path = f"/staff/assignments/{pk}/reports/{row.pk}/{end}"
        assert page_of(client, path, user=holder(other.agency)).status_code == 404
    case_path = f"/staff/cases/{assignment.case_id}/reports/{row.pk}/{end}"
    assert page_of(client, case_path, user=holder(assignment.agency)).status_code == 404
    assert page_of(client, f"/staff/cases/{other.case_id}/reports/{row.pk}/{end}", user=officer()).status_code == 404


def test_a_report_without_a_scan_has_no_file(client, settings):
    settings.REPORT_SCAN_REQUIRED = False
    assignment = the_assignment(case_at(Status.REPORTED))
    row = Report.objects.get(assignment=assignment)
    path = f"/staff/assignments/{assignment.pk}/reports/{row.pk}/scan/"
    assert page_of(client, path, user=holder(assignment.agency)).status_code == 404


def test_pages_show_the_scan_where_the_report_stands(client):
    assignment, row = reported_with_scan()
    case, leader = assignment.case_id, office_leader()
    link = f"/staff/cases/{case}/reports/{row.pk}/scan/"
    assert link in text_of(client, f"/staff/cases/{case}/", user=leader)
    assert link in text_of(client, f"/staff/cases/{case}/approve/", user=leader)
    own = text_of(client, f"/staff/assignments/{assignment.pk}/", user=holder(assignment.agency))
    assert f"/staff/assignments/{assignment.pk}/reports/{row.pk}/scan/" in own


def test_nobody_else_holds_a_scan_for_the_agency(client, settings):
    assignment, _by, path = received(settings)
    stranger = holder(staffed_agency())
    assert page_of(client, path, sent(assignment.case, scan=png()), user=stranger).status_code == 404
    assert not HeldScan.objects.exists()
