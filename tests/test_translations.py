"""The Chinese catalogs are complete, agree with one another, and reach the reader."""

import pytest
from django.utils import translation

from core import catalog_checks, catalogs
from core.management.commands.messages import house

from .source import ROOMS


def test_catalogs_have_no_fault():
    assert catalog_checks.findings(house()) == []


def test_every_room_has_a_catalog():
    assert set(house().rooms) == set(ROOMS)
    assert [room for room in ROOMS if not house().po(room).exists()] == []


def test_compiled_texts_reach_a_chinese_reader():
    catalogs.compile_all(house())
    messages = catalogs.messages_of(catalogs.stored(house(), "core"))
    message = next(one for one in messages if not one.context and not one.pluralizable)
    with translation.override("zh-hans"):
        assert translation.gettext(str(message.id)) == message.string


@pytest.mark.parametrize("code", ["en", "en-gb"])
def test_english_readers_get_the_texts_of_the_code(code):
    with translation.override(code):
        assert translation.gettext("Chinese") == "Chinese"
