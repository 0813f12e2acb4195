"""Drafts: kept sealed at each step, resumed by code, never overwritten silently, submitted once, deleted for good."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from complaints import actions, codes, drafts, tasks
from complaints.answers import answers_of
from complaints.models import Complaint, Draft, Evidence
from complaints.wizard import Walk
from core import clock
from core.models import StoredFile

from .citizen import NARRATIVE, Citizen, picture
from .samples import AT, NAME
from .test_lodging import in_two_threads

pytestmark = pytest.mark.django_db


def ready_to_submit(**events) -> Citizen:
    citizen = Citizen()
    citizen.tells_the_matter(**events)
    citizen.stays_anonymous()
    return citizen


def test_each_step_is_kept_sealed():
    citizen = ready_to_submit()
    sealed = bytes(citizen.draft().answers_sealed)
    assert NAME.encode() not in sealed
    assert answers_of(citizen.draft()).first("events", "narrative") == NARRATIVE


def test_only_the_hash_of_the_resume_code_is_stored():
    draft = actions.begin(at=AT, language="zh-hans")
    code = codes.resume_code(draft).replace("-", "").encode()
    stored = [bytes(value) for value in (draft.resume_index, draft.answers_sealed)] + [str(draft.pk).encode()]
    assert [one for one in stored if code in one] == []


def test_save_and_leave_keeps_half_an_answer_and_shows_the_code():
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心")
    code = codes.resume_code(citizen.draft())
    response = citizen.answers("problem", save="1")
    assert code in citizen.sees(response.headers["Location"])
    assert "draft" not in citizen.client.session


def test_another_browser_goes_on_by_the_resume_code():
    first, second = Citizen(), Citizen("en")
    first.answers("about", agency="none", agency_words="政务中心二楼")
    response = second.client.post(reverse("complaints:resume"), {"code": codes.resume_code(first.draft()).lower()})
    assert response.headers["Location"].endswith("/kind/")
    assert "政务中心二楼" in second.sees("/complaints/new/about/")


def test_unfinished_text_is_shown_without_complaint():
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心")
    citizen.answers("problem", category="4")
    code = codes.resume_code(citizen.draft())
    citizen.answers("events", narrative="写了一半", save="1")
    citizen.client.post(reverse("complaints:resume"), {"code": code})
    page = citizen.sees("/complaints/new/events/")
    assert "写了一半" in page
    assert "alert-sum" not in page


@pytest.mark.parametrize("code", ["", "2222-2222", "\x00\x00", "🙂" * 40, "' OR 1=1"])
def test_wrong_resume_code_opens_nothing(code):
    citizen = Citizen()
    response = citizen.client.post(reverse("complaints:resume"), {"code": code})
    assert response.status_code == 200
    assert "alert-sum" in response.content.decode()
    assert "draft" not in citizen.client.session


def test_resuming_slows_down():
    citizen = Citizen()
    statuses = [citizen.client.post(reverse("complaints:resume"), {"code": "2222-2222"}).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


def test_stale_page_keeps_what_was_typed_and_says_so():
    citizen = Citizen()
    citizen.tells_the_matter()
    old_page = citizen.hidden("events")
    citizen.answers("events", **citizen.events(narrative="别处改过的经过，一共写了二十多个字，够长了吧。"))
    response = citizen.answers(
        "events", hidden=old_page, **citizen.events(narrative="这里刚写的经过，也写了二十多个字，应该够长了。")
    )
    page = response.content.decode()
    assert "这里刚写的经过" in page
    assert "别的窗口或设备" in page
    assert "别处改过" in citizen.walk().answers.first("events", "narrative")


def test_second_try_of_a_stale_page_wins():
    citizen = Citizen()
    citizen.tells_the_matter()
    stale = citizen.answers("events", hidden={"seen": "0" * 16}, **citizen.events(wish="第二版"))
    assert stale.status_code == 200
    citizen.answers("events", **citizen.events(wish="第二版"))
    assert citizen.walk().answers.first("events", "wish") == "第二版"


def test_submitting_what_was_changed_meanwhile_asks_to_read_again():
    citizen = ready_to_submit()
    old_page = citizen.hidden("check")
    citizen.answers("problem", category="1", change="1")
    page = citizen.answers("check", hidden=old_page, truthful="on", privacy="on").content.decode()
    assert "重新看一遍" in page
    assert not Complaint.objects.exists()


def test_submitting_twice_files_once_and_shows_the_same_receipt():
    citizen = ready_to_submit()
    page = citizen.hidden("check")
    first, second = (citizen.answers("check", hidden=page, truthful="on", privacy="on") for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == f"/complaints/receipt/{Complaint.objects.get().number}/"


@pytest.mark.django_db(transaction=True)
def test_submitting_in_two_threads_files_once(upstairs):
    citizen = ready_to_submit()
    draft, filing = citizen.draft(), citizen.walk().filing()
    numbers: list[str] = []
    in_two_threads(lambda: numbers.append(actions.submit(draft, filing, version=draft.version, at=AT).number))
    assert len(numbers) == 2
    assert set(numbers) == {Complaint.objects.get().number}
    assert len(upstairs.lodged) == 1


def test_two_browsers_on_one_draft_get_the_same_receipt():
    first, second = ready_to_submit(), Citizen()
    second.client.post(reverse("complaints:resume"), {"code": codes.resume_code(first.draft())})
    pages = first.hidden("check"), second.hidden("check")
    answers = [
        one.answers("check", hidden=page, truthful="on", privacy="on") for one, page in zip((first, second), pages, strict=True)
    ]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert second.client.get(answers[1].headers["Location"]).status_code == 200


def test_submission_wipes_the_draft():
    citizen = ready_to_submit()
    draft = citizen.draft()
    citizen.submits()
    draft.refresh_from_db()
    assert answers_of(draft).steps == {}
    with pytest.raises(drafts.DraftFiled):
        actions.keep(draft, "events", {}, seen="", at=AT, language="zh-hans")


def test_changes_after_submission_lead_to_the_receipt():
    citizen = ready_to_submit()
    page = citizen.hidden("problem")
    citizen.submits()
    assert "/receipt/" in citizen.answers("problem", hidden=page, category="1").headers["Location"]


@pytest.mark.django_db(transaction=True)
def test_expired_drafts_are_deleted_with_their_files():
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.answers("evidence", uploads=[picture()])
    stored = StoredFile.objects.get()
    assert actions.expire(at=clock.now() + timedelta(days=9)) == 1
    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()
    assert [name for name in (stored.original, stored.cleaned) if default_storage.exists(name or "")] == []


def test_living_drafts_and_filed_evidence_stay(settings):
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.answers("evidence", uploads=[picture()])
    citizen.stays_anonymous()
    citizen.submits()
    begun = actions.begin(at=clock.now() + timedelta(days=8), language="en")
    actions.expire(at=clock.now() + timedelta(days=9))
    assert list(Draft.objects.all()) == [begun]
    assert default_storage.exists(Evidence.objects.get().file.cleaned or "")


def test_expiry_is_the_end_of_the_seventh_day(settings):
    settings.DRAFT_DAYS = 7
    draft = actions.begin(at=AT, language="zh-hans")
    assert draft.expires_at == clock.midnight(clock.day_of(AT) + timedelta(days=8))
    assert clock.day_of(drafts.last_day(draft)) == clock.day_of(AT) + timedelta(days=7)


def test_expired_draft_cannot_be_resumed_before_the_task_runs():
    draft = actions.begin(at=AT - timedelta(days=400), language="zh-hans")
    response = Citizen().client.post(reverse("complaints:resume"), {"code": codes.resume_code(draft)})
    assert "alert-sum" in response.content.decode()


def test_the_nightly_task_runs():
    actions.begin(at=AT - timedelta(days=400), language="zh-hans")
    tasks.expire_drafts()
    assert not Draft.objects.exists()


def test_idle_browser_forgets_the_draft():
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心")
    session = citizen.client.session
    session["draft"] = {**session["draft"], "at": session["draft"]["at"] - 3 * 3600}
    session.save()
    assert citizen.client.get("/complaints/new/problem/").headers["Location"].endswith("/about/")


def test_a_browser_with_a_draft_is_asked_first():
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心")
    page = citizen.sees("/complaints/new/")
    assert "政务中心" not in page.split("<main")[1].split("</main>")[0]
    assert citizen.client.post("/complaints/new/").headers["Location"].endswith("/about/")
    assert "draft" not in citizen.client.session


def test_walk_without_draft_has_answered_nothing():
    walk = Walk(None)
    assert walk.first_open().slug == "about"
    assert not walk.may_enter(walk.asked()[-1])


@pytest.mark.parametrize("slug", ["about", "problem", "events", "evidence", "identity"])
def test_pages_are_not_kept_by_the_browser(slug):
    citizen = ready_to_submit()
    assert "no-store" in citizen.client.get(f"/complaints/new/{slug}/").headers["Cache-Control"]


def test_check_page_needs_few_queries(django_assert_max_num_queries):
    citizen = ready_to_submit()
    with django_assert_max_num_queries(12):
        citizen.client.get("/complaints/new/check/")


def test_a_file_sent_again_after_a_broken_line_is_kept_once():
    citizen = Citizen()
    citizen.client.post("/complaints/new/", {})
    citizen.tells_the_matter()
    for _time in range(2):
        citizen.answers("evidence", uploads=[picture()], add="1")
    assert citizen.draft().files.count() == 1
