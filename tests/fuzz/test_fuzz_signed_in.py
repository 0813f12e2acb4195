"""Every form that people who are signed in can reach, sent with what nobody would type."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core import clock
from efficiency_portal.demo_office import loading

from .sending import VALUES, fuzzing, sent
from .walking import FoundForm, forms_within

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("default::tests.fuzz.sending.SlowAnswerWarning")]
# Who walks: people of the demo, by what they are there; a leader reads and decides what officers prepare.
WALKERS = {"officer": "zhoumin", "leader": "hanxuemei", "agency": "hejing", "supervisor": "chenguang", "finance": "qianfang"}
FEWEST = {"officer": 60, "leader": 60, "agency": 8, "supervisor": 8, "finance": 8}
MOST_PAGES = 90


def answers(form: FoundForm) -> st.SearchStrategy[dict[str, str]]:
    """For each field one of its choices, or an ordinary text, or something nasty, or what stands there already."""
    ordinary = st.sampled_from(["情况属实，请按规定办理。", "2026-11-26", "10"])
    values = {
        name: st.one_of(st.sampled_from(choices), VALUES) if choices else st.one_of(ordinary, VALUES)
        for name, choices in form.fields.items()
    }
    return st.fixed_dictionaries({}, optional=values)


@pytest.mark.parametrize("walker", WALKERS)
def test_forms_behind_the_sign_in_take_anything(walker):
    loading.load(now=clock.now())
    client = Client()
    client.force_login(User.objects.get(username=WALKERS[walker]))
    forms = forms_within(client, ["/staff/", "/supervisors/", "/"], MOST_PAGES)
    assert len(forms) >= FEWEST[walker]

    @fuzzing
    @given(data=st.data())
    def each(data: st.DataObject) -> None:
        for form in forms:
            sent(client, form.method, form.address, dict(form.held) | data.draw(answers(form)))

    each()
