"""Passkeys: made, used, removed; bound to this portal's address, to one question and to one person."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.factors import actions, reading
from accounts.factors.passkeys import actions as passkeys
from accounts.factors.passkeys.protocol import WrongPasskey
from accounts.models import Passkey, RecoveryCode, User
from accounts.roles import Role
from core import clock
from core.models import Event, Notice
from tests.cases.test_races import at_once
from tests.factories import UserFactory

from .authenticator import Device
from .test_second_factor import give_password, now_code, set_up

pytestmark = pytest.mark.django_db
CODE = reverse("accounts:code")


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "http://localhost:8000"


def add(user: User, device: Device, name: str = "办公电脑") -> list[str]:
    options, state = passkeys.invitation(user)
    return passkeys.add(user, device.make(options), name=name, state=state, at=clock.now())


def sign(user: User, device: Device) -> None:
    asked = passkeys.question(user)
    assert asked is not None
    passkeys.check(user, device.sign(asked[0]), state=asked[1], at=clock.now())


def test_it_is_set_up_on_one_page_and_gives_recovery_codes(client, person):
    client.force_login(person)
    options = client.get(reverse("accounts:passkey")).context["options"]
    answer = Device().make(options)
    shown = client.post(reverse("accounts:passkey"), {"name": "办公电脑", "answer": answer})
    assert len(shown.context["codes"]) == 10
    assert [key.name for key in reading.passkeys(person.pk)] == ["办公电脑"]
    assert Event.objects.filter(type="account.passkey_added", subject=f"user:{person.pk}").count() == 1
    assert Notice.objects.filter(template="accounts/passkey_added", recipient_id=str(person.pk)).count() == 1


def test_signing_in_takes_it_in_place_of_a_code(client, person):
    device = Device()
    add(person, device)
    assert give_password(client).url == CODE
    assert client.get("/inbox/").status_code == 302
    answer = device.sign(client.get(CODE).context["question"])
    assert client.post(CODE, {"answer": answer}).url == reverse("accounts:landing")
    assert client.get("/inbox/").status_code == 200


def test_an_answer_works_once(client, person):
    device = Device(counts=False)
    add(person, device)
    give_password(client)
    answer = device.sign(client.get(CODE).context["question"])
    client.post(CODE, {"answer": answer})
    client.logout()
    give_password(client)
    client.get(CODE)
    assert client.post(CODE, {"answer": answer}).context["form"].errors
    assert client.get("/inbox/").status_code == 302


def test_without_a_question_there_is_no_answer(person):
    device = Device()
    add(person, device)
    asked = passkeys.question(person)
    assert asked is not None
    with pytest.raises(actions.WrongCode):
        passkeys.check(person, device.sign(asked[0]), state=None, at=clock.now())


@pytest.mark.parametrize("origin", ["http://localhost:9000", "https://localhost:8000", "http://evil.localhost:8000"])
def test_another_site_gets_nothing(person, origin):
    device = Device()
    add(person, device)
    device.origin = origin
    with pytest.raises(actions.WrongCode):
        sign(person, device)
    with pytest.raises(WrongPasskey):
        add(person, Device(origin=origin, credential_id=b"another"))


def test_the_key_of_somebody_else_opens_nothing(person):
    mine, theirs, other = Device(), Device(credential_id=b"theirs"), UserFactory.create()
    add(person, mine)
    add(other, theirs)
    with pytest.raises(actions.WrongCode):
        sign(person, theirs)
    with pytest.raises(actions.WrongCode):
        sign(person, Device(credential_id=mine.credential_id))
    with pytest.raises(WrongPasskey):
        add(other, mine)


def test_a_copied_key_shows_by_its_count(person):
    device = Device()
    add(person, device)
    sign(person, device)
    device.count -= 1
    with pytest.raises(actions.WrongCode):
        sign(person, device)
    device.count += 5
    sign(person, device)


def test_a_key_that_never_counts_works_each_time(person):
    device = Device(counts=False)
    add(person, device)
    sign(person, device)
    sign(person, device)
    assert Passkey.objects.get().used_at is not None


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_to_one_question_at_once_one_gets_in(person):
    device = Device()
    add(person, device)
    asked = passkeys.question(person)
    assert asked is not None
    answer = device.sign(asked[0])
    outcomes = at_once(*[lambda: passkeys.check(person, answer, state=asked[1], at=clock.now())] * 2)
    assert sum(isinstance(one, actions.WrongCode) for one in outcomes) == 1


@pytest.mark.parametrize(
    "junk", ["", "[]", "null", "1", "{}", "[" * 15_000, '{"id":"AA","rawId":"AA","type":"public-key","response":5}']
)
def test_junk_is_refused_in_words(client, person, junk):
    add(person, Device())
    give_password(client)
    client.get(CODE)
    response = client.post(CODE, {"answer": junk})
    assert (response.status_code, bool(response.context["form"].errors)) == (200, True)
    options, state = passkeys.invitation(person)
    with pytest.raises(WrongPasskey):
        passkeys.add(person, junk, name="x", state=state, at=clock.now())


def test_a_recovery_code_stands_in_for_it(client, person):
    fresh = add(person, Device())
    give_password(client)
    assert client.post(CODE, {"code": fresh[0]}).url == reverse("accounts:landing")


def test_a_second_factor_beside_the_first_keeps_its_recovery_codes(person):
    _secret, fresh = set_up(person)
    assert add(person, Device()) == []
    actions.check(person, fresh[0], at=clock.now())


def test_a_session_without_the_second_factor_adds_none(client, person):
    set_up(person)
    client.force_login(person)
    for name in ("passkey", "factor"):
        assert client.get(reverse(f"accounts:{name}")).url == reverse("accounts:prove")
        assert client.post(reverse(f"accounts:{name}"), {"name": "x", "answer": "x"}).url == reverse("accounts:prove")


def test_removing_asks_for_a_factor_and_is_told(client, person):
    secret, _codes = set_up(person)
    add(person, Device())
    client.force_login(person)
    remove = reverse("accounts:forget_passkey", args=[Passkey.objects.get().pk])
    assert client.post(remove, {"code": "000000"}).context["form"].errors
    assert Passkey.objects.exists()
    assert client.post(remove, {"code": now_code(secret)}).url == reverse("accounts:security")
    assert not Passkey.objects.exists()
    assert RecoveryCode.objects.filter(user=person).count() == 10
    assert Notice.objects.filter(template="accounts/own_factor_removed").count() == 1


def test_nobody_removes_the_passkey_of_another(client, person):
    add(person, Device())
    client.force_login(UserFactory.create())
    assert client.get(reverse("accounts:forget_passkey", args=[Passkey.objects.get().pk])).status_code == 404


def test_who_must_have_one_and_parts_with_the_last_sets_up_another_at_once(client, person, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    secret, _codes = set_up(person)
    client.force_login(person)
    assert client.post(reverse("accounts:forget_factor"), {"code": now_code(secret)}).url == reverse("accounts:factor")
    assert not RecoveryCode.objects.exists()
    assert client.get("/inbox/").url == reverse("accounts:factor")


def test_taking_it_away_for_somebody_takes_passkeys_too(person):
    add(person, Device())
    theirs, guardian = Client(), UserFactory.create(roles=[Role.SECURITY_ADMIN])
    theirs.force_login(person)
    assert actions.remove(person, by=guardian, reason=actions.RemovalReason.LOST, at=clock.now())
    assert (Passkey.objects.count(), theirs.get("/inbox/").status_code) == (0, 302)


def test_ten_are_enough(client, person):
    for number in range(passkeys.AT_MOST):
        add(person, Device(credential_id=f"key-{number}".encode()))
    client.force_login(person)
    session = client.session
    session["second_factor"] = True
    session.save()
    options = client.get(reverse("accounts:passkey")).context["options"]
    page = client.post(reverse("accounts:passkey"), {"name": "x", "answer": Device(credential_id=b"one more").make(options)})
    assert "10 个" in str(page.context["form"].errors)


def test_the_security_page_asks_the_database_as_often_for_one_as_for_many(client, person, django_assert_max_num_queries):
    for number in range(5):
        add(person, Device(credential_id=f"key-{number}".encode()))
    client.force_login(person)
    with django_assert_max_num_queries(8):
        assert client.get(reverse("accounts:security")).status_code == 200
