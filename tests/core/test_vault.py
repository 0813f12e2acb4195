"""The vault seals for one row and column, reads old keys, and records every look."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from core import clock, vault
from core.models import Event


def key(name):
    return f"{name}:{base64.b64encode(name.encode().ljust(32)).decode()}"


def test_seal_opens_in_its_own_row_and_column():
    blob = vault.seal("张三丰😀", row="complainant:1", column="name")
    assert vault.open_sealed(blob, row="complainant:1", column="name") == "张三丰😀"
    assert "张三丰".encode() not in blob


@pytest.mark.parametrize(("row", "column"), [("complainant:2", "name"), ("complainant:1", "phone")])
def test_a_value_moved_elsewhere_does_not_open(row, column):
    blob = vault.seal("张三丰", row="complainant:1", column="name")
    with pytest.raises(vault.VaultError):
        vault.open_sealed(blob, row=row, column=column)


@pytest.mark.parametrize("damaged", [b"", b"\x04demo", b"\xffabc", b"\x04demo" + bytes(40)])
def test_a_damaged_value_says_so(damaged):
    with pytest.raises(vault.VaultError):
        vault.open_sealed(damaged, row="complainant:1", column="name")


def test_a_value_sealed_by_an_older_key_of_the_ring_opens(settings):
    settings.VAULT_KEYS = key("old")
    blob = vault.seal("张三丰", row="a:1", column="name")
    settings.VAULT_KEYS = f"{key('new')},{key('old')}"
    assert vault.open_sealed(blob, row="a:1", column="name") == "张三丰"
    assert vault.seal("x", row="a:1", column="name")[1:4] == b"new"


def test_a_malformed_ring_is_refused(settings):
    settings.VAULT_KEYS = "short:YWJj"
    with pytest.raises(ImproperlyConfigured):
        vault.seal("x", row="a:1", column="name")


def test_blind_index_is_the_same_for_the_same_value_only():
    index = vault.blind_index("+8613800000001", kind="phone")
    assert index == vault.blind_index("+8613800000001", kind="phone")
    assert index != vault.blind_index("+8613800000002", kind="phone")
    assert index != vault.blind_index("+8613800000001", kind="name")


@pytest.mark.django_db
def test_reveal_leaves_an_event_without_the_value():
    blob = vault.seal("13800000001", row="a:1", column="phone")
    shown = vault.reveal(blob, row="a:1", column="phone", subject="complaint:1", actor="user:3", purpose="verify", at=clock.now())
    event = Event.objects.get()
    assert shown == "13800000001"
    assert (event.type, event.subject, event.facts) == ("vault.revealed", "complaint:1", {"column": "phone", "purpose": "verify"})
