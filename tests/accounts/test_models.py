"""Accounts: roles the database lets in, and who holds one."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError

from accounts.addresses import address_of_user
from accounts.roles import Role

pytestmark = pytest.mark.django_db
User = get_user_model()


def make(*roles, **fields):
    return User.objects.create(username=fields.pop("username", "test-user"), full_name="测试员", roles=list(roles), **fields)


@pytest.mark.parametrize(
    "roles", [["system_admin", "audit_admin"], ["security_admin", "audit_admin"], ["system_admin", "security_admin"]]
)
def test_database_keeps_the_three_administrators_apart(roles):
    with pytest.raises(IntegrityError, match="user_administrators_separate"):
        make(*roles)


def test_database_refuses_an_unknown_role():
    with pytest.raises(IntegrityError, match="user_roles_known"):
        make("emperor")


def test_has_role_needs_an_active_account():
    assert make(Role.OFFICER).has_role(Role.OFFICER, Role.FINANCE)
    assert not make(Role.OFFICER, username="left", is_active=False).has_role(Role.OFFICER)


def test_with_role_finds_active_holders_only():
    officer = make(Role.OFFICER, Role.FINANCE)
    make(Role.OFFICER, username="left", is_active=False)
    make(Role.FINANCE, username="clerk")
    assert list(User.objects.with_role(Role.OFFICER)) == [officer]


def test_address_of_a_closed_account_is_not_given():
    user = make(email="officer@example.com")
    assert address_of_user(str(user.pk)).email == "officer@example.com"
    User.objects.update(is_active=False)
    with pytest.raises(LookupError):
        address_of_user(str(user.pk))
