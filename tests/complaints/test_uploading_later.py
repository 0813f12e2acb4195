"""Evidence added after filing, in pieces: under the same rules, and the office is told."""

import pytest

from complaints import actions
from complaints.models import Evidence
from core import clock

from .citizen import Citizen
from .samples import AT, agency, filing
from .sending import Sender, left_behind, photo, sha
from .test_following import inside

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def complaint():
    return actions.lodge(filing(agency=agency()), at=AT)


@pytest.fixture
def sender(complaint) -> Sender:
    one = Sender(inside(complaint), number=complaint.number)
    one.begins()
    return one


def test_it_arrives_once_and_the_office_is_told(complaint, sender, upstairs):
    sender.sends_all()
    assert [sender.finishes(last=1).json() for _ in range(2)] == [{"arrived": True}] * 2
    assert (Evidence.objects.get().file.sha256, upstairs.supplemented) == (sha(sender.content), [1])
    assert "证据已收到" in sender.client.get(f"/complaints/track/{complaint.number}/").content.decode()


def test_what_is_filed_already_is_not_sent_again(sender):
    sender.delivers()
    assert sender.begins().json() == {"arrived": True}


def test_who_does_not_know_the_code_adds_nothing(complaint, sender):
    stranger = Sender(Citizen(), number=complaint.number)
    assert stranger.begins().json()["closed"]
    stranger.key = sender.key
    assert stranger.sends(0).status_code == 404


def test_a_matter_that_ends_under_way_takes_nothing(sender, upstairs):
    sender.sends_all()
    upstairs.answer["ended_on"] = clock.today()
    answer = sender.finishes()
    assert (answer.status_code, "不能再补充" in answer.json()["error"]) == (422, True)
    assert left_behind() == {}


def test_the_page_names_what_did_not_arrive(complaint, sender):
    sender.sends(0)
    page = f"/complaints/track/{complaint.number}/more/"
    assert "没有传完的文件" in sender.client.get(page).content.decode()
    sender.client.post(page, {"give_up": sender.key})
    assert left_behind() == {}


def test_limits_count_those_on_their_way(sender, settings):
    settings.UPLOAD_MAX_FILES = 1
    other = Sender(sender.client, content=photo(seed=2), **sender.about)
    assert other.begins().status_code == 422
    sender.sends_all()
    assert sender.finishes().json() == {"arrived": True}
