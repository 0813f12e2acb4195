"""Requests that the portal itself sends reach the outside only, whatever a webhook's name, its resolver or a redirect says.

The address is looked at where it cannot change any more: when a socket is about to connect. A name that resolves to the inside,
one that resolves to something else the second time, and a redirect to the inside are all refused here, in any library.
"""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings

_guarded: ContextVar[frozenset[str] | None] = ContextVar("outgoing_guard", default=None)
_TRANSLATED = ip_network("64:ff9b::/96")  # an IPv4 address written as an IPv6 one (NAT64)
_IPV4_BITS = 0xFFFFFFFF


class InsideError(OSError):
    """A request was about to reach a machine of the inside."""


@contextmanager
def outside_only() -> Iterator[None]:
    """Refuse, in this thread, every connection to an address that is not public, but for the hosts named in OUTGOING_HOSTS."""
    token = _guarded.set(frozenset(_addresses_of(settings.OUTGOING_HOSTS)))
    try:
        yield
    finally:
        _guarded.reset(token)


def is_outside(address: str) -> bool:
    """Whether this numeric address belongs to the public internet, also when it hides in an IPv6 one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    meant = _hidden(found) or found if isinstance(found, IPv6Address) else found
    return meant.is_global and not meant.is_multicast


def _hidden(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(int(address) & _IPV4_BITS)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _addresses_of(hosts: list[str]) -> Iterator[str]:
    for host in hosts:
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except OSError:
            continue
        yield from (str(place[4][0]) for place in found)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """See every connection of the process before it is made; Python calls this, and nothing can take it out again."""
    if event != "socket.connect" or (allowed := _guarded.get()) is None:
        return
    place = arguments[1]
    address = str(place[0]) if isinstance(place, tuple) else ""
    if address not in allowed and not is_outside(address):
        raise InsideError("the address is not on the outside; name the host in OUTGOING_HOSTS if it is meant")


sys.addaudithook(_watch)
