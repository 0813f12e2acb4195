"""Reads what a letter is made from: the rows of its case, the template in use, and the series of its numbers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from cases.models import Case, Deadline, Extension, Letter, LetterSeries, LetterTemplate, Report
from cases.workflow import Refused, Step
from complaints.receipts import tracking_address
from core import calendars, files
from core.models import DeadlinePolicy

from . import builtin, context
from .context import Sources, Value
from .kinds import LetterKind
from .placeholders import BODY, BODY_NEEDED, Placeholder, placeholders_of
from .words import default_prefix

_EXTENSION = "extension"
_GAP = "＿＿＿＿"


class TemplateAway(Refused):
    """The template waits for the virus scanner, or was found to be harmful."""


@dataclass(frozen=True)
class InUse:
    """The template of a kind that letters are made from now; `row` is None for the portal's own."""

    row: LetterTemplate | None
    content: bytes


def sources_of(letter: Letter, day: date) -> Sources:
    """Read what the letter is made from, as things stand on the day; seven queries at most."""
    case: Case = letter.case
    steps: dict[str, Deadline] = {}
    for deadline in Deadline.objects.filter(case=case).order_by("pk"):
        steps[deadline.step] = deadline
    assignment = case.assignments.filter(agency=letter.agency_id).first() if letter.agency_id else None
    reports = case.reports.filter(decision=Report.Decision.APPROVED)
    return Sources(
        letter=letter,
        case=case,
        complaint=letter.complaint,
        agency=letter.agency,
        assignment=assignment,
        deadlines=steps,
        report=reports.order_by("pk").last() if letter.kind == LetterKind.CLOSING else None,
        extension=_extension(letter) if letter.kind == LetterKind.EXTENSION else None,
        finish=_policy(Step.FINISH, day, case.case_class),
        review=_policy("ask_review", day) if letter.kind == LetterKind.REPLY else None,
        calendar=calendars.work_calendar(),
        site=tracking_address(),
    )


def in_use(kind: str) -> InUse:
    """Return the template that letters of a kind are made from. Raises TemplateAway."""
    row = LetterTemplate.objects.select_related("file").filter(kind=kind, is_active=True).first()
    return InUse(row, content_of(row) if row else builtin.template_of(kind))


def content_of(template: LetterTemplate) -> bytes:
    """Return the Word file of a version. Raises TemplateAway."""
    try:
        return files.clean_copy(template.file)
    except files.NotViewable as error:
        raise TemplateAway(str(template.file.get_state_display())) from error


def missing_in(sources: Sources, values: dict[str, Value], used: Collection[str]) -> list[Placeholder]:
    """Return what the letter lacks of that which its template uses; what another template would ask for does not matter."""
    known = placeholders_of(sources.letter.kind)
    lacking = [known[name] for name in known if name in used and values.get(name) is None]
    if sources.letter.kind in BODY_NEEDED and not (values.get(BODY) or "").strip():
        lacking.append(known[BODY])
    return lacking


def prefix_of(kind: str) -> str:
    """Return what stands before the year in the numbers of a kind."""
    row = LetterSeries.objects.filter(kind=kind).first()
    return row.prefix if row else default_prefix(kind, settings.OFFICE["sign"])


def prefixes() -> dict[LetterKind, str]:
    """Return it for every kind; one query."""
    chosen = dict(LetterSeries.objects.values_list("kind", "prefix"))
    return {kind: chosen.get(kind, default_prefix(kind, settings.OFFICE["sign"])) for kind in LetterKind}


def is_out_of_place(letter: Letter) -> bool:
    """Tell whether the complaint that the letter is about has gone to another case since it was drafted."""
    return letter.complaint_id is not None and not letter.case.links.filter(complaint=letter.complaint_id).exists()


def masked_values(sources: Sources, *, number: str, day: date) -> dict[str, Value]:
    """Return the values with the complainant's name masked, for every page and file of a draft."""
    return context.values_of(sources, number=number, day=day, addressee=context.masked_addressee(sources))


def with_gaps(values: dict[str, Value]) -> dict[str, str]:
    """Return the values as a draft shows them: a gap to fill in where something is missing."""
    return {name: _GAP if value is None else value for name, value in values.items()}


def _extension(letter: Letter) -> Extension | None:
    """The extension that called for the letter, or the latest that was given."""
    given = Extension.objects.filter(deadline__case=letter.case, decision=Extension.Decision.APPROVED).order_by("pk")
    step, _colon, rest = letter.cause.partition(":")
    pk = rest.partition(":")[0]
    return given.filter(pk=pk).first() if step == _EXTENSION and pk.isdigit() else given.last()


def _policy(step: str, day: date, case_class: str = calendars.ORDINARY) -> DeadlinePolicy | None:
    try:
        return calendars.policy_for(step, day, case_class)
    except calendars.PolicyMissing:
        return None
