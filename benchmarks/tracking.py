"""The tracking page of a matter that has come all the way to the reply: its queries, and the same SQL issued bare."""

from django.db import connection
from django.test import Client
from django.urls import reverse

from cases.workflow import Status
from complaints import codes
from tests.factories import case_at, the_complaint

from .measuring import Series, Statements, ask, ratio, rounds, say, table, timed

ROUNDS = 100
_MOST_QUERIES = 12


def run() -> None:
    """Count the queries, time the page and its SQL."""
    complaint = the_complaint(case_at(Status.REPLIED))
    client, address = Client(), reverse("complaints:track_detail", args=[complaint.number])
    client.post(reverse("complaints:track"), {"number": complaint.number, "code": codes.query_code(complaint)})
    assert client.get(address).status_code == 200
    statements = Statements()
    with connection.execute_wrapper(statements):
        client.get(address)
    page = Series("portal: the page", [timed(lambda: client.get(address)) for _round in rounds(ROUNDS, "tracking")])
    sql = Series("bare: its SQL", [timed(lambda: ask(statements.asked)) for _round in rounds(ROUNDS, "tracking")])
    table(f"The tracking page ({ROUNDS} times)", [page, sql])
    say(f"{len(statements.asked)} queries (wanted: at most {_MOST_QUERIES})")
    ratio("The page, beside its SQL", page, sql, goal=10)
