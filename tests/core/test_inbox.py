"""The inbox page and the display settings."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from core import clock, notices
from core.models import InboxItem
from core.recipients import to_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return get_user_model().objects.create(username="test-officer", full_name="测试员")


def tell(user, count=1):
    for number in range(count):
        notices.send(
            "test/plain", to=to_user(user), key=f"{user.pk}:{number}", at=clock.now(), facts={"number": number, "path": "/"}
        )


def test_inbox_lists_the_own_notices_only(client, user):
    tell(user)
    stranger = get_user_model().objects.create(username="test-stranger", full_name="外人")
    client.force_login(stranger)
    assert client.get(reverse("core:inbox")).context["entries"] == []


def test_inbox_needs_the_same_queries_for_one_and_for_many(client, user, django_assert_max_num_queries):
    tell(user, 30)
    client.force_login(user)
    with django_assert_max_num_queries(5):
        client.get(reverse("core:inbox"))


def test_inbox_pages_by_key(client, user):
    tell(user, 31)
    client.force_login(user)
    first = client.get(reverse("core:inbox")).context["page"]
    second = client.get(reverse("core:inbox"), {"before": first.earlier}).context["page"]
    assert (len(first.rows), len(second.rows), second.earlier) == (30, 1, "")


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "١"])
def test_inbox_takes_a_senseless_key_calmly(client, user, before):
    client.force_login(user)
    assert client.get(reverse("core:inbox"), {"before": before}).status_code == 200


def test_opening_a_notice_marks_it_read_and_goes_to_the_matter(client, user):
    tell(user)
    item = InboxItem.objects.get()
    client.force_login(user)
    response = client.post(reverse("core:inbox_open", args=[item.pk]))
    item.refresh_from_db()
    assert response.url == "/"
    assert item.read_at


def test_opening_somebody_elses_notice_is_not_found(client, user):
    tell(user)
    client.force_login(get_user_model().objects.create(username="test-stranger", full_name="外人"))
    assert client.post(reverse("core:inbox_open", args=[InboxItem.objects.get().pk])).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "went"), [("/accounts/login/", "/accounts/login/"), ("https://elsewhere.example/", "/"), ("", "/")]
)
def test_preferences_go_back_to_pages_of_this_site_only(client, wanted, went):
    assert client.post(reverse("core:preferences"), {"view": "elder", "next": wanted}).url == went


def test_preferences_keep_known_choices_only(client):
    client.post(reverse("core:preferences"), {"view": "huge", "theme": "dark", "language": "en"})
    assert {name: morsel.value for name, morsel in client.cookies.items()} == {"theme": "dark", "django_language": "en"}
