"""Somebody with a password."""

import pytest

from accounts.models import User
from accounts.roles import Role
from tests.factories import UserFactory

PASSWORD = "correct-horse-battery"


@pytest.fixture
def person() -> User:
    user = UserFactory.create(roles=[Role.OFFICER], username="zhou")
    user.set_password(PASSWORD)
    user.save()
    return user
