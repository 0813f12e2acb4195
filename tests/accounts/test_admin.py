"""The administration of accounts: what it leaves behind and what it refuses."""

import pytest
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.roles import Role
from core.models import Event
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PERSON = {"full_name": "测试员", "department": "", "email": "", "phone": "", "language": "zh-hans", "is_active": "on"}


@pytest.fixture
def administrator(client):
    user = UserFactory.create(roles=[Role.SYSTEM_ADMIN], is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def change(client, user, **fields):
    data = PERSON | {"username": user.username} | fields
    return client.post(f"/manage/accounts/user/{user.pk}/change/", data)


def test_a_change_of_roles_is_an_event(client, administrator):
    other = UserFactory.create()
    assert change(client, other, roles="officer").status_code == 302
    event = Event.objects.get(type="account.changed")
    assert (event.subject, event.actor, event.facts["roles"]) == (f"user:{other.pk}", f"user:{administrator.pk}", ["officer"])


def test_a_new_password_is_an_event_that_does_not_hold_it(client, administrator):
    other = UserFactory.create()
    new = {"password1": "quite-another-word", "password2": "quite-another-word", "usable_password": "true"}
    assert client.post(f"/manage/accounts/user/{other.pk}/password/", new).status_code == 302
    facts = Event.objects.get(type="account.changed", subject=f"user:{other.pk}").facts
    assert facts["fields"] == ["password"]
    assert "quite-another-word" not in str(facts)


def test_nobody_gives_himself_rights(client, administrator):
    change(client, administrator, roles="officer", is_superuser="on")
    administrator.refresh_from_db()
    assert administrator.roles == [Role.SYSTEM_ADMIN]


def test_an_account_is_never_deleted(client, administrator):
    other = UserFactory.create()
    assert client.post(f"/manage/accounts/user/{other.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post("/manage/accounts/user/", {"action": "delete_selected", "_selected_action": other.pk, "post": "yes"})
    assert User.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("table", ["accesslog", "accessattempt", "accessfailurelog"])
def test_the_log_of_sign_ins_is_nobodys_to_delete(table):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:axes_{table}_changelist")
