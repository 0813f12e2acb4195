"""The talk with the provider, by Authlib: code flow with PKCE, state and nonce. Knows no tables."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from joserfc.errors import JoseError

# Signatures that need the provider's private key. One made with our own secret, or none at all, would prove nothing about it.
_SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_PATIENCE = 10  # seconds
_LONGEST = 255


class NoAnswer(Exception):
    """The provider is away, refused, or said what cannot be believed."""


@dataclass(frozen=True)
class Identity:
    """Who somebody is to the provider: `subject` never changes there, `username` may."""

    issuer: str
    subject: str
    username: str


def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the provider. Raises NoAnswer."""
    client = _client(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    try:
        _check(client.load_server_metadata())
        answer: HttpResponse = client.authorize_redirect(request, settings.SITE_URL.rstrip("/") + reverse("accounts:sso_back"))
    except _FAULTS as error:
        raise NoAnswer from error
    return answer


def identity(request: HttpRequest) -> Identity:
    """Read what the provider says when the person comes back, once. Raises NoAnswer."""
    client = _client(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    wanted = {"iss": {"essential": True, "values": [settings.OIDC_ISSUER]}, "aud": _essential(settings.OIDC_CLIENT_ID)}
    try:
        _check(client.load_server_metadata())
        told = client.authorize_access_token(request, claims_options=wanted)["userinfo"]
        found = Identity(settings.OIDC_ISSUER, str(told["sub"]), str(told[settings.OIDC_USERNAME_CLAIM]))
    except _FAULTS as error:
        raise NoAnswer from error
    if not found.subject or not found.username or max(len(found.subject), len(found.username)) > _LONGEST:
        raise NoAnswer
    return found


_FAULTS = (OAuthError, JoseError, requests.RequestException, KeyError, ValueError, TypeError, RuntimeError, NoAnswer)


@lru_cache(maxsize=4)
def _client(issuer: str, client_id: str, secret: str) -> Any:
    """One per process, so that the provider's addresses and keys are asked for once."""
    return OAuth().register(
        "portal",
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "default_timeout": _PATIENCE},
    )


def _check(metadata: dict[str, Any]) -> None:
    """Refuse a provider that calls itself something else, and signatures that prove nothing."""
    if metadata.get("issuer") != settings.OIDC_ISSUER:
        raise NoAnswer
    offered = metadata.get("id_token_signing_alg_values_supported") or _SIGNED_BY
    metadata["id_token_signing_alg_values_supported"] = [one for one in _SIGNED_BY if one in offered] or ["RS256"]


def _essential(value: str) -> dict[str, Any]:
    return {"essential": True, "values": [value]}
