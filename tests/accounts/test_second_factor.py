"""The second factor: set up, asked for, used once each, taken away; and nobody who must have one gets past it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.factors import actions, codes, reading
from accounts.models import Factor, RecoveryCode, User
from accounts.roles import Role
from core import clock
from core.models import Event, Notice
from tests.cases.test_races import at_once
from tests.factories import UserFactory

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def set_up(user: User) -> tuple[bytes, list[str]]:
    """Give the person an authenticator; its first code was of an hour ago."""
    then = clock.now() - timedelta(hours=1)
    secret = actions.begin(user, at=then)
    return secret, actions.confirm(user, codes.code(secret, codes.step_of(then)), at=then)


def now_code(secret: bytes) -> str:
    return codes.code(secret, codes.step_of(clock.now()))


def give_password(client: Client, **more: str):
    return client.post(reverse("accounts:login"), {"username": "zhou", "password": PASSWORD} | more)


@pytest.mark.parametrize(("moment", "expected"), [(59, "94287082"), (1111111109, "07081804"), (20000000000, "65353130")])
def test_codes_are_those_of_the_standard(moment, expected):
    assert codes.code(b"12345678901234567890", moment // 30) == expected[-6:]


def test_without_a_factor_the_password_is_enough(client, person):
    assert give_password(client).url == reverse("accounts:landing")
    assert client.get(reverse("core:inbox")).status_code == 200


def test_with_one_nobody_is_signed_in_before_the_code(client, person):
    secret, _codes = set_up(person)
    assert give_password(client).url == reverse("accounts:code")
    assert client.get(reverse("core:inbox")).status_code == 302
    assert client.post(reverse("accounts:code"), {"code": "000000"}).status_code == 200
    assert client.get(reverse("core:inbox")).status_code == 302
    assert client.post(reverse("accounts:code"), {"code": now_code(secret)}).url == reverse("accounts:landing")
    assert client.get(reverse("core:inbox")).status_code == 200


def test_the_code_page_leads_where_one_wanted_to_go_and_nowhere_else(client, person):
    secret, fresh = set_up(person)
    give_password(client, next="/inbox/")
    assert client.post(reverse("accounts:code"), {"code": now_code(secret)}).url == "/inbox/"
    client.logout()
    give_password(client, next="https://evil.example/")
    assert client.post(reverse("accounts:code"), {"code": fresh[0]}).url == reverse("accounts:landing")


def test_the_code_page_is_for_ten_minutes_after_the_password(client, person):
    secret, _codes = set_up(person)
    assert client.get(reverse("accounts:code")).url == reverse("accounts:login")
    give_password(client)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert client.post(reverse("accounts:code"), {"code": now_code(secret)}).url == reverse("accounts:login")


def test_a_code_works_once_and_half_a_minute_early_or_late(person):
    secret, _codes = set_up(person)
    at = clock.now()
    step = codes.step_of(at)
    for wrong in (step - 2, step + 2):
        with pytest.raises(actions.WrongCode):
            actions.check(person, codes.code(secret, wrong), at=at)
    actions.check(person, codes.code(secret, step), at=at)
    for over in (step, step - 1):
        with pytest.raises(actions.WrongCode):
            actions.check(person, codes.code(secret, over), at=at)
    actions.check(person, codes.code(secret, step + 1), at=at)


def test_a_recovery_code_works_once_and_is_told(person):
    _secret, fresh = set_up(person)
    actions.check(person, f" {fresh[3][:5].lower()}-{fresh[3][5:]} ", at=clock.now())
    with pytest.raises(actions.WrongCode):
        actions.check(person, fresh[3], at=clock.now())
    assert reading.codes_left(person) == 9
    assert Notice.objects.filter(template="accounts/recovery_code_used").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_code_one_gets_in(person):
    secret, fresh = set_up(person)
    for typed in (now_code(secret), fresh[0]):
        outcomes = at_once(*[lambda: actions.check(person, typed, at=clock.now())] * 2)  # noqa: B023 they end before the next
        assert sum(isinstance(one, actions.WrongCode) for one in outcomes) == 1


def test_codes_cannot_be_tried_for_ever(client, person, settings):
    secret, _codes = set_up(person)
    give_password(client)
    answers = [client.post(reverse("accounts:code"), {"code": f"{n:06}"}).status_code for n in range(8)]
    assert answers[-1] == 429
    assert client.post(reverse("accounts:code"), {"code": now_code(secret)}).status_code == 429
    cache.clear()


def test_nothing_of_secret_or_codes_can_be_read_in_the_tables(person):
    secret, fresh = set_up(person)
    kept = bytes(Factor.objects.get().secret_sealed) + b"".join(bytes(row.digest) for row in RecoveryCode.objects.all())
    assert secret not in kept
    assert not any(code.encode() in kept for code in fresh)
    assert not any(code in str(event.facts) for code in fresh for event in Event.objects.all())


def test_it_is_set_up_on_one_page(client, person):
    client.force_login(person)
    page = client.get(reverse("accounts:factor"))
    secret = actions.secret_of(Factor.objects.get())
    assert codes.shown(secret) in page.content.decode()
    assert client.get(reverse("accounts:factor")).context["key"] == codes.shown(secret)
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post(reverse("accounts:factor"), {"code": "000000"}).context["form"].errors
    shown = client.post(reverse("accounts:factor"), {"code": now_code(secret)})
    assert len(shown.context["codes"]) == codes.RECOVERY_CODES
    assert Event.objects.filter(type="account.factor_added", subject=f"user:{person.pk}").count() == 1
    assert client.get(reverse("accounts:factor")).url == reverse("accounts:security")


@pytest.mark.parametrize(
    ("role", "must"),
    [
        (Role.OFFICER, True),
        (Role.FINANCE, True),
        (Role.AUDIT_ADMIN, True),
        (Role.SUPERVISOR, False),
        (Role.LIAISON_OFFICER, False),
    ],
)
def test_who_must_have_one_gets_nowhere_without(client, settings, role, must):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(UserFactory.create(roles=[role]))
    for address in ("/inbox/", "/staff/", "/manage/", "/staff/supervisors/"):
        response = client.get(address)
        assert (response.status_code == 302 and response.url == reverse("accounts:factor")) == must, address
    assert client.get(reverse("accounts:factor")).status_code == 200
    assert client.get("/").status_code == (302 if must else 200)


def test_a_session_that_began_before_must_prove_it(client, person, settings):
    secret, _codes = set_up(person)
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(person)
    assert client.get("/inbox/", follow=True).redirect_chain[-1][0] == reverse("accounts:prove")
    client.post(reverse("accounts:prove"), {"code": now_code(secret)})
    assert client.get("/inbox/").status_code == 200


def test_the_demo_waives_it_and_says_so(client, person):
    client.force_login(person)
    assert client.get("/inbox/").status_code == 200
    assert "登录免双重验证" in client.get("/inbox/").content.decode()
    assert "免双重验证" not in Client().get("/").content.decode()
    assert "演示系统不要求开启" in client.get(reverse("accounts:security")).content.decode()


def test_new_recovery_codes_ask_for_a_code_and_end_the_old_ones(client, person):
    secret, old = set_up(person)
    client.force_login(person)
    assert client.post(reverse("accounts:recovery_codes"), {"code": "wrong"}).context["form"].errors
    fresh = client.post(reverse("accounts:recovery_codes"), {"code": now_code(secret)}).context["codes"]
    assert not set(fresh) & set(old)
    with pytest.raises(actions.WrongCode):
        actions.check(person, old[0], at=clock.now())


def test_signing_out_everywhere_ends_every_session(person):
    here, there = Client(), Client()
    for one in (here, there):
        one.force_login(person)
    here.post(reverse("accounts:sign_out_everywhere"))
    assert [one.get("/inbox/").status_code for one in (here, there)] == [302, 302]
    assert Event.objects.filter(type="account.signed_out_everywhere").count() == 1


def test_a_new_password_ends_the_other_sessions_and_is_told(person):
    here, there = Client(), Client()
    for one in (here, there):
        one.force_login(person)
    fresh = {"old_password": PASSWORD, "new_password1": "other-horse-battery9", "new_password2": "other-horse-battery9"}
    assert here.post(reverse("accounts:password"), fresh).headers["Location"] == reverse("accounts:security")
    assert [one.get("/inbox/").status_code for one in (here, there)] == [200, 302]
    assert Notice.objects.filter(template="accounts/password_changed", recipient_id=str(person.pk)).count() == 1


@pytest.mark.parametrize("weak", ["password123", "12345678", "zhou"])
def test_a_password_that_everybody_tries_is_refused(client, person, weak):
    client.force_login(person)
    page = client.post(reverse("accounts:password"), {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak})
    assert page.context["form"].errors


def test_taking_it_away_is_the_security_administrators_business(client, person):
    set_up(person)
    admin = UserFactory.create(roles=[Role.SECURITY_ADMIN], is_staff=True)
    theirs = Client()
    theirs.force_login(person)
    chosen = {"action": "remove_second_factor", "_selected_action": [person.pk, admin.pk], "reason": "lost"}
    client.force_login(admin)
    client.post("/manage/accounts/user/", chosen | {"reason": ""})
    for user, count in ((UserFactory.create(roles=[Role.SYSTEM_ADMIN], is_staff=True, is_superuser=True), 1), (admin, 0)):
        client.force_login(user)
        client.post("/manage/accounts/user/", chosen)
        assert Factor.objects.count() == count
    assert theirs.get("/inbox/").status_code == 302
    assert Notice.objects.filter(template="accounts/factor_removed").count() == 1
    event = Event.objects.get(type="account.factor_removed")
    assert (event.actor, event.facts["reason"]) == (f"user:{admin.pk}", "lost")
