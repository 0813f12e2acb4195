"""Complaint, report, tip: what each asks, promises and never carries."""

import pytest

from complaints import codes, drafts
from complaints.actions import lodge
from complaints.filing import FilingRefused
from complaints.models import Complaint, Consent, Draft
from complaints.receipts import receipt_of
from complaints.wizard import DISCLOSURE

from .citizen import Citizen
from .samples import AT, agency, filing

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", ["report", "tip"])


def with_a_phone(citizen: Citizen) -> str:
    citizen.gives_a_name()
    return str(citizen.answers("phone", code=drafts.open_code(citizen.draft())[0]).headers["Location"])


@KINDS
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_reports_and_tips_are_never_asked_for_consent(kind, language):
    citizen = Citizen(language)
    citizen.tells_the_matter(agency().pk, kind=kind)
    assert with_a_phone(citizen).endswith("/check/")
    citizen.submits()
    assert Complaint.objects.get().kind == kind
    assert not Consent.objects.exists()


def test_consent_given_before_the_kind_was_changed_is_not_carried():
    citizen = Citizen()
    citizen.tells_the_matter(agency().pk)
    with_a_phone(citizen)
    citizen.answers("disclosure", disclose=["name"])
    assert citizen.answers("kind", kind="report", change="1").headers["Location"].endswith("/check/")
    assert citizen.walk().filing().disclose == ()
    assert not citizen.walk().applies(DISCLOSURE)


@KINDS
def test_a_filing_with_consent_must_be_a_complaint(kind):
    with pytest.raises(FilingRefused):
        filing(agency=agency(), kind=kind, disclose=("name",))


def test_one_press_answers_and_goes_on():
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心二楼")
    page = citizen.sees("/complaints/new/kind/")
    assert [kind for kind in ("complaint", "report", "tip") if f'name="kind" value="{kind}"' not in page] == []
    assert 'type="radio"' not in page


def test_leaving_the_page_forgets_no_earlier_answer():
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心二楼")
    citizen.answers("kind", kind="tip")
    page = citizen.sees("/complaints/new/kind/")
    assert 'aria-current="true"' in page
    citizen.answers("kind", save="1")
    draft = Draft.objects.get()
    citizen.client.post("/complaints/resume/", {"code": codes.resume_code(draft)})
    assert citizen.walk().kind == "tip"
    assert citizen.walk().answers.steps["kind"] == {"kind": ["tip"]}


@pytest.mark.parametrize("typed", [{}, {"kind": ""}, {"kind": "gossip"}])
def test_no_kind_is_told(typed):
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心二楼")
    assert "请选择是哪一种情况" in citizen.answers("kind", **typed).content.decode()


@pytest.mark.parametrize(("kind", "said"), [("complaint", "件件有答复"), ("report", "申领奖励"), ("tip", "不清楚的地方可以问您")])
def test_what_a_real_name_brings_depends_on_the_kind(kind, said):
    citizen = Citizen()
    citizen.tells_the_matter(kind=kind)
    assert said in citizen.sees("/complaints/new/identity/")


def test_a_tip_is_promised_no_reply():
    titles = [step["title"] for step in receipt_of(lodge(filing(kind="tip"), at=AT)).next_steps]
    assert len(titles) == 3
    assert "不逐件答复" in titles[-1]
    assert len(receipt_of(lodge(filing(kind="report"), at=AT)).next_steps) == 4


@pytest.mark.parametrize(("kind", "word"), [("complaint", "投诉"), ("report", "举报"), ("tip", "反映")])
def test_receipt_names_what_was_lodged(kind, word):
    receipt = receipt_of(lodge(filing(kind=kind), at=AT))
    assert receipt.kind == word
    assert receipt.facts[3]["value"].startswith(f"{word} · ")


def test_every_kind_says_what_follows_for_the_reward():
    citizen = Citizen()
    citizen.answers("about", agency="none", agency_words="政务中心二楼")
    assert citizen.sees("/complaints/new/kind/").count("奖励") == 3
