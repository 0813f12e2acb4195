"""Several browsers, or one twice, at the same draft: each place is given once, each file arrives once, nothing is left lying."""

import pytest

from complaints import actions
from complaints.drafts import DraftFiled, DraftGone, TooManyFiles
from complaints.models import Complaint, Draft, Upload, UploadChunk
from complaints.uploads import UploadGone
from core import clock
from tests.cases.test_races import at_once

from .citizen import Citizen, picture
from .samples import AT, agency, filing
from .sending import PIECE, left_behind, photo, sha, writing

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = photo()


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def begun(goal: Draft | Complaint, content: bytes = CONTENT) -> Upload:
    upload = actions.begin_upload(goal, "照片.png", len(content), sha256=sha(content), at=clock.now())
    assert upload is not None
    return upload


def sent(upload: Upload, start: int, content: bytes = CONTENT) -> int:
    return actions.take_chunk(upload, start, content[start : start + PIECE], sha256="", at=clock.now())


def complete(goal: Draft | Complaint, content: bytes = CONTENT) -> Upload:
    upload = begun(goal, content)
    for start in range(0, len(content), PIECE):
        sent(upload, start, content)
    upload.refresh_from_db()
    return upload


def errors(results: list[object]) -> list[type]:
    return [type(result) for result in results if isinstance(result, Exception)]


def test_of_eleven_files_at_once_ten_begin():
    draft = writing().draft()
    contents = [photo(17, seed=seed) for seed in range(11)]
    results = at_once(*[lambda content=content: begun(draft, content) for content in contents])
    assert (errors(results), draft.uploads.count()) == ([TooManyFiles], 10)


def test_eleven_files_by_both_ways_at_once_leave_ten(settings):
    settings.UPLOAD_MAX_FILES = 2
    draft = writing().draft()
    uploads = [complete(draft, photo(17, seed=seed)) for seed in range(2)]
    finishing = [lambda one=one: actions.finish_upload(one, at=AT) for one in uploads]
    results = at_once(*finishing, lambda: actions.add_file(draft, picture(), at=AT))
    assert (errors(results), draft.files.count(), Upload.objects.count()) == ([TooManyFiles], 2, 0)


def test_the_same_piece_twice_at_once_is_kept_once():
    upload = begun(writing().draft())
    assert at_once(*[lambda: sent(upload, 0)] * 2) == [PIECE, PIECE]
    assert UploadChunk.objects.count() == 1


def test_the_same_file_begun_twice_at_once_is_one_upload():
    draft = writing().draft()
    first, second = at_once(*[lambda: begun(draft)] * 2)
    assert (first.pk == second.pk, Upload.objects.count()) == (True, 1)


@pytest.mark.parametrize("of_a_draft", [True, False])
def test_finished_twice_at_once_it_arrives_once(of_a_draft, upstairs):
    goal = writing().draft() if of_a_draft else actions.lodge(filing(agency=agency()), at=AT)
    upload = complete(goal)
    results = at_once(*[lambda: actions.finish_upload(upload, at=clock.now())] * 2)
    assert errors(results) in ([], [UploadGone])  # the second found the pieces gone while it put them together
    assert left_behind() == ({"draft files": 1} if of_a_draft else {}) | {"files": 1, "on disk": 3}


def ready() -> Citizen:
    citizen = writing()
    citizen.stays_anonymous()
    return citizen


def test_a_draft_submitted_while_a_piece_arrives_leaves_no_piece():
    citizen = ready()
    draft, filing_ = citizen.draft(), citizen.walk().filing()
    upload = begun(draft)
    results = at_once(
        lambda: sent(upload, 0),
        lambda: actions.submit(draft, filing_, version=draft.version, at=clock.now()),
    )
    assert errors(results) in ([], [UploadGone])
    assert (Complaint.objects.count(), left_behind()) == (1, {})


def test_a_draft_submitted_while_a_file_is_finished_has_it_or_leaves_nothing():
    citizen = ready()
    draft, filing_ = citizen.draft(), citizen.walk().filing()
    upload = complete(draft)
    at_once(
        lambda: actions.finish_upload(upload, at=clock.now()),
        lambda: actions.submit(draft, filing_, version=draft.version, at=clock.now()),
    )
    is_filed = Complaint.objects.exists()
    assert left_behind() == ({} if is_filed else {"draft files": 1, "files": 1, "on disk": 3})


def test_a_draft_that_expires_while_a_file_is_finished_leaves_nothing():
    draft = writing().draft()
    upload = complete(draft)
    Draft.objects.update(expires_at=AT)
    results = at_once(lambda: actions.finish_upload(upload, at=AT), lambda: actions.expire(at=AT))
    assert set(errors(results)) <= {DraftGone, UploadGone}
    actions.expire(at=clock.now().replace(year=2100))
    assert left_behind() == {}


def test_an_upload_cancelled_while_it_is_finished_arrives_or_is_gone():
    draft = writing().draft()
    upload = complete(draft)
    results = at_once(lambda: actions.finish_upload(upload, at=clock.now()), lambda: actions.give_up(upload))
    assert errors(results) in ([], [UploadGone])
    assert len(errors(results)) == 1 - draft.files.count()


def test_the_sweep_leaves_an_upload_alone_that_is_just_finished():
    draft = writing().draft()
    upload = complete(draft)
    Upload.objects.update(updated_at=AT)
    results = at_once(lambda: actions.finish_upload(upload, at=clock.now()), lambda: actions.expire_uploads(at=clock.now()))
    assert len([error for error in errors(results) if error is UploadGone]) == 1 - draft.files.count()


def test_a_piece_for_a_draft_filed_before_finds_no_upload():
    citizen = ready()
    upload = begun(citizen.draft())
    citizen.submits()
    with pytest.raises(UploadGone):
        sent(upload, 0)
    with pytest.raises(DraftFiled):
        begun(citizen.draft())
