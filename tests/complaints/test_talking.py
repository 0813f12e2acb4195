"""After filing: messages, more evidence, withdrawal, as the citizen meets them; without JavaScript."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.roles import Role
from complaints import actions, reading
from complaints.filing import content_of, fingerprint
from complaints.models import Complaint, Consent, Evidence, Message, Rating, Withdrawal
from core import clock
from core.models import Event, Notice, StoredFile
from tests.factories import in_transaction

from .citizen import HIDDEN, Citizen, picture
from .samples import AT, EMAIL, NAME, agency, filing
from .test_following import TRACK, inside
from .test_lodging import in_two_threads

pytestmark = pytest.mark.django_db
OTHER_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture
def complaint() -> Complaint:
    return actions.lodge(filing(agency=agency()), at=AT)


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="officer", full_name="示例办案员", roles=[Role.OFFICER])


def page(complaint: Complaint) -> str:
    return f"{TRACK}{complaint.number}/"


def writes(citizen: Citizen, complaint: Complaint, text: str, token: str = "t"):
    return citizen.client.post(f"{page(complaint)}messages/", {"text": text, "token": token})


def adds(citizen: Citizen, complaint: Complaint, *uploads):
    return citizen.client.post(f"{page(complaint)}more/", {"uploads": list(uploads)})


def withdraws(citizen: Citizen, complaint: Complaint, **answer: str):
    return citizen.client.post(f"{page(complaint)}withdraw/", answer)


def test_message_is_kept_told_and_shown_as_typed(complaint, upstairs):
    citizen = inside(complaint)
    text = f"我叫{NAME}，没有书面通知。"
    assert writes(citizen, complaint, text).headers["Location"] == f"{page(complaint)}#messages"
    assert upstairs.told == [Message.objects.get().pk]
    assert Event.objects.get(type="complaint.message_received").facts == {}
    assert text in citizen.sees(page(complaint))


def test_message_is_sealed_and_its_copy_masked(complaint):
    message = actions.write(complaint, f"我叫{NAME}，电话 138-0000-2071，{EMAIL}。", token="t", at=AT)
    assert not [value for value in (NAME, "0000-2071", EMAIL) if value in message.text_copy]
    assert NAME.encode() not in bytes(message.text_sealed or b"")
    assert reading.thread_for_filer(complaint)[0].text.startswith(f"我叫{NAME}")


def test_page_gives_each_reader_a_token_and_sending_twice_writes_once(complaint):
    citizen = inside(complaint)
    token = dict(HIDDEN.findall(citizen.sees(page(complaint))))["token"]
    for _ in range(2):
        writes(citizen, complaint, "请问进展如何？", token)
    assert Message.objects.count() == 1


def test_changed_text_from_the_same_page_is_another_message(complaint):
    for text in ("请问进展如何？", "请问进展如何？我想知道日期。"):
        actions.write(complaint, text, token="t", at=AT)
    assert Message.objects.count() == 2


@pytest.mark.parametrize("text", ["", "  \n ", "字" * 2001, "\x00"])
def test_bad_message_is_told_and_keeps_what_was_typed(complaint, text):
    response = writes(inside(complaint), complaint, text).content.decode()
    assert "alert-sum" in response
    assert text.strip("\x00 \n") in response
    assert not Message.objects.exists()


@pytest.mark.parametrize("token", ["", "x" * 65])
def test_strange_token_loses_no_message(complaint, token):
    response = writes(inside(complaint), complaint, "请问进展如何？", token)
    assert response.status_code == 302 or "请问进展如何？" in response.content.decode()


def test_flood_of_messages_is_slowed_down_and_keeps_the_text(complaint):
    citizen = inside(complaint)
    answers = [writes(citizen, complaint, f"第 {n} 条留言", f"t{n}") for n in range(11)]
    assert Message.objects.count() == 10
    assert "第 10 条留言" in answers[-1].content.decode()
    assert "1 分钟" in answers[-1].content.decode()


def test_page_that_lay_idle_gives_the_text_back(complaint):
    with time_machine.travel(AT) as now:
        citizen = inside(complaint)
        now.shift(timedelta(minutes=61))
        response = writes(citizen, complaint, "写了很久的一段话").content.decode()
    assert "写了很久的一段话" in response
    assert 'name="code"' in response
    assert not Message.objects.exists()


def test_thirty_days_after_the_end_the_box_is_gone(complaint, upstairs):
    upstairs.answer["ended_on"] = clock.today() - timedelta(days=30)
    citizen = inside(complaint)
    assert 'id="id_text"' in citizen.sees(page(complaint))
    upstairs.answer["ended_on"] -= timedelta(days=1)
    assert 'id="id_text"' not in citizen.sees(page(complaint))
    refused = writes(citizen, complaint, "还想说一句").content.decode()
    assert [word for word in ("不能再留言", "还想说一句") if word not in refused] == []
    assert not Message.objects.exists()


def test_office_may_answer_after_the_end(complaint, officer, upstairs):
    upstairs.answer["ended_on"] = clock.today() - timedelta(days=300)
    message = actions.write(complaint, "补充答复如下。", token="t", by=officer, at=AT)
    assert (message.from_office, message.sent_by) == (True, officer)


def test_answer_is_new_once_and_names_no_officer(complaint, officer):
    actions.write(complaint, "请把回执拍照。", token="t", by=officer, at=AT)
    citizen = inside(complaint)
    first, second = citizen.sees(page(complaint)), citizen.sees(page(complaint))
    assert ("tag-new" in first, "tag-new" in second) == (True, False)
    assert "请把回执拍照。" in second
    assert officer.full_name not in first


def test_complainant_is_told_once_until_it_is_read_and_never_what(complaint, officer):
    for n in range(2):
        actions.write(complaint, f"请把回执拍照 {n}。", token="t", by=officer, at=AT)
    notice = Notice.objects.get(template="complaints/message")
    assert (notice.recipient_kind, notice.facts) == ("complainant", {"number": complaint.number})
    actions.note_seen(Message.objects.values_list("pk", flat=True), at=AT)
    actions.write(complaint, "再问一句。", token="t", by=officer, at=AT)
    assert Notice.objects.filter(template="complaints/message").count() == 2


def test_anonymous_complainant_is_told_nothing_and_reads_it_here(officer):
    complaint = actions.lodge(filing(filer=None), at=AT)
    actions.write(complaint, "请补充时间。", token="t", by=officer, at=AT)
    assert not Notice.objects.filter(template="complaints/message").exists()
    assert "请补充时间。" in inside(complaint).sees(page(complaint))


@pytest.mark.parametrize("path", ["messages", "more", "withdraw"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_does_nothing(complaint, path, method):
    response = getattr(Citizen().client, method)(f"{page(complaint)}{path}/", {"text": "x", "token": "t"})
    assert response.status_code in {200, 302, 405}
    assert not Message.objects.exists()
    assert not Withdrawal.objects.exists()


def test_evidence_is_added_shown_with_its_day_and_told(complaint, upstairs):
    citizen = inside(complaint)
    assert adds(citizen, complaint, picture("背面.png")).headers["Location"] == f"{page(complaint)}#evidence"
    shown = citizen.sees(page(complaint))
    assert "背面.png" in shown
    assert "补充于" in shown
    assert upstairs.supplemented == [1]
    assert Event.objects.get(type="complaint.supplemented").facts == {"files": 1}


def test_added_evidence_leaves_the_fingerprint_of_what_was_filed(complaint):
    actions.supplement(complaint, [picture()], at=AT + timedelta(days=3))
    filed = reading.as_filed(Complaint.objects.get(pk=complaint.pk))
    content = content_of(filed, received_at=complaint.received_at)
    assert fingerprint(content, public_id=complaint.public_id) == complaint.content_sha256


def test_file_that_cannot_be_taken_is_told_and_the_others_are_kept(complaint):
    response = adds(inside(complaint), complaint, picture("好.png"), SimpleUploadedFile("坏.png", b"MZ\x90"))
    assert "坏.png" in response.content.decode()
    assert Evidence.objects.count() == StoredFile.objects.count() == 1


def test_same_file_twice_is_kept_once(complaint, upstairs):
    citizen = inside(complaint)
    for _ in range(2):
        assert adds(citizen, complaint, picture()).status_code == 302
    assert Evidence.objects.count() == 1
    assert upstairs.supplemented == [1]


def test_nothing_chosen_is_told(complaint):
    assert "请至少选一个文件" in adds(inside(complaint), complaint).content.decode()


def test_more_files_than_may_be_added_are_refused(complaint, settings):
    settings.UPLOAD_MAX_FILES = 1
    taken = actions.supplement(complaint, [picture(), SimpleUploadedFile("b.png", OTHER_PICTURE)], at=clock.now())
    assert (len(taken.kept), len(taken.refused)) == (1, 1)


def test_ended_matter_takes_no_evidence_and_is_not_withdrawn(complaint, upstairs):
    upstairs.answer["ended_on"] = clock.today()
    citizen = inside(complaint)
    shown = citizen.sees(page(complaint))
    assert not [path for path in ("more/", "withdraw/") if f"{page(complaint)}{path}" in shown]
    adds(citizen, complaint, picture())
    withdraws(citizen, complaint)
    assert not Evidence.objects.exists()
    assert not Withdrawal.objects.exists()
    with pytest.raises(actions.SupplementRefused):
        actions.supplement(complaint, [picture()], at=clock.now())
    with pytest.raises(actions.WithdrawalRefused):
        actions.withdraw(complaint, "", at=clock.now())


def test_withdrawing_says_what_it_means_then_withdraws(complaint, upstairs):
    citizen = inside(complaint)
    assert "撤回后不能恢复" in citizen.sees(f"{page(complaint)}withdraw/")
    withdraws(citizen, complaint, reason=f"{NAME}：已经办好了。")
    withdrawal = Withdrawal.objects.get()
    assert NAME not in withdrawal.reason_copy
    assert withdrawal.reason_sealed is not None
    assert upstairs.withdrawn == [complaint.pk]
    assert Notice.objects.get(template="complaints/withdrawn").facts == {"number": complaint.number}


def test_withdrawing_revokes_consent():
    about = agency()
    complaint = actions.lodge(filing(agency=about, disclose=("name",)), at=AT)
    actions.withdraw(complaint, "", at=AT)
    assert Consent.objects.get().revoked_at == AT


def test_overlong_reason_is_told_and_kept(complaint):
    response = withdraws(inside(complaint), complaint, reason="字" * 1001).content.decode()
    assert "字" * 1001 in response
    assert not Withdrawal.objects.exists()


def test_no_rating_after_withdrawing(complaint, upstairs):
    upstairs.answer["may_rate"] = True
    actions.withdraw(complaint, "", at=AT)
    citizen = inside(complaint)
    assert 'id="rate"' not in citizen.sees(page(complaint))
    with pytest.raises(actions.RatingRefused):
        actions.rate(complaint, "satisfied", "", at=AT)
    assert not Rating.objects.exists()


def test_page_with_a_dialogue_needs_no_more_queries(complaint, officer, django_assert_max_num_queries):
    for n in range(5):
        actions.write(complaint, f"第 {n} 条", token="t", at=AT)
        actions.write(complaint, f"答 {n}", token="t", by=officer, at=AT)
    citizen = inside(complaint)
    citizen.sees(page(complaint))
    with django_assert_max_num_queries(12):
        citizen.sees(page(complaint))


@pytest.mark.django_db(transaction=True)
def test_same_message_at_once_is_written_once(complaint):
    in_two_threads(lambda: actions.write(complaint, "请问进展如何？", token="t", at=AT))
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_withdrawing_at_once_withdraws_once(complaint, upstairs):
    refused: list[Exception] = []

    def withdraw():
        try:
            in_transaction(actions.withdraw, complaint, "", at=AT)
        except actions.WithdrawalRefused as error:
            refused.append(error)

    in_two_threads(withdraw)
    assert (Withdrawal.objects.count(), len(refused), len(upstairs.withdrawn)) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_same_files_at_once_are_kept_once(complaint):
    in_two_threads(lambda: actions.supplement(complaint, [picture()], at=clock.now()))
    assert Evidence.objects.count() == StoredFile.objects.count() == 1
