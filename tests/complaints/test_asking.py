"""On the tracking page: asking for a review, claiming a reward with or without a name, the ID number of a claimant."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from complaints import actions, codes, ports, reading
from complaints.filing import content_of, fingerprint
from complaints.models import Channel, Complainant, Complaint, IdentityCheck, ReviewRequest, RewardClaim
from core import vault
from core.models import Event

from .citizen import Citizen
from .samples import AT, NAME, PHONE, agency, filer, filing
from .test_following import inside
from .test_lodging import in_two_threads

pytestmark = pytest.mark.django_db
TRACK = "/complaints/track/"
REASON = f"我是{NAME}，电话 {PHONE}。答复漏了第二次退件。"
RIGHT_ID = "11010519491231002X"
ID = {"kind": "resident", "number": "110105 19491231 002x", "consent": "on"}
REPLIED_AT = AT + timedelta(days=20)  # 8 October
LAST_DAY = AT + timedelta(days=52)  # 9 November, a Monday; the 7th is a Saturday


@pytest.fixture(autouse=True)
def clock_hand():
    """Two days after the reply; a test may move it."""
    with time_machine.travel(REPLIED_AT + timedelta(days=2), tick=False) as now:
        yield now


@pytest.fixture
def named(upstairs):
    """A real-name complaint with a reply that upholds it."""
    upstairs.answer |= {"reply": "经查属实。", "replied_at": REPLIED_AT, "may_claim": True}
    return actions.lodge(filing(agency=agency()), at=AT)


@pytest.fixture
def nameless(upstairs):
    """An anonymous one."""
    upstairs.answer |= {"reply": "经查属实。", "replied_at": REPLIED_AT, "may_claim": True}
    return actions.lodge(filing(filer=None), at=AT)


def path(complaint, what=""):
    return f"{TRACK}{complaint.number}/{what}"


def sends(complaint, what, citizen=None, **typed):
    return (citizen or inside(complaint)).client.post(path(complaint, what), typed)


def reviewed(level, answered_at=None):
    return ports.Reviewed(level, REPLIED_AT, "维持" if answered_at else "", "维持。" if answered_at else "", answered_at)


# Reviews


def test_review_is_asked_for_with_a_reason(named, upstairs):
    assert sends(named, "review/", reason=REASON, level="1").headers["Location"] == path(named)
    request = ReviewRequest.objects.get()
    assert (request.level, upstairs.reviews) == (1, [1])
    assert not [value for value in (NAME, PHONE) if value in request.reason_copy]
    assert vault.open_sealed(request.reason_sealed, row=request.vault_row, column="reason") == REASON


def test_second_click_asks_nothing_more(named, upstairs):
    citizen = inside(named)
    sends(named, "review/", citizen, reason=REASON, level="1")
    upstairs.answer["reviews"] = [reviewed(1)]
    assert sends(named, "review/", citizen, reason="又点了一次", level="1").headers["Location"] == path(named)
    assert (ReviewRequest.objects.count(), upstairs.reviews) == (1, [1])


@pytest.mark.parametrize("reason", ["", "字" * 2001])
def test_bad_reason_is_told_and_kept(named, reason):
    page = sends(named, "review/", reason=reason, level="1").content.decode()
    assert "alert-sum" in page
    assert reason in page
    assert not ReviewRequest.objects.exists()


def test_last_day_counts_and_the_day_after_is_too_late(named, clock_hand):
    clock_hand.move_to(LAST_DAY)
    assert "11 月 9 日" in inside(named).sees(path(named))
    clock_hand.move_to(LAST_DAY + timedelta(days=1))
    assert "11 月 9 日（星期一）为止，已经过了" in inside(named).sees(path(named, "review/"))
    sends(named, "review/", reason=REASON, level="1")
    assert not ReviewRequest.objects.exists()


WHY = [
    ({"reply": "", "replied_at": None}, "还没有答复"),
    ({"reviews": [reviewed(1)]}, "已经申请过"),
    ({"reviews": [reviewed(1, REPLIED_AT), reviewed(2, REPLIED_AT)]}, "到此终结"),
]


@pytest.mark.parametrize(("answer", "words"), WHY)
def test_where_there_is_nothing_to_review_it_is_said_why(named, upstairs, answer, words):
    upstairs.answer |= answer
    citizen = inside(named)
    assert "/review/" not in citizen.sees(path(named))
    assert words in citizen.sees(path(named, "review/"))


def test_who_has_withdrawn_asks_for_none(named):
    actions.withdraw(named, "", at=REPLIED_AT)
    assert "已撤回" in inside(named).sees(path(named, "review/"))
    sends(named, "review/", reason=REASON, level="1")
    assert not ReviewRequest.objects.exists()


def test_final_review_is_offered_after_the_answer(named, upstairs):
    upstairs.answer["reviews"] = [reviewed(1, REPLIED_AT + timedelta(days=1))]
    citizen = inside(named)
    page = citizen.sees(path(named))
    assert [text for text in ("申请复核", "维持。") if text not in page] == []
    sends(named, "review/", citizen, reason=REASON, level="2")
    assert ReviewRequest.objects.get().level == 2


def test_page_of_the_first_review_cannot_ask_for_the_final_one(named):
    page = sends(named, "review/", reason=REASON, level="2").content.decode()
    assert REASON in page
    assert not ReviewRequest.objects.exists()


def test_while_the_outcome_can_be_rated_the_difference_is_said_there(named, upstairs):
    upstairs.answer["may_rate"] = True
    page = inside(named).sees(path(named))
    assert page.count(path(named, "review/")) == 1
    assert "只想说明满意不满意" in page


def test_open_review_lets_the_complainant_write_and_add(named, upstairs):
    upstairs.answer |= {"ended_on": AT.date(), "reviews": [reviewed(1)]}
    page = inside(named).sees(path(named))
    assert [what for what in ("messages/", "more/") if path(named, what) not in page] == []
    assert path(named, "withdraw/") not in page


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_ask_once(named, upstairs):
    in_two_threads(lambda: actions.ask_review(named, 1, REASON, at=REPLIED_AT))
    assert (ReviewRequest.objects.count(), upstairs.reviews) == (1, [1])


@pytest.mark.parametrize("what", ["review/", "reward/", "reward/id-number/", "reward/id-number/remove/", "disclosure/"])
def test_stranger_is_sent_to_the_door(named, what):
    stranger = Citizen().client
    responses = [stranger.post(path(named, what), {"reason": REASON, "level": "1", "understood": "on"})]
    responses += [stranger.get(path(named, what))] if "remove" not in what else []
    assert {response.headers["Location"].split("?")[0] for response in responses} == {TRACK}
    assert not ReviewRequest.objects.exists()
    assert not RewardClaim.objects.exists()


# Rewards


def test_named_claimant_confirms_once(named, upstairs):
    assert path(named, "reward/") in inside(named).sees(path(named))
    sends(named, "reward/", understood="on")
    assert (RewardClaim.objects.get().proof, upstairs.claims) == ("verified", ["verified"])
    assert "不等于一定发放" in inside(named).sees(path(named, "reward/"))


def test_claim_without_the_confirmation_is_told(named):
    assert "请勾选确认申领" in sends(named, "reward/").content.decode()
    assert not RewardClaim.objects.exists()


def test_second_claim_changes_nothing(named, upstairs):
    citizen = inside(named)
    for _ in range(2):
        sends(named, "reward/", citizen, understood="on")
    assert (RewardClaim.objects.count(), upstairs.claims) == (1, ["verified"])


@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_claim_once(named, upstairs):
    in_two_threads(lambda: actions.claim_reward(named, at=REPLIED_AT))
    assert (RewardClaim.objects.count(), upstairs.claims) == (1, ["verified"])


def test_nothing_is_offered_before_the_finding(named, upstairs):
    upstairs.answer["may_claim"] = False
    assert path(named, "reward/") not in inside(named).sees(path(named))
    sends(named, "reward/", understood="on")
    assert not RewardClaim.objects.exists()


UNPROVED: dict[str, dict[str, Any]] = {
    "unchecked": {"verification": "none", "verified_at": None},
    "form": {"verification": "format"},
}


@pytest.mark.parametrize("person", UNPROVED)
def test_a_name_that_nobody_checked_claims_nothing(named, person):
    Complainant.objects.update(**UNPROVED[person])
    assert "不能在这里申领" in inside(named).sees(path(named, "reward/"))
    with pytest.raises(actions.ClaimRefused):
        actions.claim_reward(named, at=REPLIED_AT)


def test_who_denied_having_filed_claims_nothing(named):
    Complaint.objects.update(identity="anonymous", denied_at=AT)
    with pytest.raises(actions.ClaimRefused):
        actions.claim_reward(named, code=codes.claim_code(named), at=REPLIED_AT)
    assert path(named, "reward/") not in inside(named).sees(path(named))


def test_claim_code_proves_who_filed_without_a_name(nameless, upstairs):
    typed = codes.claim_code(nameless).lower().replace("-", " ")
    sends(nameless, "reward/", code=typed)
    assert (RewardClaim.objects.get().proof, upstairs.claims) == ("claim_code", ["claim_code"])
    page = inside(nameless).sees(path(nameless, "reward/"))
    assert path(nameless, "reward/id-number/") not in page


def test_wrong_claim_code_says_no_more_and_slows_down(nameless):
    citizen = inside(nameless)
    pages = [sends(nameless, "reward/", citizen, code="2222-2222") for _ in range(6)]
    assert [page.status_code for page in pages] == [200] * 5 + [429]
    assert "领奖码不对" in pages[0].content.decode()
    assert sends(nameless, "reward/", citizen, code=codes.claim_code(nameless)).status_code == 429
    assert not RewardClaim.objects.exists()


def test_query_code_is_no_claim_code(nameless):
    sends(nameless, "reward/", code=codes.query_code(nameless))
    assert not RewardClaim.objects.exists()


def test_a_new_query_code_leaves_the_claim_code(nameless):
    query, claim = codes.query_code(nameless), codes.claim_code(nameless)
    nameless.code_version = 2
    assert codes.query_code(nameless) != query
    assert codes.claim_code(nameless) == claim


def test_claim_code_stands_on_the_receipt_of_who_has_just_filed_and_nowhere_else(just_filed):
    citizen, complaint = just_filed
    receipt, code = f"/complaints/receipt/{complaint.number}/", codes.claim_code(complaint)
    assert code in citizen.sees(receipt)
    assert "分开保管" in citizen.sees(receipt)
    assert code not in citizen.sees(path(complaint))
    other = inside(complaint)
    assert code not in other.sees(receipt)
    assert "不能再次显示" in other.sees(receipt)


def test_claim_code_is_gone_from_the_receipt_after_an_hour(just_filed, clock_hand):
    citizen, complaint = just_filed
    for _ in range(3):
        clock_hand.shift(timedelta(minutes=25))
        citizen.sees(f"/complaints/receipt/{complaint.number}/")
    assert codes.claim_code(complaint) not in citizen.sees(f"/complaints/receipt/{complaint.number}/")


def test_receipt_of_a_named_filer_has_no_claim_code(named):
    page = inside(named).sees(f"/complaints/receipt/{named.number}/")
    assert [text for text in (codes.claim_code(named), "领奖码") if text in page] == []


@pytest.fixture
def just_filed():
    """A citizen who has just filed without a name, and the matter."""
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.stays_anonymous()
    citizen.submits()
    return citizen, Complaint.objects.get(channel=Channel.WEB)


# ID numbers


@pytest.fixture
def claimed(named):
    """A named complainant who has claimed."""
    actions.claim_reward(named, at=REPLIED_AT)
    return named


def test_id_number_is_kept_sealed_with_its_own_consent(claimed):
    assert sends(claimed, "reward/id-number/", **ID).headers["Location"] == path(claimed, "reward/")
    person = Complainant.objects.get()
    assert vault.open_sealed(person.id_number_sealed, row=person.vault_row, column="id_number") == RIGHT_ID
    assert (person.id_kind, person.id_masked) == ("resident", "110*************2X")
    assert person.id_consent_at is not None
    assert bytes(person.id_index or b"") == vault.blind_index(RIGHT_ID, kind="id_number:resident")


def test_resident_number_is_noted_as_a_check_of_its_form_that_raises_nothing(claimed):
    sends(claimed, "reward/id-number/", **ID)
    assert IdentityCheck.objects.latest("pk").level == "format"
    assert Complainant.objects.get().verification == "phone"


def test_passport_is_kept_without_a_check(claimed):
    before = IdentityCheck.objects.count()
    sends(claimed, "reward/id-number/", **ID | {"kind": "passport", "number": "e1234 5678"})
    assert Complainant.objects.get().id_kind == "passport"
    assert IdentityCheck.objects.count() == before


BAD = [{"consent": ""}, {"number": "110105194912310021"}, {"number": ""}, {"kind": "library"}, {"number": "110105491231002"}]


@pytest.mark.parametrize("change", BAD)
def test_bad_id_number_is_told_and_kept_on_the_page_alone(claimed, change):
    typed = {name: value for name, value in (ID | change).items() if value}
    page = sends(claimed, "reward/id-number/", **typed).content.decode()
    assert "alert-sum" in page
    assert typed.get("number", "") in page
    assert Complainant.objects.get().id_number_sealed is None


def test_id_number_can_be_deleted_again(claimed):
    citizen = inside(claimed)
    sends(claimed, "reward/id-number/", citizen, **ID)
    assert "110*************2X" in citizen.sees(path(claimed, "reward/"))
    sends(claimed, "reward/id-number/remove/", citizen)
    person = Complainant.objects.get()
    assert (person.id_number_sealed, person.id_index, person.id_kind, person.id_masked) == (None, None, "", "")
    assert RewardClaim.objects.exists()


def test_id_number_is_masked_in_everything_that_was_written_before(upstairs):
    upstairs.answer |= {"reply": "属实。", "replied_at": REPLIED_AT, "may_claim": True}
    words = f"{RIGHT_ID} 号身份证被扣，窗口没有给书面告知。"
    matter = actions.lodge(filing(narrative=words, respondent=f"问 {RIGHT_ID}", wish=words), at=AT)
    actions.write(matter, words, token="t", at=AT)
    actions.claim_reward(matter, at=REPLIED_AT)
    before = matter.content_sha256
    actions.give_id_number(matter, kind="resident", number=RIGHT_ID, at=REPLIED_AT)
    matter = Complaint.objects.for_detail().get(pk=matter.pk)
    copies = [matter.working_copy, matter.wish_copy, matter.title, matter.respondent, matter.messages.get().text_copy]
    assert [copy for copy in copies if RIGHT_ID in copy or "＊＊＊" not in copy] == []
    filed = reading.as_filed(matter)
    assert (filed.narrative, filed.respondent) == (words, f"问 {RIGHT_ID}")
    content = content_of(filed, received_at=matter.received_at)
    assert fingerprint(content, public_id=matter.public_id) == before


def test_id_number_stands_in_no_event(claimed):
    sends(claimed, "reward/id-number/", **ID)
    facts = [event.facts for event in Event.objects.filter(type__startswith="complaint.id_number")]
    assert facts == [{"id_kind": "resident"}]


def test_without_a_claim_no_id_number_is_asked_for(named):
    assert sends(named, "reward/id-number/", **ID).headers["Location"] == path(named, "reward/")
    with pytest.raises(actions.IdNumberRefused):
        actions.give_id_number(named, kind="resident", number=RIGHT_ID, at=REPLIED_AT)


def test_page_with_everything_offered_needs_few_queries(claimed, upstairs, django_assert_max_num_queries):
    upstairs.answer |= {"reviews": [reviewed(1, REPLIED_AT)], "may_disclose": True}
    citizen = inside(claimed)
    citizen.sees(path(claimed))
    with django_assert_max_num_queries(14):
        citizen.sees(path(claimed))


def test_verified_in_person_may_claim_too(upstairs):
    upstairs.answer |= {"reply": "属实。", "replied_at": REPLIED_AT, "may_claim": True}
    matter = actions.lodge(filing(filer=filer()), at=AT)
    Complainant.objects.update(verification=Complainant.Verification.IN_PERSON)
    assert actions.claim_reward(matter, at=REPLIED_AT).proof == "verified"
