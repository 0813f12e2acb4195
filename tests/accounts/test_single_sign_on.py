"""Signing in by the county's provider: who is recognised, what is not believed, and that the second factor stays."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse
from joserfc.jwk import OctKey, RSAKey

from accounts.models import Identity, User
from accounts.roles import Role
from core.models import Event, Notice
from tests.factories import UserFactory

from .provider import CLIENT, SECRET, running
from .test_second_factor import now_code, set_up

pytestmark = pytest.mark.django_db
BEGIN, BACK, LOGIN, LANDING = (reverse(f"accounts:{name}") for name in ("sso", "sso_back", "login", "landing"))


@pytest.fixture
def provider(settings):
    with running() as found:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = found.issuer, CLIENT, SECRET
        yield found


def come_back(client, provider, **query: str):
    answer = provider.agree(client.get(BEGIN, query).url)
    return client.get(BACK, answer)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_without_a_provider_there_is_no_such_way(client):
    assert [client.get(address).status_code for address in (BEGIN, BACK)] == [404, 404]
    assert BEGIN not in client.get(LOGIN).content.decode()


def test_whoever_has_an_account_gets_in_and_is_told_the_first_time(client, provider, person):
    assert BEGIN in client.get(LOGIN).content.decode()
    assert come_back(client, provider).url == LANDING
    assert client.session["_auth_user_id"] == str(person.pk)
    client.logout()
    come_back(client, provider)
    assert Event.objects.filter(type="account.linked", subject=f"user:{person.pk}").count() == 1
    assert Notice.objects.filter(template="accounts/linked", recipient_id=str(person.pk)).count() == 1


def test_it_asks_as_it_should(client, provider, person):
    come_back(client, provider)
    asked = provider.asked
    assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", CLIENT)
    assert asked["redirect_uri"].endswith(BACK)
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 20


def test_the_second_factor_is_asked_for_all_the_same(client, provider, person):
    secret, _codes = set_up(person)
    assert come_back(client, provider, next="/inbox/").url == reverse("accounts:code")
    assert not is_signed_in(client)
    assert client.post(reverse("accounts:code"), {"code": now_code(secret)}).url == "/inbox/"


def test_who_must_have_a_factor_sets_it_up_first(client, provider, person, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    come_back(client, provider)
    assert client.get("/inbox/").url == reverse("accounts:factor")


def test_it_leads_to_no_other_site(client, provider, person):
    assert come_back(client, provider, next="https://evil.example/").url == LANDING


def test_it_opens_no_accounts_and_closed_ones_stay_closed(client, provider, person):
    provider.claims = {"preferred_username": "stranger", "sub": "number-8"}
    assert come_back(client, provider).url == LOGIN
    provider.claims = {}
    come_back(client, provider)
    client.logout()
    User.objects.update(is_active=False)
    assert come_back(client, provider).url == LOGIN
    assert (is_signed_in(client), User.objects.count()) == (False, 1)


def test_another_person_who_is_given_the_name_later_does_not_get_in(client, provider, person):
    come_back(client, provider)
    client.logout()
    provider.claims = {"sub": "number-8"}
    assert come_back(client, provider).url == LOGIN
    assert not is_signed_in(client)


def test_a_new_name_there_still_finds_the_account(client, provider, person):
    come_back(client, provider)
    client.logout()
    provider.claims = {"preferred_username": "married"}
    assert come_back(client, provider).url == LANDING


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another"},
        {"aud": ["another"], "azp": CLIENT},
        {"exp": 1_000_000},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"sub": ""},
        {"preferred_username": ""},
        {"preferred_username": "x" * 300},
    ],
)
def test_what_does_not_fit_is_not_believed(client, provider, person, claims):
    provider.claims = claims
    response = come_back(client, provider)
    assert (response.url, is_signed_in(client), Identity.objects.count()) == (LOGIN, False, 0)


@pytest.mark.parametrize("fault", ["another key", "our own secret", "nothing"])
def test_a_token_that_the_provider_did_not_sign_is_not_believed(client, provider, person, fault):
    if fault == "another key":
        provider.signing = RSAKey.generate_key(2048, {"kid": "one"})
    elif fault == "our own secret":
        provider.signing, provider.header = OctKey.import_key(SECRET), {"alg": "HS256"}
        provider.metadata = {"id_token_signing_alg_values_supported": ["HS256", "RS256"]}
    else:
        provider.header = {"alg": "none"}
        provider.metadata = {"id_token_signing_alg_values_supported": ["none", "RS256"]}
    assert come_back(client, provider).url == LOGIN
    assert not is_signed_in(client)


def test_a_provider_that_calls_itself_otherwise_is_not_asked(client, provider, person):
    provider.metadata = {"issuer": "https://evil.example"}
    assert client.get(BEGIN).url == LOGIN


def test_an_answer_counts_once_and_in_the_browser_that_asked(client, provider, person):
    answer = provider.agree(client.get(BEGIN).url)
    assert type(client)().get(BACK, answer).url == LOGIN
    assert client.get(BACK, answer).url == LANDING
    client.logout()
    assert client.get(BACK, answer).url == LOGIN
    assert client.get(BACK, {"error": "access_denied"}).url == LOGIN


def test_a_provider_that_is_away_leaves_name_and_password(client, settings):
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "http://127.0.0.1:1", CLIENT, SECRET
    page = client.get(BEGIN, follow=True)
    assert page.redirect_chain[-1][0] == LOGIN
    assert "没有响应" in page.content.decode()


def test_the_security_administrator_forgets_a_link(client, provider, person):
    come_back(client, provider)
    guardian = UserFactory.create(roles=[Role.SECURITY_ADMIN], is_staff=True)
    client.force_login(guardian)
    client.post("/manage/accounts/user/", {"action": "unlink", "_selected_action": [person.pk]})
    assert not Identity.objects.exists()
    assert Event.objects.get(type="account.unlinked").actor == f"user:{guardian.pk}"


@pytest.mark.parametrize(
    ("changed", "concern"), [({"OIDC_CLIENT_SECRET": ""}, "accounts.E001"), ({"DEMO": False}, "accounts.E002")]
)
def test_half_a_setting_is_refused_at_the_start(provider, settings, changed, concern):
    for name, value in changed.items():
        setattr(settings, name, value)
    with pytest.raises(SystemCheckError, match=concern):
        call_command("check")
