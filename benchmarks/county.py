"""Fills a database of its own with as many cases as wanted, by COPY; it is kept between runs under `.portal/bench`."""

import io
import random
import uuid
from bisect import bisect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import AutoField, Model

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency
from cases.models import Case, CaseComplaint, Deadline
from cases.workflow import Finding, Mode, Status, Step
from complaints.models import Channel, Complainant, Complaint
from core import clock
from core.models import DeadlinePolicy, Event

from .measuring import progress, say
from .words import Author

AGENCIES, HANDLERS, DEPARTMENTS = 60, 24, 4
MOST_OPEN = 1500
YEARS, STALE_AFTER = 6, timedelta(days=5)
CHUNK = 20_000
NOTHING = r"\N"
_ENDS = ((Status.CLOSED, 88), (Status.DECLINED, 10), (Status.WITHDRAWN, 2))
_OPEN = (
    (Status.TRIAGE, 18),
    (Status.DISPATCHED, 10),
    (Status.RECEIVED, 34),
    (Status.HANDLING, 14),
    (Status.REPORTED, 8),
    (Status.REPLIED, 11),
    (Status.FOLLOWED_UP, 3),
)
_STEPS = {
    Status.TRIAGE: Step.ACCEPT,
    Status.DISPATCHED: Step.RECEIVE,
    Status.REPLIED: Step.FOLLOW_UP,
    Status.FOLLOWED_UP: Step.FOLLOW_UP,
}
_MOSTLY = {Channel.WEB: 52, Channel.HOTLINE: 24, Channel.VISIT: 9, Channel.LETTER: 6, Channel.SUPERIOR: 4}
_CHANNELS = tuple((channel, _MOSTLY.get(channel, 1)) for channel in Channel)
_KINDS = (("complaint", 86), ("report", 11), ("tip", 3))
_CLASSES = (("ordinary", 97), ("urgent", 2), ("complex", 1))


class Dice:
    """Draws values by their weights."""

    def __init__(self, chance: random.Random, weighted: Sequence[tuple[Any, float]]) -> None:
        """Remember the values and the running sum of their weights."""
        self.values = [value for value, _weight in weighted]
        self.sums = list(accumulate(weight for _value, weight in weighted))
        self.random, self.total = chance.random, self.sums[-1]

    def __call__(self) -> Any:
        """Draw one."""
        return self.values[bisect(self.sums, self.random() * self.total)]


class Copied:
    """Rows of one table on their way into it."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        """Name the columns that each row gives; the others get the model's defaults."""
        fields = [
            field for field in model._meta.concrete_fields if field.column not in columns and not isinstance(field, AutoField)
        ]
        self.constant = "".join(f"\t{_text(field.get_default())}" for field in fields)
        names = ", ".join(f'"{name}"' for name in [*columns, *(field.column for field in fields)])
        self.statement, self.lines = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN', list[str]()

    def add(self, *values: Any) -> None:
        """Take a row."""
        self.lines.append("\t".join([_text(value) for value in values]) + self.constant)

    def send(self) -> None:
        """Write the rows taken so far."""
        with connection.cursor() as cursor:
            cursor.copy_expert(self.statement, io.StringIO("\n".join([*self.lines, ""])))
        self.lines.clear()


