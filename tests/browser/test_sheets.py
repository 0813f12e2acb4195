"""The sheets of a case, the leaders' figures and the supervisors' rooms: they render in English and axe finds nothing."""

import re

import pytest
from django.urls import reverse

from agencies.models import Agency
from cases.models import Letter
from core import clock
from efficiency_portal.demo_office import loading

from .test_english_pages import LOOKS, faults_of, of_case

pytestmark = pytest.mark.django_db(transaction=True)

# Labels that are people's names or the office's own themes stay Chinese.
NAMED = re.compile("supervisors/(quotas|inspections/new)/: still Chinese")


def officer() -> list[str]:
    """What an officer opens beside the queue."""
    names = ("triage", "cards", "oversight_board", "excellent", "people")
    case = of_case("received", "agencies", "oversight", "inquiry", "letters", "quality")
    letter = reverse("cases:letter", args=[Letter.objects.earliest("pk").case_id, Letter.objects.earliest("pk").pk])
    own = [reverse(f"accounts:{name}") for name in ("security", "factor", "password")]
    return [*own, *(reverse(f"cases:{name}") for name in names), *case, letter, *of_case("closed", "quality", "inquiry")]


def leader() -> list[str]:
    """The figures, the reviews and the templates of letters."""
    return [reverse(f"cases:{name}") for name in ("statistics", "statistics_report", "wrong_cases", "letter_templates")]


def agency() -> list[str]:
    """What the housing bureau's liaison officer opens beside the work list."""
    own = reverse("cases:agency", args=[Agency.objects.get(short_name="住建局").pk])
    return [own, reverse("cases:own_cards")]


def roster() -> list[str]:
    """The officer's side of the supervisors' work."""
    names = ("list", "calls", "duties", "quotas", "inspections", "inspection_new", "checklists", "tips", "rewards")
    return [reverse(f"supervisors:{name}") for name in names]


def supervisor() -> list[str]:
    """The supervisor's own pages."""
    return [reverse(f"supervisors:{name}") for name in ("mine", "log", "declare", "own_tips", "tip", "field")]


def finance() -> list[str]:
    """The money."""
    return [reverse(f"supervisors:{name}") for name in ("budgets", "payouts", "claw_backs")]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("username", "addresses"),
    [
        ("zhoumin", officer),
        ("hanxuemei", leader),
        ("hejing", agency),
        ("zhoumin", roster),
        ("chenguang", supervisor),
        ("qianfang", finance),
    ],
    ids=["officer", "leader", "agency", "roster", "supervisor", "finance"],
)
def test_sheets_render_in_english_and_axe_finds_nothing(sign_in, username, addresses, look):
    loading.load(now=clock.now())
    page = sign_in(username, language="en", **LOOKS[look])
    faults = [fault for address in addresses() for fault in faults_of(page, address) if not NAMED.search(fault)]
    assert not faults, "\n".join(faults)
