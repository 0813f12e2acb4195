"""What the inquiry sheet of a case shows, and what its pages find by id; nothing of it leaves the office."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import OFFICE
from cases import permissions
from cases.models import Allegation, Case, Cost, InvestigationRecord, Note, RecordEvidence, Recusal
from cases.querysets import involved_in, recused_from
from cases.sheets import Head, head_of
from cases.workflow import Finding
from core import files
from core.models import StoredFile
from core.templatetags.portal import day_week

from .rules import overall

_LONGEST_ID = 12


@dataclass(frozen=True)
class FileLine:
    """One stored file as a list shows it; `pk` is by what its page finds it."""

    pk: int
    name: str
    media_type: str
    size: int
    is_viewable: bool
    is_locked: bool
    standing: str

    @property
    def is_picture(self) -> bool:
        """Whether the icon is a picture's."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class EvidenceLine:
    """One numbered item of a record."""

    row: RecordEvidence
    file: FileLine | None


@dataclass(frozen=True)
class RecordLine:
    """One record: what it rests on, who has signed, what the reader can do with it."""

    row: InvestigationRecord
    signed: list[str]
    waiting: list[str]
    evidence: list[EvidenceLine]
    may_sign: bool
    may_change: bool
    may_correct: bool
    is_replaced: bool


@dataclass(frozen=True)
class AllegationLine:
    """One allegation and whether the reader may decide on it."""

    row: Allegation
    may_decide: bool


@dataclass(frozen=True)
class Allegations:
    """The allegations of a case, and what their findings come to."""

    lines: list[AllegationLine]
    overall: Finding | None
    may_split: bool

    @property
    def counted(self) -> list[Allegation]:
        """Those that were not struck out."""
        return [line.row for line in self.lines if line.row.struck_at is None]

    @property
    def undecided(self) -> int:
        """How many have no finding yet."""
        return sum(not row.finding for row in self.counted)


@dataclass(frozen=True)
class CostLine:
    """One entry, in hours or yuan as people write them; `left`: what corrections have left of it."""

    row: Cost
    amount: str
    may_correct: bool


@dataclass(frozen=True)
class Total:
    """What was spent on one kind: hours, or yuan."""

    label: str
    amount: str
    is_time: bool


@dataclass(frozen=True)
class Recused:
    """Who must stay away: by a row that can be lifted, or (`row` None) by a post that he holds in an agency of the case."""

    name: str
    row: Recusal | None
    is_handler: bool
    may_lift: bool


@dataclass(frozen=True)
class InquirySheet:
    """All that the office keeps about its own work on a case."""

    head: Head
    allegations: Allegations
    records: list[RecordLine]
    notes: list[Note]
    costs: list[CostLine]
    totals: list[Total]
    recused: list[Recused]
    lifted: list[Recusal]
    may_record: bool
    may_order: bool
    colleagues: list[User]

    @property
    def money(self) -> str:
        """All expenses in yuan, where there are several kinds of them."""
        several = sum(not total.is_time for total in self.totals) > 1
        return amount_words(Cost.Kind.OTHER, sum(line.row.fen for line in self.costs)) if several else ""


def sheet(case: Case, user: User) -> InquirySheet:
    """Read the sheet; `case` comes with its agencies and its handler."""
    costs = list(case.costs.select_related("spent_by", "entered_by", "corrects").order_by("spent_on", "pk"))
    recusals = list(Recusal.objects.filter(case=case).for_list())
    return InquirySheet(
        head=head_of(case, "inquiry"),
        allegations=allegations(case, user),
        records=[record_line(row, user) for row in InvestigationRecord.objects.filter(case=case).for_list()],
        notes=list(case.notes.select_related("written_by", "mentioned").order_by("pk")),
        costs=[_cost_line(row, costs) for row in costs],
        totals=_totals(costs),
        recused=_recused(case, [row for row in recusals if row.lifted_at is None], user),
        lifted=[row for row in recusals if row.lifted_at is not None],
        may_record=permissions.can_record(user, case),
        may_order=permissions.can_order_recusal(user, case),
        colleagues=colleagues(case),
    )


def colleagues(case: Case) -> list[User]:
    """Return the people of the office who see the case; one query."""
    people = User.objects.filter(is_active=True, roles__overlap=[role.value for role in OFFICE])
    return list(people.exclude(recused_from(case)).order_by("pk"))


def allegations(case: Case, user: User) -> Allegations:
    """Return the allegations of a case; one query."""
    rows = list(case.allegations.select_related("decided_by", "struck_by").order_by("number"))
    may = permissions.can_decide_allegations(user, case)
    lines = [AllegationLine(row, may and row.struck_at is None) for row in rows]
    return Allegations(lines, overall(row.finding for row in rows if row.struck_at is None), may)