def _text(value: Any) -> str:
    """As COPY reads it; the loader's own texts have neither tabs nor line ends."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list):
        return "{" + ",".join(str(one) for one in value) + "}"
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    return str(value)


@dataclass(frozen=True)
class Life:
    """When a case came and how far it has come."""

    status: str
    received: datetime
    closed: datetime | None
    due: datetime | None


def prepare(cases: int) -> None:
    """Go to the database that holds so many cases; make and fill it when it is not there or too old to be realistic."""
    _use(f"portal_bench_{cases}")
    call_command("migrate", verbosity=0, interactive=False)
    if _is_whole():
        return
    say(f"Loading {cases:,} cases into {connection.settings_dict['NAME']} …")
    with _quick():
        _empty()
        County(cases).load()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    call_command("count_grams", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_whole ()")  # says that the loading came to its end


def _use(name: str) -> None:
    """Make the database when it is missing, and connect to it."""
    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    connection.close()
    connection.settings_dict["NAME"] = name


def _is_whole() -> bool:
    """Whether everything was loaded, not long ago."""
    newest = Case.objects.order_by("-received_at").values_list("received_at", flat=True).first()
    return "bench_whole" in connection.introspection.table_names() and newest is not None and clock.now() - newest < STALE_AFTER


def _empty() -> None:
    tables = [model._meta.db_table for model in (Case, CaseComplaint, Deadline, Complaint, Complainant, Event, User, Agency)]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_whole")
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables) + " CASCADE")


@contextmanager
def _quick() -> Iterator[None]:
    """Let indexes wait until the rows are in, and neither foreign keys nor triggers ask about each row."""
    tables = [model._meta.db_table for model in (Case, CaseComplaint, Deadline, Complaint, Complainant, Event)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND NOT EXISTS"
            " (SELECT FROM pg_constraint WHERE conindid = quote_ident(indexname)::regclass)",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        try:
            yield
        finally:
            for _name, definition in progress(indexes, "indexes"):
                cursor.execute(definition)
            cursor.execute("SET session_replication_role = origin")


class County:
    """Everything that the loader invents; the same in every run, but for the day."""

    def __init__(self, cases: int) -> None:
        """Prepare the dice, the people and the tables."""
        self.cases, self.now = cases, clock.now()
        self.chance = random.Random(20_261_125)  # noqa: S311 invented data, no secret
        self.author = Author(self.chance)
        dice = [Dice(self.chance, one) for one in (_ENDS, _OPEN, _CHANNELS, _KINDS, _CLASSES)]
        self.end, self.opened, self.channel, self.kind, self.case_class = dice
        self.agency = Dice(self.chance, [(pk, 1 / pk) for pk in range(1, AGENCIES + 1)])
        self.policy = DeadlinePolicy.objects.order_by("pk").values_list("pk", flat=True)[0]
        self.serial: dict[int, int] = {}
        # A small county has left more lying, so that a sweep finds as much to do as in a large one.
        self.lingering = max(0.012, MOST_OPEN / cases)

    def load(self) -> None:
        """Write everything, oldest first, as it would have come."""
        self._people()
        tables = self._tables()
        for start in progress(range(0, self.cases, CHUNK), "cases"):
            for number in range(start, min(start + CHUNK, self.cases)):
                self._case(number + 1, *tables)
            for table in tables:
                table.send()
        self._go_on_counting()

    def _people(self) -> None:
        Agency.objects.bulk_create(
            Agency(pk=pk, name=f"县虚构第 {pk} 局", short_name=f"虚构 {pk} 局", kind="county", sort=pk)
            for pk in range(1, AGENCIES + 1)
        )
        User.objects.bulk_create(
            User(
                pk=pk,
                username=f"officer{pk}",
                full_name=f"甲{pk}",
                department=f"第 {pk % DEPARTMENTS + 1} 科",
                roles=[Role.OFFICER, Role.OFFICE_LEADER] if pk == 1 else [Role.OFFICER],
            )
            for pk in range(1, HANDLERS + 1)
        )

    def _tables(self) -> tuple[Copied, ...]:
        complaint = (
            "id public_id number title working_copy narrative_sealed kind identity complainant_id channel agency_id category"
        )
        case = "id number title status channel category respondent_agency_id case_class mode agency_id handler_id finding"
        case += " decline_reason withdrawn_at received_at opened_at closed_at due_on due_at accepted_at replied_at"
        case += " reply due_policy_id kinds"
        deadline = "id case_id step started_on due_on due_at policy_id next_reminder_at closed_at created_at explanation"
        return (
            Copied(Complainant, "id", "name_sealed", "name_masked", "phone_masked", "created_at"),
            Copied(Complaint, *complaint.split(), "content_sha256", "received_at", "created_at"),
            Copied(Case, *case.split()),
            Copied(CaseComplaint, "id", "case_id", "complaint_id"),
            Copied(Deadline, *deadline.split()),
            Copied(Event, "type", "subject", "actor", "at", "facts"),
        )

    def _life(self, number: int) -> Life:
        """The newest are mostly open; of the old ones a few have been left lying."""
        age = timedelta(days=YEARS * 365) * (1 - (number / self.cases) ** 0.8)
        received = (self.now - age).replace(microsecond=self.chance.randrange(1_000_000))
        if self.chance.random() < (0.85 if age.days < 30 else 0.25 if age.days < 60 else self.lingering):
            status = self.opened() if age.days >= 6 else self.chance.choice([Status.TRIAGE, Status.DISPATCHED, Status.RECEIVED])
            left = 3 if status == Status.TRIAGE else 30
            due = None if self.chance.random() < 0.02 else clock.midnight(clock.day_of(received) + timedelta(days=left + 1))
            return Life(status, received, None, due)
        closed = min(received + timedelta(days=self.chance.expovariate(1 / 18)), self.now)
        return Life(self.end(), received, closed, None)

    def _case(
        self, pk: int, people: Copied, complaints: Copied, cases: Copied, links: Copied, deadlines: Copied, events: Copied
    ) -> None:
        life, agency, channel, category = self._life(pk), self.agency(), self.channel(), self.chance.randrange(1, 8)
        title, text = self.author.title(), self.author.text()
        number, person, kind = self._number(life.received), None, self.kind()
        if self.chance.random() < 0.7:
            person = uuid.UUID(int=pk)
            people.add(person, r"\\x00", f"{text[:1]}**", "138****0000", life.received)
        complaints.add(
            *(pk, uuid.UUID(int=(1 << 100) + pk), number, title, text, r"\\x00", kind),
            *("real_name" if person else "anonymous", person, channel, agency, category, "0" * 64, life.received, life.received),
        )
        with_agency = agency if life.status not in {Status.TRIAGE, Status.DECLINED, Status.WITHDRAWN, Status.HANDLING} else None
        handler = None if life.status in {Status.TRIAGE, Status.WITHDRAWN} else self.chance.randrange(1, HANDLERS + 1)
        mode = "" if handler is None else Mode.ASSIGN if with_agency else Mode.HANDLE
        finding = self.chance.choice(Finding.values) if life.status == Status.CLOSED else ""
        due_on = clock.day_of(life.due) - timedelta(days=1) if life.due else None
        cases.add(
            *(pk, number, title, life.status, channel, category, agency, self.case_class(), mode, with_agency, handler, finding),
            "不属于受理范围。" if life.status == Status.DECLINED else "",
            life.closed if life.status == Status.WITHDRAWN else None,
            *(life.received, life.received, life.closed, due_on, life.due),
            None if handler is None or life.status == Status.DECLINED else life.received,
            *((life.closed, "已办理。") if life.status == Status.CLOSED else (None, "")),
            *(self.policy if life.due else None, [kind]),
        )
        links.add(pk, pk, pk)
        self._limit(pk, life, due_on, deadlines)
        events.add("complaint.lodged", f"complaint:{pk}", "citizen", life.received, {})
        events.add("case.opened", f"case:{pk}", "system", life.received, {})

    def _limit(self, pk: int, life: Life, due_on: date | None, deadlines: Copied) -> None:
        """One limit each; the reminder of an open one lies in the far future, so that a sweep finds what it is given."""
        step = _STEPS.get(Status(life.status), Step.FINISH)
        started = clock.day_of(life.received)
        ends = due_on or started + timedelta(days=30)
        silent = life.closed or (life.received if life.due is None else None)
        reminder = None if silent else datetime(2090, 1, 1, tzinfo=UTC)
        due_at = clock.midnight(ends + timedelta(days=1))
        deadlines.add(pk, pk, step, started, ends, due_at, self.policy, reminder, silent, life.received, {})

    def _number(self, received: datetime) -> str:
        year = clock.day_of(received).year
        self.serial[year] = self.serial.get(year, 0) + 1
        return f"{year}-{self.serial[year]:04d}"

    def _go_on_counting(self) -> None:
        """New rows begin where the loaded ones end."""
        with connection.cursor() as cursor:
            for model in (Case, CaseComplaint, Deadline, Complaint, User, Agency):
                table = model._meta.db_table
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608 names of our own tables
