"""The key ring: two ciphers side by side, and a ring that cannot be read is refused before anything starts."""

import base64
import os
import subprocess
import sys

import pytest
from django.conf import settings as real_settings
from django.core.exceptions import ImproperlyConfigured

from core import vault
from core.checks import vault_keys
from core.vault.ring import SM4, Key
from efficiency_portal.stack import embedded


def encoded(length):
    return base64.b64encode(bytes(range(length))).decode()


# Appendix A.1 of RFC 8998.
SM4_KEY, SM4_NONCE = bytes.fromhex("0123456789abcdeffedcba9876543210"), bytes.fromhex("00001234567800000000abcd")
SM4_MORE = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
SM4_PLAIN = bytes.fromhex("aa" * 8 + "bb" * 8 + "cc" * 8 + "dd" * 8 + "ee" * 8 + "ff" * 8 + "ee" * 8 + "aa" * 8)
SM4_SEALED = bytes.fromhex(
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    "83de3541e4c2b58177e065a9bf7b62ec"
)


def test_sm4_is_the_sm4_of_the_standard():
    key = Key("a", SM4, SM4_KEY)
    assert key.encrypt(SM4_NONCE, SM4_PLAIN, SM4_MORE) == SM4_SEALED
    assert key.decrypt(SM4_NONCE, SM4_SEALED, SM4_MORE) == SM4_PLAIN


@pytest.mark.parametrize("cipher", ["", "aes:", "sm4:"])
def test_each_cipher_seals_and_binds_to_row_and_column(settings, cipher):
    settings.VAULT_KEYS = f"one:{cipher}{encoded(16 if cipher == 'sm4:' else 32)}"
    blob = vault.seal("张三丰😀", row="a:1", column="name")
    assert vault.open_sealed(blob, row="a:1", column="name") == "张三丰😀"
    with pytest.raises(vault.VaultError):
        vault.open_sealed(blob, row="a:2", column="name")


@pytest.mark.parametrize("cut", [0, 1, 5, 20, -1, -16])
def test_a_shortened_sm4_value_does_not_open(settings, cut):
    settings.VAULT_KEYS = f"one:sm4:{encoded(16)}"
    blob = vault.seal("张三丰", row="a:1", column="name")
    with pytest.raises(vault.VaultError):
        vault.open_sealed(blob[:cut], row="a:1", column="name")


def test_both_ciphers_open_at_once(settings):
    aes, sm4 = f"2026a:{encoded(32)}", f"2026b:sm4:{encoded(16)}"
    settings.VAULT_KEYS = aes
    old = vault.seal("张三丰", row="a:1", column="name")
    settings.VAULT_KEYS = f"{sm4},{aes}"
    new = vault.seal("张三丰", row="a:1", column="name")
    assert (vault.key_id_of(old), vault.key_id_of(new)) == ("2026a", "2026b")
    assert {vault.open_sealed(blob, row="a:1", column="name") for blob in (old, new)} == {"张三丰"}


MALFORMED = {
    "": "Key 1",
    ",": "Key 1",
    "a": "Key 1",
    "a:": "Key 1",
    f":{encoded(32)}": "Key 1",
    f"名:{encoded(32)}": "Key 1",
    f"{'a' * 41}:{encoded(32)}": "Key 1",
    f"a:{encoded(32)},": "Key 2",
    f"a:aes:x:{encoded(32)}": "Key 1",
    f"a:des:{encoded(32)}": "cipher",
    "a:no base64!": "not base64",
    f"a:{encoded(16)}": "32 bytes",
    f"a:sm4:{encoded(32)}": "16 bytes",
    f"a:{encoded(32)},a:sm4:{encoded(16)}": "twice",
}


@pytest.mark.parametrize(("text", "told"), MALFORMED.items())
def test_a_malformed_ring_is_refused_without_showing_a_key(settings, text, told):
    settings.VAULT_KEYS = text
    with pytest.raises(ImproperlyConfigured) as refused:
        vault.seal("x", row="a:1", column="name")
    assert told in str(refused.value)
    assert encoded(16)[:8] not in str(refused.value)
    assert [error.id for error in vault_keys(None)] == ["core.E001"]


@pytest.mark.parametrize("key", ["", "YWJj", "no base64!"])
def test_a_weak_index_key_is_refused(settings, key):
    settings.VAULT_INDEX_KEY = key
    assert [error.id for error in vault_keys(None)] == ["core.E002"]


def test_no_key_shows_in_a_traceback():
    assert encoded(32) not in repr(next(iter(vault.ring().values())))
    assert "secret" not in repr(Key("a", SM4, b"secret"))


@pytest.mark.parametrize("words", [["manage.py", "check"], ["-c", "import efficiency_portal.wsgi"]])
def test_nothing_starts_with_a_malformed_ring(words):
    told = os.environ | {"VAULT_KEYS": "a:YWJj", "PORTAL_DEMO": "1", "DJANGO_SETTINGS_MODULE": "efficiency_portal.settings"}
    done = subprocess.run([sys.executable, *words], cwd=embedded.BASE_DIR, env=told, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Key a of VAULT_KEYS must have 32 bytes" in done.stderr


def test_the_suite_itself_runs_with_a_ring_that_passes():
    assert real_settings.VAULT_KEYS
    assert vault_keys(None) == []
