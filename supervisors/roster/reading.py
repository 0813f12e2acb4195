"""What the pages of the roster show."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.models import User
from cases.desk.exporting import defused
from cases.importing import tables
from cases.importing.refusals import FileRefused
from supervisors import actions, certificates, permissions
from supervisors.models import Supervisor, Term
from supervisors.querysets import SupervisorQuerySet, covers

from . import sheet_rows, verifying

_BATCH = 500
LOOKS = ("serving", "suspended", "ending", "over")


@dataclass(frozen=True)
class Line:
    """One supervisor in a list: the term that counts, and a word for the standing."""

    row: Supervisor
    term: Term | None
    standing: str  # serving, suspended, future, over or none
    days_left: int


def line_of(row: Supervisor, today: date) -> Line:
    """Tell how somebody stands on a day; reads what `for_list` fetched."""
    terms = row.terms_newest_first
    running = next((one for one in terms if one.since <= today <= (one.ended_on or one.until)), None)
    term = running or (terms[0] if terms else None)
    if term is None:
        return Line(row, None, "none", 0)
    last = term.ended_on or term.until
    if running is None:
        return Line(row, term, "future" if term.since > today else "over", (last - today).days)
    away = any(one.from_on <= today and (one.until_on is None or one.until_on > today) for one in row.suspensions.all())
    return Line(row, term, "suspended" if away else "serving", (last - today).days)


def listed(user: User, asked: dict[str, str], today: date) -> SupervisorQuerySet:
    """Return the supervisors that a list asks for: `kind`, `look`, and words `q` of a name or certificate number."""
    rows = Supervisor.objects.visible_to(user).for_list()
    if asked.get("kind") in Supervisor.Kind.values:
        rows = rows.filter(kind=asked["kind"])
    if words := asked.get("q", "").replace("\x00", "").strip()[:40]:
        rows = rows.filter(Q(user__full_name__icontains=words) | Q(terms__certificate_number__icontains=words)).distinct()
    return _narrowed(rows, asked.get("look", ""), today)


def _narrowed(rows: SupervisorQuerySet, look: str, today: date) -> SupervisorQuerySet:
    covered = Term.objects.filter(covers(today)).values("supervisor")
    if look == "serving":
        return rows.serving(today)
    if look == "suspended":
        return rows.filter(pk__in=covered).exclude(pk__in=Supervisor.objects.serving(today).values("pk"))
    if look == "ending":
        ends = Term.objects.ending(today, date.fromordinal(today.toordinal() + 60))
        return rows.filter(pk__in=ends.values("supervisor"))
    return rows.exclude(pk__in=covered) if look == "over" else rows


def detail_page(row: Supervisor, user: User, today: date) -> dict[str, Any]:
    """Return what the office's page of one supervisor shows."""
    line = line_of(row, today)
    return {
        "line": line,
        "row": row,
        "today": today,
        "terms": list(row.terms.order_by("-since").select_related("ended_by")),
        "interests": list(row.interests.filter(ended_at__isnull=True).select_related("agency").order_by("pk")),
        "has_confirmed": row.confirmations.filter(year=today.year).exists(),
        "suspension": row.suspensions.filter(ended_at__isnull=True).first(),
        "appraisals": list(row.appraisals.order_by("-year")[:6]),
        "tasks": list(row.tasks.order_by("-pk")[:10]),
        "logs": list(row.duty_logs.order_by("-day", "-pk")[:10]),
        "links": links_of(line, user),
    }


def links_of(line: Line, user: User) -> list[dict[str, Any]]:
    """Return what somebody can do on that page."""
    row, ways = line.row, [("report", _("The year in figures"))]
    if permissions.can_judge(user, row):
        ways += [("task", _("Set a task"))] if line.standing == "serving" else []
        ways += [("appraise", _("Appraise a year"))]
    if permissions.can_change_standing(user, row):
        if line.standing in {"serving", "suspended"}:
            ways += [("resume", _("End the suspension"))] if line.standing == "suspended" else [("suspend", _("Suspend"))]
            ways += [("leave", _("Resignation or dismissal"))]
        ways += [] if line.standing == "suspended" else [("renew", _("Renew"))]
    urgent = "renew" if line.standing in {"serving", "over"} and line.days_left <= 60 else "task"
    return [
        {"url": reverse(f"supervisors:{name}", args=[row.pk]), "title": title, "primary": name == urgent} for name, title in ways
    ]


def paper_of(term: Term) -> dict[str, Any]:
    """Return what a certificate or a card shows."""
    return {
        "term": term,
        "row": term.supervisor,
        "qr": verifying.drawing_of(term),
        "address": certificates.address_of(term.code),
        "code": certificates.shown_code(term.code),
    }


def imported(file: UploadedFile[bytes], *, dry_run: bool, by: User, at: datetime) -> sheet_rows.Report:
    """Read an uploaded roster and take it in, or only look. Raises SheetRefused."""
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            table = tables.read(Path(copy.name))
        except FileRefused as refusal:
            raise sheet_rows.SheetRefused(str(refusal)) from refusal
    entries, refused = sheet_rows.read(table)
    return actions.import_roster(entries, refused, by=by, dry_run=dry_run, at=at)


def exported(rows: SupervisorQuerySet, *, by: User, at: datetime, asked: list[str]) -> IO[bytes]:
    """Write the roster to a workbook on the disk, batch by batch, log it, and return it open at its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(_("Supervisors")))
    sheet.freeze_panes = "B2"
    sheet.append(sheet_rows.headings())
    count = 0
    for row in _walked(rows):
        sheet.append([defused(cell) for cell in sheet_rows.cells_of(row)])
        count += 1
    actions.note_export(by=by, at=at, facts={"rows": count, "filters": asked})
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return file


def _walked(rows: SupervisorQuerySet) -> Iterator[Supervisor]:
    """Yield all rows by key, a batch at a time, so that memory stays the same."""
    last: int | None = None
    while batch := list((rows.filter(pk__lt=last) if last else rows)[:_BATCH]):
        yield from batch
        last = batch[-1].pk


def lines(rows: Iterable[Supervisor], today: date) -> list[Line]:
    """Return a page's rows as lines."""
    return [line_of(row, today) for row in rows]
