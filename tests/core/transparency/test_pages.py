"""The pages of the log, and the proof that a complainant saves."""

import json

import pytest
from django.urls import reverse

from complaints import codes
from core.models import TreeHead
from core.transparency import growing, reading
from tests.core.transparency.test_log import grow
from tests.factories import MONDAY, complaint


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_heads_and_keys(client, language):
    client.cookies["language"] = language
    head = grow(3)
    page = client.get(reverse("core:transparency")).content.decode()
    assert bytes(head.root).hex() in page
    assert all(key in page for key in reading.keys().values())


@pytest.mark.django_db
def test_the_page_asks_little(client, django_assert_num_queries):
    for number in (1, 2, 3):
        grow(number)
    with django_assert_num_queries(1):
        client.get(reverse("core:transparency"))


@pytest.mark.django_db
def test_heads_are_published_newest_first(client):
    first, second = grow(2), grow(2)
    found = client.get(reverse("core:heads")).json()
    assert found["heads"] == [reading.published(second), reading.published(first)]


@pytest.mark.django_db
def test_consistency_is_proved_between_published_heads_only(client):
    first, second = grow(2), grow(3)
    address = reverse("core:consistency")
    found = client.get(address, {"first": first.size, "second": second.size}).json()
    assert found == reading.consistency_between(first.size, second.size)
    for sizes in [(3, 5), (5, 2), ("a", 5), ("", ""), ("9" * 30, 5), ("²", 5)]:
        assert client.get(address, {"first": sizes[0], "second": sizes[1]}).status_code == 404


@pytest.mark.django_db
def test_the_program_is_handed_out(client):
    response = client.get(reverse("core:verifier"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="verify_receipt.py"'
    assert b"is_left" in response.content


@pytest.mark.django_db
def test_a_complainant_saves_the_proof(client):
    matter = complaint()
    growing.extend(at=MONDAY)
    client.post(reverse("complaints:track"), {"number": matter.number, "code": codes.query_code(matter)})
    saved = client.get(reverse("complaints:proof", args=[matter.number]))
    proof = json.loads(saved.content)
    assert json.loads(proof["leaf"])["facts"]["content"] == matter.content_sha256
    assert proof["inclusion"]["head"] == reading.published(TreeHead.objects.get())


@pytest.mark.django_db
def test_nobody_else_gets_the_proof(client):
    matter = complaint()
    assert client.get(reverse("complaints:proof", args=[matter.number])).status_code == 302
