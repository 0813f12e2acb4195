"""Dispositions and rectification as the office's sheet and the agency's page show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from agencies.models import Agency, MeasureClause
from cases import permissions
from cases.actions import found_at_fault
from cases.inquiry.reading import FileLine, file_line
from cases.inquiry.rules import place_of
from cases.models import Assignment, Case, Disposition, Rectification, RectificationAnswer, RectificationProof
from core import clock
from core.models import StoredFile


@dataclass(frozen=True)
class DispositionLine:
    """One disposition, and whether the reader may decide on it; `told`: whether the agency is told through the portal."""

    row: Disposition
    may_decide: bool
    told: bool


@dataclass(frozen=True)
class AnswerLine:
    """One answer of the agency with its files."""

    row: RectificationAnswer
    proofs: list[FileLine]


@dataclass(frozen=True)
class RectificationLine:
    """One rectification: the demand, the answers, and what the reader can do."""

    row: Rectification
    answers: list[AnswerLine]
    may_judge: bool
    may_answer: bool

    @property
    def waits_for_office(self) -> bool:
        """Whether an answer is to be judged."""
        return any(not answer.row.verdict for answer in self.answers)


@dataclass(frozen=True)
class Redress:
    """What follows from the finding on a case."""

    dispositions: list[DispositionLine]
    rectifications: list[RectificationLine]
    may_propose: bool
    may_demand: bool


def redress(case: Case, user: User) -> Redress:
    """Read it for the office."""
    rows = Rectification.objects.filter(case=case).for_list()
    rectifications = [_line(row, judges=permissions.can_judge_rectification(user, row)) for row in rows]
    dispositions = list(Disposition.objects.filter(case=case).for_list())
    told = set(case.assignments.values_list("agency_id", flat=True)) if dispositions else set()
    running = any(line.row.accepted_at is None for line in rectifications)
    return Redress(
        dispositions=[
            DispositionLine(
                row,
                not row.decision and permissions.can_decide_disposition(user, row),
                bool({row.agency_id, row.agency.parent_id} & told),
            )
            for row in dispositions
        ],
        rectifications=rectifications,
        may_propose=permissions.can_propose_disposition(user, case) and found_at_fault(case),
        may_demand=permissions.can_demand_rectification(user, case) and not running,
    )


def rectifications_for_agency(assignment: Assignment, user: User) -> list[RectificationLine]:
    """Return what the agency must put right, or has."""
    rows = Rectification.objects.filter(assignment=assignment).for_list()
    return [_line(row, answers=permissions.can_answer_rectification(user, row)) for row in rows]


def dispositions_for_agency(assignment: Assignment) -> list[Disposition]:
    """Return what was decided against the agency or its sections in the case; what is only proposed is the office's own."""
    rows = Disposition.objects.filter(case=assignment.case_id, decision=Disposition.Decision.APPROVED).for_list()
    return [row for row in rows if assignment.agency_id in {row.agency_id, row.agency.parent_id}]


def agencies_of(case: Case) -> list[Agency]:
    """Return the agencies that exist, those of the case first."""
    first = [pk for pk in (case.respondent_agency_id, case.agency_id) if pk]
    rows = list(Agency.objects.open().for_list())
    return sorted(rows, key=lambda one: one.pk not in first)


def assignments_of(case: Case) -> Iterable[Assignment]:
    """Return what went to agencies."""
    return case.assignments.select_related("agency", "case").prefetch_related("disclosures")


def clauses_today() -> list[MeasureClause]:
    """Return the clauses in force today, those of one document in their order."""
    rows = list(MeasureClause.objects.in_force(clock.today()).for_list())
    documents = list(dict.fromkeys(row.measure_id for row in rows))
    return sorted(rows, key=lambda row: (documents.index(row.measure_id), place_of(row.number)))


def proof_of(rectifications: Iterable[int], pk: int) -> StoredFile | None:
    """Return a file that proves one of these rectifications, if anybody may open it."""
    proof = RectificationProof.objects.select_related("file").filter(answer__rectification__in=rectifications, pk=pk).first()
    return proof.file if proof and proof.file.is_viewable else None


def waiting(assignment: Assignment) -> Rectification | None:
    """Return what the agency must answer now; nothing while the office looks at an answer."""
    row = Rectification.objects.open().filter(assignment=assignment).for_list().first()
    return row if row and not any(not answer.verdict for answer in row.answers.all()) else None


def line_of(row: Rectification) -> RectificationLine:
    """Return one rectification as a page about it shows it; `row` comes from `for_list()`."""
    return _line(row)


def _line(row: Rectification, *, judges: bool = False, answers: bool = False) -> RectificationLine:
    found = sorted(row.answers.all(), key=lambda answer: answer.pk)
    open_answer = any(not answer.verdict for answer in found)
    return RectificationLine(
        row=row,
        answers=[AnswerLine(answer, [file_line(one.pk, one.file) for one in answer.proofs.all()]) for answer in found],
        may_judge=judges and open_answer,
        may_answer=answers and row.accepted_at is None and not open_answer,
    )
