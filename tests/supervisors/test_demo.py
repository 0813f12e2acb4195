"""The demo's inspections: one that is done, and one for tomorrow of which nobody else knows."""

import pytest

from complaints.models import Complaint
from core import clock
from efficiency_portal.demo_office import inspecting, loading
from supervisors.models import FieldRecord, Inspection, Tip

pytestmark = pytest.mark.django_db


def test_the_demo_has_inspections_and_a_tip():
    now = clock.now()
    agencies, people = loading.load_office(year=clock.day_of(now).year)
    inspecting.inspect(people, agencies, now=now)
    assert FieldRecord.objects.count() == 3
    assert Inspection.objects.visible_to(people["zhoumin"]).count() == 1
    assert Inspection.objects.visible_to(people["sunlan"]).count() == 2
    assert Tip.objects.get().complaint.agency == Complaint.objects.get().agency == agencies["城关镇"]
