"""The Chinese catalogs: what is found in sources, what an update keeps, what gets compiled, what a check finds."""

import gettext

import pytest

from core import catalog_checks, catalogs

PYTHON = """\
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
PLAIN = _("Hello")
MANY = ngettext("%(n)s case", "%(n)s cases", 2)
MONTH = pgettext("month", "May")
"""
TEMPLATE = """\
{% load i18n %}
   <p title="{% translate "Don't" %}">isn't text (
{% blocktranslate trimmed with name=x %}
      Dear {{ name }},
      welcome
{% endblocktranslate %}
      {{ x|default:_("none") }}
"""


@pytest.fixture
def house(tmp_path):
    house = catalogs.House(root=tmp_path, rooms=("efficiency_portal", "core", "shop"))
    write(house, "shop/names.py", PYTHON)
    return house


def write(house, name, text):
    path = house.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def translate(house, room, **chinese):
    path = house.po(room)
    text = path.read_text("utf-8")
    for english, translated in chinese.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{translated}"')
    path.write_text(text, "utf-8")


def texts(house, room):
    return {catalogs.key_of(message).text for message in catalogs.messages_of(catalogs.stored(house, room))}


def test_update_collects_from_python(house):
    assert catalogs.update(house, "shop") is True
    assert texts(house, "shop") == {"Hello", "%(n)s case", "May"}


def test_update_collects_from_templates(house):
    write(house, "templates/shop/page.html", TEMPLATE)
    catalogs.update(house, "shop")
    assert texts(house, "shop") >= {"Don't", "Dear %(name)s, welcome", "none"}


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("templates/base.html", "efficiency_portal"),
        ("templates/components/field.html", "efficiency_portal"),
        ("templates/notices/accepted.txt", "core"),
        ("templates/notices/shop/accepted.txt", "shop"),
        ("templates/shop/list.html", "shop"),
    ],
)
def test_template_belongs_to_a_room(house, path, room):
    write(house, path, '{% load i18n %}{% translate "Here" %}')
    rooms = [one for one in house.rooms if "Here" in {message.id for message in catalogs.extracted(house, one)}]
    assert rooms == [room]


def test_update_keeps_translations_and_drops_what_is_gone(house):
    catalogs.update(house, "shop")
    translate(house, "shop", Hello="你好", May="五月")
    write(house, "shop/names.py", PYTHON.replace('MONTH = pgettext("month", "May")', 'NEW = _("New")'))
    catalogs.update(house, "shop")
    assert texts(house, "shop") == {"Hello", "%(n)s case", "New"}
    assert 'msgstr "你好"' in house.po("shop").read_text("utf-8")


def test_update_twice_changes_nothing(house):
    catalogs.update(house, "shop")
    assert catalogs.update(house, "shop") is False


def test_catalog_bears_no_line_numbers_or_dates(house):
    catalogs.update(house, "shop")
    before = house.po("shop").read_text("utf-8")
    write(house, "shop/names.py", "\n\n\n" + PYTHON)
    assert catalogs.update(house, "shop") is False
    assert "names.py" not in before
    assert "Date" not in before


def test_compiled_file_is_what_gettext_reads(house):
    catalogs.update(house, "shop")
    translate(house, "shop", Hello="你好", May="五月")
    assert catalogs.compile_all(house) is True
    with house.mo.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert (compiled.gettext("Hello"), compiled.pgettext("month", "May"), compiled.gettext("May")) == ("你好", "五月", "May")


def test_compiling_again_is_skipped_until_a_catalog_changes(house):
    catalogs.update(house, "shop")
    catalogs.compile_all(house)
    assert catalogs.compile_all(house) is False
    house.mo.touch()
    translate(house, "shop", Hello="你好")
    assert catalogs.compile_all(house) is True


def test_broken_template_is_named(house):
    write(house, "templates/shop/bad.html", "{% load i18n %}{% blocktranslate %}a{% if b %}{% endblocktranslate %}")
    with pytest.raises(catalogs.CatalogError, match=r"templates/shop/bad\.html"):
        catalogs.update(house, "shop")


@pytest.mark.parametrize("line", ['msgstr "你好', "nonsense", 'nonsense "x"'])
def test_broken_catalog_is_named(house, line):
    write(house, "locale/zh_Hans/shop.po", f'msgid "Hello"\n{line}\n')
    with pytest.raises(catalogs.CatalogError, match=r"shop\.po"):
        catalogs.stored(house, "shop")


def faults(house, po):
    write(house, "shop/names.py", '_ = str\nA = _("Hello")\nB = _("%(n)s of {total}")\n')
    write(house, "locale/zh_Hans/shop.po", catalogs.HEADER.format(room="shop") + po)
    return " | ".join(catalog_checks.findings(house))


SOUND = 'msgid "Hello"\nmsgstr "你好"\n\nmsgid "%(n)s of {total}"\nmsgstr "{total} 中的 %(n)s"\n'


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("", "", ""),
        ('msgid "Hello"\nmsgstr "你好"', "", 'missing: "Hello"'),
        ("你好", "", 'untranslated: "Hello"'),
        ('msgid "Hello"', '#, fuzzy\nmsgid "Hello"', 'fuzzy: "Hello"'),
        ('msgid "Hello"', 'msgid "Gone"\nmsgstr "没了"\n\nmsgid "Hello"', 'obsolete: "Gone"'),
        ('msgid "Hello"', '#~ msgid "Gone"\n#~ msgstr "没了"\n\nmsgid "Hello"', "obsolete: 1 commented-out"),
        ("中的 %(n)s", "中的", "other placeholders"),
        ("{total} 中的", "{sum} 中的", "other placeholders"),
        ("你好", "你好,您", "half-width punctuation"),
        ("你好", "你好:", "half-width punctuation"),
        ("你好", "你(好)", "half-width punctuation"),
        ("你好", "你好，portal.css:1", ""),
        ("你好", "第1页", "no space between Chinese and digits"),
        ("你好", '<a href=\\"/1/\\">你好</a>', ""),
    ],
)
def test_check_finds(house, before, after, fault):
    found = faults(house, SOUND.replace(before, after) if before else SOUND)
    assert fault in found
    assert bool(fault) == bool(found)


def test_check_finds_two_translations_of_one_text(house):
    write(house, "core/names.py", '_ = str\nA = _("Hello")\n')
    write(house, "locale/zh_Hans/core.po", catalogs.HEADER.format(room="core") + 'msgid "Hello"\nmsgstr "您好"\n')
    assert "two translations" in faults(house, SOUND)


def test_same_translation_in_two_rooms_is_no_fault(house):
    write(house, "core/names.py", '_ = str\nA = _("Hello")\n')
    write(house, "locale/zh_Hans/core.po", catalogs.HEADER.format(room="core") + 'msgid "Hello"\nmsgstr "你好"\n')
    assert faults(house, SOUND) == ""
