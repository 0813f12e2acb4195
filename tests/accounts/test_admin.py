"""The administration of accounts: what it leaves behind and refuses, and that it takes two to get into somebody's account."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.roles import Role
from core.models import Event, Notice
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PERSON = {"full_name": "测试员", "department": "", "email": "", "phone": "", "language": "zh-hans", "is_active": "on"}


@pytest.fixture
def administrator(client):
    user = UserFactory.create(roles=[Role.SYSTEM_ADMIN], is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def guardian() -> User:
    return UserFactory.create(roles=[Role.SECURITY_ADMIN], is_staff=True)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


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
    assert Notice.objects.filter(template="accounts/password_set", recipient_id=str(other.pk)).count() == 1
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


def test_who_opens_accounts_gives_no_rights_once_there_is_a_security_administrator(client, administrator, guardian):
    other = UserFactory.create(full_name="旧名")
    assert change(client, other, roles="officer", is_staff="on", is_superuser="on").status_code == 302
    other.refresh_from_db()
    assert (other.roles, other.is_staff, other.is_superuser, other.full_name) == ([], False, False, "测试员")


def test_closing_the_security_administrator_opens_no_door(client, administrator, guardian):
    change(client, guardian, is_active="")
    guardian.refresh_from_db()
    assert guardian.is_active
    User.objects.filter(pk=guardian.pk).update(is_active=False)
    other = UserFactory.create()
    change(client, other, roles="officer")
    other.refresh_from_db()
    assert other.roles == []


def test_the_security_administrator_gives_rights_and_nothing_else(guardian):
    client, other = signed_in(guardian), UserFactory.create(email="old@example.com")
    new = {"password1": "quite-another-word", "password2": "quite-another-word", "usable_password": "true"}
    before = other.password
    assert change(client, other, roles="finance", email="mine@example.com").status_code == 302
    assert client.post(f"/manage/accounts/user/{other.pk}/password/", new).status_code == 403
    assert client.post("/manage/accounts/user/add/", {}).status_code == 403
    other.refresh_from_db()
    assert (other.roles, other.email, other.password == before) == (["finance"], "old@example.com", True)
    assert Notice.objects.filter(template="accounts/rights_changed", recipient_id=str(other.pk)).count() == 1


def test_the_security_administrator_raises_not_himself_and_sees_no_other_table(guardian):
    client = signed_in(guardian)
    change(client, guardian, roles="system_admin", is_superuser="on")
    guardian.refresh_from_db()
    assert (guardian.roles, guardian.is_superuser) == ([Role.SECURITY_ADMIN], False)
    assert client.get("/manage/agencies/agency/").status_code == 403
    assert client.get(f"/manage/accounts/user/{guardian.pk}/change/").status_code == 200


@pytest.mark.parametrize("role", [Role.AUDIT_ADMIN, Role.OFFICER, Role.OFFICE_LEADER])
def test_others_see_no_accounts(role):
    client = signed_in(UserFactory.create(roles=[role], is_staff=True))
    assert client.get("/manage/accounts/user/").status_code == 403


def test_a_change_of_the_name_alone_is_told_nobody(client, administrator):
    other = UserFactory.create(full_name="旧名")
    change(client, other)
    assert Event.objects.filter(type="account.changed", subject=f"user:{other.pk}").count() == 1
    assert not Notice.objects.exists()


def test_the_administration_has_no_sign_in_of_its_own(client):
    """Its form would let an administrator in by password alone."""
    login = reverse("admin:login")
    assert client.get(login).url.startswith(reverse("accounts:login"))
    client.force_login(UserFactory.create())
    assert [client.get(login).status_code, client.post(login, {"username": "a", "password": "b"}).status_code] == [404, 404]
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    assert client.get(reverse("admin:password_change")).url == reverse("accounts:password")
