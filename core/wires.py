"""Whether the wires to database, cache and broker are sealed: who listens inside the house must learn nothing either."""

import ipaddress
from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

_PROVED = {"verify-ca", "verify-full"}  # other values of sslmode take any certificate, or none


def is_sealed(address: str, *, private: Collection[str] = ()) -> bool:
    """Tell whether a server's address stays here, on a `private` net, or asks for TLS with a known certificate."""
    parts = urlsplit(address)
    options = parse_qs(parts.query)
    host = options.get("host", [parts.hostname or ""])[-1].casefold()  # libpq takes it from the query, too
    if not host or parts.scheme.endswith("unix") or host.startswith(("/", "%2f")) or host in private or _is_here(host):
        return True
    if parts.scheme.startswith("postgres"):
        return options.get("sslmode", [""])[-1] in _PROVED
    return parts.scheme == "rediss" and options.get("ssl_cert_reqs", ["required"])[-1] == "required"


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def sealed_wires(app_configs: Sequence[AppConfig] | None, **_extra: Any) -> list[CheckMessage]:
    """Refuse to run where names and narratives would cross a network in the clear (ASVS 12.3)."""
    if settings.DEMO:
        return []
    servers = {"DATABASE_URL": settings.DATABASE_URL, "REDIS_URL": settings.REDIS_URL}
    bare = [name for name, address in servers.items() if not is_sealed(address, private=settings.PRIVATE_HOSTS)]
    ways = {"DATABASE_URL": "add ?sslmode=verify-full", "REDIS_URL": "use rediss:// with ?ssl_cert_reqs=required"}
    words = "{} leads to another machine without TLS: {}; or name a host that is on this machine all the same in PRIVATE_HOSTS."
    return [Error(words.format(name, ways[name]), id="core.E005") for name in bare]
