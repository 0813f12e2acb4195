"""Uploads in pieces: whatever breaks or comes twice, the file arrives once or leaves nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from complaints import actions, codes, uploads
from complaints.models import Draft, DraftFile, Upload, UploadChunk
from complaints.uploads import ChunkRefused
from complaints.views import filing as filing_pages
from complaints.views import uploading
from core import clock, files
from core.models import Notice, StoredFile
from core.slowdown import Brake
from tests.core.test_rotate_keys import NEW, rotate

from .citizen import Citizen, picture
from .sending import PIECE, UPLOADS, Sender, left_behind, photo, sha, writing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sender() -> Sender:
    one = Sender(writing())
    one.begins()
    return one


def test_a_file_arrives_in_pieces_as_it_was(sender):
    sender.sends_all()
    assert sender.finishes().json() == {"arrived": True}
    stored = DraftFile.objects.get().file
    assert (stored.sha256, files.name_of(stored)) == (sha(sender.content), "照片.png")
    assert left_behind() == {"draft files": 1, "files": 1, "on disk": 3}


def test_pieces_and_name_stand_sealed(sender):
    sender.sends(0)
    upload, chunk = Upload.objects.get(), UploadChunk.objects.get()
    assert "照片".encode() not in bytes(upload.name_sealed)
    assert sender.content[:64] not in bytes(chunk.content_sealed)


def test_each_answer_names_the_byte_to_go_on_from(sender):
    assert sender.asks().json() == {"received": 0}
    assert sender.sends(0).json() == {"received": PIECE}
    assert sender.asks().json() == {"received": PIECE}


def test_the_same_file_chosen_again_goes_on_where_it_stopped(sender):
    sender.sends(0)
    again = Sender(sender.client, content=sender.content)
    begun = again.begins()
    assert (begun.json()["id"], begun.json()["received"]) == (sender.key, PIECE)
    assert Upload.objects.count() == 1


def test_the_same_file_goes_on_in_another_browser_with_the_resume_code():
    first, second = writing(), Citizen()
    one = Sender(first)
    one.begins()
    one.sends(0)
    second.client.post("/complaints/resume/", {"code": codes.resume_code(first.draft())})
    other = Sender(second, content=one.content)
    assert other.begins().json()["received"] == PIECE


def test_a_file_without_a_fingerprint_begins_anew_and_the_half_is_gone(sender):
    unsure = Sender(sender.client, content=sender.content, sha256="")
    for _ in range(2):
        assert unsure.begins().json()["received"] == 0
        unsure.sends(0)
    assert Upload.objects.filter(sha256="").count() == 1


def test_another_file_of_the_same_name_and_size_is_another_upload(sender):
    sender.sends(0)
    other = Sender(sender.client, content=bytes(reversed(sender.content)))
    assert other.begins().json()["received"] == 0


def test_a_file_that_is_there_is_not_sent_again(sender):
    sender.delivers()
    assert sender.begins().json() == {"arrived": True}
    assert DraftFile.objects.count() == 1


def test_a_new_vault_key_under_way_costs_nothing(sender, settings):
    sender.sends(0)
    settings.VAULT_KEYS = f"{NEW},{settings.VAULT_KEYS}"
    rotate()
    settings.VAULT_KEYS = NEW
    for start in range(0, len(sender.content), PIECE):
        assert sender.sends(start).status_code == 200
    assert sender.finishes().json() == {"arrived": True}


def test_a_repeated_piece_changes_nothing(sender):
    for _ in range(3):
        assert sender.sends(0).json() == {"received": PIECE}
    assert UploadChunk.objects.count() == 1


def test_a_repeated_finish_changes_nothing(sender):
    sender.sends_all()
    assert [sender.finishes().json() for _ in range(3)] == [{"arrived": True}] * 3
    assert left_behind() == {"draft files": 1, "files": 1, "on disk": 3}


@pytest.mark.parametrize(
    ("start", "content"),
    [
        (PIECE * 2, None),  # a gap
        (0, b"x" * PIECE),  # other bytes at a place that is taken
        (PIECE // 2, None),  # across what has arrived
        (PIECE, b"x" * 100),  # too small, and not the end
        (PIECE, b"x" * 60_000),  # beyond the end
        (10**12, b"x" * PIECE),
    ],
)
def test_a_piece_that_does_not_fit_is_refused_with_the_place_to_go_on(sender, start, content):
    sender.sends(0)
    answer = sender.sends(start, content)
    assert (answer.status_code, answer.json()["received"]) == (409, PIECE)
    assert answer.json()["error"]
    assert UploadChunk.objects.count() == 1


@pytest.mark.parametrize("checksum", ["0" * 64, "x", "0" * 4000])
def test_a_wrong_checksum_is_refused_and_the_right_piece_taken(sender, checksum):
    answer = sender.sends(0, checksum=checksum)
    assert (answer.status_code, answer.json()["received"]) == (409, 0)
    assert not UploadChunk.objects.exists()
    assert sender.sends(0).status_code == 200


def test_a_browser_that_cannot_hash_sends_without_checksums():
    one = Sender(writing(), sha256="")
    one.begins()
    for start in range(0, len(one.content), PIECE):
        assert one.sends(start, checksum="").status_code == 200
    assert one.finishes().json() == {"arrived": True}


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_piece_of_another_kind_is_refused(sender, kind):
    answer = sender.client.post(f"{UPLOADS}{sender.key}/0/", b"x" * PIECE, content_type=kind)
    assert (answer.status_code, answer.json()["received"]) == (413, 0)


def test_a_piece_above_the_limit_is_refused_before_it_is_read(sender, settings):
    settings.UPLOAD_CHUNK_BYTES = PIECE
    assert sender.sends(0, length=PIECE + 1).status_code == 413


def test_what_is_not_complete_does_not_finish(sender):
    sender.sends(0)
    answer = sender.finishes()
    assert (answer.status_code, answer.json()["received"]) == (409, PIECE)


def test_a_whole_that_is_not_what_was_announced_leaves_nothing():
    one = Sender(writing(), sha256="0" * 64)
    answer = one.delivers()
    assert (answer.status_code, "重新选择" in answer.json()["error"]) == (422, True)
    assert left_behind() == {}


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"size": 0}, "空"),
        ({"size": 20 * 1024 * 1024 + 1}, "20 MB"),
        ({"name": "证据.zip"}, "压缩包"),
        ({"name": "程序.exe"}, "不能接收"),
        ({"name": "旧.doc"}, "旧格式"),
        ({"name": "宏.docm"}, "宏"),
        ({"name": ".."}, "不能接收"),
    ],
)
def test_what_can_never_be_taken_is_told_before_it_is_sent(changes, advice):
    answer = Sender(writing()).begins(**changes)
    assert (answer.status_code, advice in answer.json()["error"]) == (422, True)
    assert left_behind() == {}


@pytest.mark.parametrize("changes", [{"size": "x"}, {"size": "-1"}, {"size": str(2**40)}, {"name": ""}, {"sha256": "0" * 65}])
def test_an_announcement_that_makes_no_sense_is_refused(changes):
    assert Sender(writing()).begins(**changes).status_code == 400
    assert left_behind() == {}


def test_cancelling_leaves_nothing_and_can_be_repeated(sender):
    sender.sends(0)
    assert [sender.cancels().status_code for _ in range(2)] == [200, 200]
    assert left_behind() == {}
    assert sender.sends(PIECE).status_code == 404


def test_ten_files_count_those_on_their_way(settings):
    settings.UPLOAD_MAX_FILES = 2
    citizen = writing()
    citizen.answers("evidence", uploads=[picture()], add="1")
    assert Sender(citizen).begins().status_code == 201
    refused = Sender(citizen, content=photo(seed=2)).begins()
    assert (refused.status_code, "10 个文件" in refused.json()["error"]) == (422, True)
    assert "alert-sum" in citizen.answers("evidence", uploads=[picture("b.png")], add="1").content.decode()


def test_a_stranger_can_neither_see_nor_go_on(sender):
    sender.sends(0)
    stranger = Sender(writing(), content=sender.content)
    stranger.key = sender.key
    answers = [stranger.asks(), stranger.sends(PIECE), stranger.finishes()]
    assert [answer.status_code for answer in answers] == [404] * 3
    stranger.cancels()
    assert sender.asks().json() == {"received": PIECE}


def test_without_a_draft_nothing_begins():
    answer = Sender(Citizen()).begins()
    assert (answer.status_code, answer.json()["closed"]) == (404, True)


def test_forms_of_other_sites_are_refused(sender):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sender.client.cookies
    addresses = ["", f"{sender.key}/0/", f"{sender.key}/finish/", f"{sender.key}/cancel/"]
    answers = [strict.post(UPLOADS + one, b"x", content_type="application/octet-stream").status_code for one in addresses]
    assert (answers, Upload.objects.count()) == ([403] * 4, 1)


def test_a_piece_needs_few_queries(sender, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        sender.sends(0)


def test_the_page_names_what_did_not_arrive_and_can_give_it_up(sender):
    sender.sends(0)
    citizen = Citizen()
    citizen.client = sender.client
    page = citizen.sees("/complaints/new/evidence/")
    percent = 100 * PIECE // len(sender.content)
    assert f"已收到 {percent}%" in page
    citizen.answers("evidence", give_up=sender.key)
    assert left_behind() == {}


@pytest.mark.parametrize("key", ["", "x", "0" * 40, "\x00"])
def test_giving_up_what_is_not_there_is_fine(sender, key):
    citizen = Citizen()
    citizen.client = sender.client
    assert citizen.answers("evidence", give_up=key).status_code == 302
    assert Upload.objects.count() == 1


def test_the_check_page_says_what_will_not_be_part_of_it(sender):
    citizen = Citizen()
    citizen.client = sender.client
    citizen.stays_anonymous()
    assert "1 个文件没有传完" in citizen.sees("/complaints/new/check/")
    citizen.submits()
    assert left_behind() == {}
    assert "已经提交" in sender.begins().json()["error"]


def test_the_same_file_by_the_plain_form_ends_its_upload(sender):
    sender.sends(0)
    citizen = Citizen()
    citizen.client = sender.client
    citizen.answers("evidence", uploads=[SimpleUploadedFile("照片.png", sender.content)], add="1")
    assert left_behind() == {"draft files": 1, "files": 1, "on disk": 3}


def test_a_draft_that_expires_under_way_takes_the_pieces_along(sender):
    sender.sends(0)
    with time_machine.travel(clock.now() + timedelta(days=9), tick=False):
        actions.expire(at=clock.now())
        assert sender.sends(PIECE).status_code == 404
        assert sender.finishes().status_code == 404
        assert sender.begins().json()["closed"]
    assert left_behind() == {}


def test_a_draft_deleted_while_the_file_is_looked_at_keeps_nothing(sender, monkeypatch):
    sender.sends_all()
    examine = files.examine

    def look_slowly(upload):
        Draft.objects.all().delete()
        return examine(upload)

    monkeypatch.setattr(files, "examine", look_slowly)
    assert sender.finishes().status_code == 404
    assert left_behind() == {}


def test_uploads_that_lie_for_a_day_are_deleted_and_moving_ones_stay(sender):
    sender.sends(0)
    fresh = Sender(sender.client, content=photo(seed=2))
    fresh.begins()
    Upload.objects.filter(pk=sender.key).update(updated_at=clock.now() - timedelta(hours=24))
    assert actions.expire_uploads(at=clock.now()) == 1
    assert [str(one.pk) for one in Upload.objects.all()] == [fresh.key]
    assert not UploadChunk.objects.exists()


@pytest.fixture
def _impatient(monkeypatch):
    """Two files from one address, then waits."""
    for module in (uploading, filing_pages):
        monkeypatch.setattr(module, "UPLOADING", Brake("upload", free=2))


@pytest.mark.usefixtures("_impatient")
def test_a_flood_of_uploads_waits_and_honest_ones_do_not_count():
    citizen = writing()
    for seed in range(3):
        assert Sender(citizen, content=photo(17, seed=seed)).delivers().status_code == 200
    flood = [Sender(citizen).begins(name="a.zip").status_code for _ in range(3)]
    assert flood == [422] * 2 + [429]
    waiting = Sender(citizen).begins()
    assert (waiting.headers["Retry-After"], "1 分钟" in waiting.json()["error"]) == (str(waiting.json()["wait"]), True)


@pytest.mark.usefixtures("_impatient")
def test_a_flood_by_the_plain_form_waits_and_loses_nothing_typed():
    citizen = writing()
    for _ in range(2):
        citizen.answers("evidence", uploads=[SimpleUploadedFile("a.zip", b"PK")], add="1")
    page = citizen.answers("evidence", uploads=[picture()], add="1").content.decode()
    assert ("alert-sum" in page, "1 分钟" in page) == (True, True)
    assert citizen.answers("evidence").status_code == 302  # nothing to send: nothing to wait for


def test_previews_of_a_draft_are_for_who_writes_it(sender):
    sender.delivers()
    key = StoredFile.objects.get().pk
    address = f"/complaints/new/evidence/{key}/preview/"
    citizen = Citizen()
    citizen.client = sender.client
    citizen.stays_anonymous()
    for page in ("evidence", "check"):
        assert f'src="{address}"' in citizen.sees(f"/complaints/new/{page}/")
    shown = sender.client.get(address)
    headers = [shown.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")]
    assert headers == ["image/jpeg", "nosniff", "default-src 'none'; sandbox"]
    assert "no-store" in shown.headers["Cache-Control"]
    assert [writing().client.get(address).status_code, Citizen().client.get(address).status_code] == [404, 404]


def test_a_draft_file_in_quarantine_has_no_preview(settings, monkeypatch, sender):
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:9"
    monkeypatch.setattr("core.tasks.wake_scan", lambda _pk: None)
    sender.delivers()
    assert sender.client.get(f"/complaints/new/evidence/{StoredFile.objects.get().pk}/preview/").status_code == 404
    assert "<img" not in sender.client.get("/complaints/new/evidence/").content.decode().split("<main")[1]


@pytest.mark.parametrize(("start", "length"), [(0, 0), (0, PIECE * 100), (0, 5), (1, PIECE)])
def test_places_that_do_not_fit(start, length):
    with pytest.raises(ChunkRefused):
        uploads.is_next(Upload(size=PIECE * 3, received=0), start, length)


def test_nobody_is_told_of_a_draft_by_its_uploads(sender):
    sender.delivers()
    assert not Notice.objects.exists()