def allegation(case: Case, pk: int) -> Allegation | None:
    """Return an allegation of the case that was not struck out."""
    return case.allegations.filter(pk=pk, struck_at__isnull=True).first()


def cost(case: Case, pk: int) -> Cost | None:
    """Return an entry of the case that can be corrected."""
    row = case.costs.prefetch_related("corrections").filter(pk=pk, corrects__isnull=True).first()
    return row if row and sum(one.minutes + one.fen for one in (row, *row.corrections.all())) > 0 else None


def record_line(row: InvestigationRecord, user: User) -> RecordLine:
    """Return a record as its page shows it; `row` comes from `for_list()`, so nothing is asked for."""
    signatures = sorted(row.signatures.all(), key=lambda one: one.pk)
    complete = row.completed_at is not None
    return RecordLine(
        row=row,
        signed=[one.investigator.full_name for one in signatures if one.signed_at],
        waiting=[one.investigator.full_name for one in signatures if not one.signed_at],
        evidence=[
            EvidenceLine(one, file_line(one.pk, one.file) if one.file else None)
            for one in sorted(row.evidence.all(), key=_number)
        ],
        may_sign=permissions.can_sign(user, row),
        may_change=permissions.can_change_record(user, row),
        may_correct=complete and permissions.can_record(user, row.case),
        is_replaced=bool(row.replaced_by.all()),
    )


def file_line(pk: int, stored: StoredFile) -> FileLine:
    """Return a stored file under the name it was uploaded with."""
    return FileLine(
        pk=pk,
        name=files.name_of(stored),
        media_type=stored.media_type,
        size=stored.size,
        is_viewable=stored.is_viewable,
        is_locked=stored.state == StoredFile.State.INFECTED,
        standing=str(StoredFile.State(stored.state).label),
    )


def evidence_file(record: InvestigationRecord, pk: int) -> StoredFile | None:
    """Return the file of an item of the record, if anybody may open it."""
    item = record.evidence.select_related("file").filter(pk=pk, file__isnull=False).first()
    return item.file if item and item.file and item.file.is_viewable else None


def complete_record(case: Case, pk: str) -> InvestigationRecord | None:
    """Return the complete record of the case that an address names, to be corrected by a new one."""
    rows = InvestigationRecord.objects.filter(case=case, completed_at__isnull=False).for_list()
    return rows.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) <= _LONGEST_ID else None


def entry_words(row: Cost) -> str:
    """Say what an entry was for, and how much of it is left."""
    left = sum(one.minutes + one.fen for one in (row, *row.corrections.all()))
    return _("%(kind)s, %(day)s; what is left of it: %(amount)s") % {
        "kind": row.get_kind_display(),
        "day": day_week(row.spent_on),
        "amount": amount_words(row.kind, left),
    }


def amount_words(kind: str, amount: int) -> str:
    """Write minutes as hours, and fen as yuan."""
    return f"{amount / 60:.2f}".rstrip("0").rstrip(".") if kind == Cost.Kind.WORK else f"{amount / 100:.2f}"


def _number(item: RecordEvidence) -> int:
    return item.number


def _cost_line(row: Cost, rows: Iterable[Cost]) -> CostLine:
    amount = row.minutes + row.fen
    left = amount + sum(one.minutes + one.fen for one in rows if one.corrects_id == row.pk)
    return CostLine(row, amount_words(row.kind, amount), row.corrects_id is None and left > 0)


def _totals(rows: list[Cost]) -> list[Total]:
    """Return the sum of each kind that there is; time and money are never added."""
    kinds = [kind for kind in Cost.Kind if any(row.kind == kind for row in rows)]
    return [
        Total(
            str(kind.label),
            amount_words(kind, sum(row.minutes + row.fen for row in rows if row.kind == kind)),
            is_time=kind == Cost.Kind.WORK,
        )
        for kind in kinds
    ]


def _recused(case: Case, rows: list[Recusal], user: User) -> list[Recused]:
    """Return who is recused by word or order, and whom a post keeps away; two queries."""
    placed = {row.user_id for row in rows}
    lines = [Recused(row.user.full_name, row, False, permissions.can_lift_recusal(user, row)) for row in rows]
    posts = User.objects.filter(involved_in(case)).exclude(pk__in=placed).order_by("pk")
    return lines + [Recused(one.full_name, None, one.pk == case.handler_id, False) for one in posts]
