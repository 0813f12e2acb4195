"""The triage desk: what it shows, the line, and what comes after a decision."""

import pytest

from tests.factories import new_case, officer

pytestmark = pytest.mark.django_db


def test_x(client):
    case, me = new_case(), officer()
    client.force_login(me)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    r = client.get(f"/staff/cases/{case.pk}/triage/")
    with CaptureQueriesContext(connection, ) as q:
        r = client.get(f"/staff/cases/{case.pk}/triage/")
    for one in q.captured_queries: print(one["sql"][:170])
    print(len(q)); __import__("pathlib").Path("/tmp/t.html").write_text(r.content.decode())
    assert r.status_code == 200
