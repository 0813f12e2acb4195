"""`manage.py messages` as a person calls it."""

import pytest
from django.core.management import CommandError, call_command

from core import catalogs
from core.management.commands import messages


@pytest.fixture
def house(monkeypatch, tmp_path):
    house = catalogs.House(root=tmp_path, rooms=("core", "shop"))
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "names.py").write_text('_ = str\nA = _("Hello")\n', "utf-8")
    monkeypatch.setattr(messages, "house", lambda: house)
    return house


def test_update_tells_what_is_left_to_translate(house, capsys):
    call_command("messages", "update", "shop")
    assert capsys.readouterr().out == "shop: changed, 1 to translate\n"
    assert not house.po("core").exists()


def test_check_lists_faults_and_fails(house, capsys):
    call_command("messages", "update")
    with pytest.raises(CommandError, match="1 faults"):
        call_command("messages", "check")
    assert 'untranslated: "Hello"' in capsys.readouterr().err


def test_check_of_another_room_passes(house, capsys):
    call_command("messages", "update")
    call_command("messages", "check", "core")
    assert "complete" in capsys.readouterr().out


def test_unknown_room_is_named_with_the_known_ones(house):
    with pytest.raises(CommandError, match=r"No such room: attic\. The rooms are core, shop"):
        call_command("messages", "update", "attic")


def test_unreadable_template_is_one_line(house):
    (house.root / "templates" / "shop").mkdir(parents=True)
    (house.root / "templates" / "shop" / "bad.html").write_text("{% blocktranslate %}{% if a %}{% endblocktranslate %}", "utf-8")
    with pytest.raises(CommandError, match=r"bad\.html"):
        call_command("messages", "update")
