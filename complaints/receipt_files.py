"""The receipt as a file: one A4 page of PDF, drawn when it is asked for and kept nowhere (docs/adr/0015-rights.md)."""

import io
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

import segno
from django.utils.translation import get_language, gettext
from reportlab.lib import textsplit
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from core.templatetags.portal import day, file_size, moment

from .identifying import in_words
from .receipts import Receipt, tracking_address

_FONT = "STSong-Light"  # one of Adobe's fonts that every reader of PDF has or replaces; so no font file is needed
_FIGURES = "Courier-Bold"
_FINE = "Courier"
_INK, _GREY, _RULE, _SEAL = HexColor("#1b1f24"), HexColor("#5f656d"), HexColor("#e2dfd8"), HexColor("#a63422")
_WIDTH = A4[0] - 40 * mm
_MARGIN = 20 * mm - 6  # the frame adds six points of its own, tables do not
_QR_SIDE = 30 * mm

pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
textsplit.ALL_CANNOT_START += "，：；？！"  # the library knows only the Japanese signs that no line may begin with


def _style(name: str, size: float, leading: float, *, colour: Any = _INK, font: str = _FONT, before: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=colour,
        spaceBefore=before,
        splitLongWords=1,
    )


_TITLE = _style("title", 19, 24)
_LEAD = _style("lead", 11, 16)
_HEADING = _style("heading", 12, 16, before=10)
_TEXT = _style("text", 10.5, 15)
_NOTE = _style("note", 9, 12.5, colour=_GREY)
_KEY = _style("key", 20, 25, font=_FIGURES)
_PRINT = _style("print", 8, 10.5, colour=_GREY, font=_FINE)


class _Seal(Flowable):  # type: ignore[misc] # the package carries no types
    """The office's mark: three strokes cut out of a square."""

    def __init__(self, side: float = 11 * mm) -> None:
        super().__init__()
        self.width = self.height = side

    def draw(self) -> None:
        """Draw it."""
        side, pen = self.width, self.canv
        pen.setFillColor(_SEAL)
        pen.roundRect(0, 0, side, side, side / 11, stroke=0, fill=1)
        pen.setStrokeColor(HexColor("#ffffff"))
        pen.setLineWidth(side / 9)
        for place in (0.27, 0.5, 0.73):
            pen.line(side * place, side * 0.22, side * place, side * 0.78)


class _Qr(Flowable):  # type: ignore[misc] # the package carries no types
    """The address of the tracking page with the number, as dark squares; the code must still be typed."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
        self.width = self.height = _QR_SIDE

    def draw(self) -> None:
        """Draw it."""
        size = _QR_SIDE / len(self.rows)
        self.canv.setFillColor(_INK)
        for down, row in enumerate(self.rows, start=1):
            for right, is_dark in enumerate(row):
                if is_dark:
                    self.canv.rect(right * size, _QR_SIDE - down * size, size, size, stroke=0, fill=1)


def pdf_of(receipt: Receipt, office: Mapping[str, str]) -> bytes:
    """Draw the receipt in the reader's language; `office` holds the names that pages show."""
    out = io.BytesIO()
    title = gettext("Receipt for your %(kind)s") % {"kind": receipt.kind}
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=16 * mm,
        bottomMargin=16 * mm,
        title=f"{title} {receipt.complaint.number}",
        author=office["name"],
        subject=title,
        creator=office["name"],
        invariant=1,  # the same receipt is the same file: no date of making, no random name
    )
    document.build(list(_story(receipt, office, title)))
    return out.getvalue()


def file_name(receipt: Receipt) -> str:
    """Return the name under which it is saved; it says no more than the number."""
    return gettext("receipt %(number)s.pdf") % {"number": receipt.complaint.number}


def _story(receipt: Receipt, office: Mapping[str, str], title: str) -> Iterable[Flowable]:
    yield _head(office, title)
    yield Spacer(0, 10)
    lead = gettext("We have received your %(kind)s. Keep what stands below; you need it to look it up.")
    yield _line(lead % {"kind": receipt.kind}, _LEAD)
    yield Spacer(0, 8)
    yield _keys(receipt)
    yield Spacer(0, 8)
    yield _facts(receipt)
    if receipt.to_confirm:
        yield Spacer(0, 6)
        yield from (_line(words, _TEXT) for words in in_words(receipt.to_confirm, office))
    yield from _next(receipt)
    yield from _prints(receipt)
    yield HRFlowable(width="100%", thickness=0.5, color=_RULE, spaceBefore=10, spaceAfter=6)
    facts = {"site": receipt.address, "hotline": office["hotline"], "hours": office["hours"]}
    yield _line(gettext("Look it up at %(site)s or call %(hotline)s (working days %(hours)s).") % facts, _NOTE)
    heard = gettext("If %(day)s has passed without news, call %(hotline)s and give the number.")
    yield _line(heard % {"day": day(receipt.accept_by.due_on), "hotline": office["hotline"]}, _NOTE)


def _head(office: Mapping[str, str], title: str) -> Flowable:
    words = [_line(office["name"], _NOTE), _line(title, _TITLE)]
    return _plain_table([[_Seal(), words]], [15 * mm, _WIDTH - 15 * mm], ("VALIGN", (0, 0), (-1, -1), "MIDDLE"))


def _keys(receipt: Receipt) -> Flowable:
    words: list[Flowable] = []
    for key in receipt.keys:
        words += [_line(key["label"], _NOTE), _line(key["value"], _KEY), Spacer(0, 3)]
    qr = _Qr(f"{tracking_address()}?number={receipt.complaint.number}")
    lines = [("LINEABOVE", (0, 0), (-1, 0), 0.5, _RULE), ("LINEBELOW", (0, 0), (-1, -1), 0.5, _RULE)]
    padding = [("TOPPADDING", (0, 0), (-1, -1), 8), ("BOTTOMPADDING", (0, 0), (-1, -1), 8)]
    return _plain_table([[words, qr]], [_WIDTH - _QR_SIDE, _QR_SIDE], *lines, *padding)


def _facts(receipt: Receipt) -> Flowable:
    rows = [
        [_line(fact["term"], _NOTE), _line(" · ".join(filter(None, [fact["value"], fact.get("note")])), _TEXT)]
        for fact in receipt.facts
    ]
    return _plain_table(rows, [32 * mm, _WIDTH - 32 * mm])


def _next(receipt: Receipt) -> Iterable[Flowable]:
    rows = []
    for step in receipt.next_steps:
        words = [_line(step["title"], _TEXT)] + ([_line(step["text"], _NOTE)] if step.get("text") else [])
        rows.append([_line(step.get("when", ""), _NOTE), words])
    heading = _line(gettext("What happens next"), _HEADING)
    yield KeepTogether([heading, Spacer(0, 4), _plain_table(rows, [62 * mm, _WIDTH - 62 * mm])])
    yield Spacer(0, 2)
    yield _line(receipt.accept_sum, _NOTE)


def _prints(receipt: Receipt) -> Iterable[Flowable]:
    if receipt.files:
        yield _line(gettext("Evidence, each with its fingerprint (SHA-256)"), _HEADING)
        yield Spacer(0, 3)
    for file in receipt.files:
        added = gettext("added %(at)s") % {"at": moment(file.added_at)} if file.added_at else ""
        about = " · ".join(part for part in (file_size(file.size), added) if part)
        yield KeepTogether([_line(f"{file.name} · {about}", _NOTE), _line(file.sha256, _PRINT), Spacer(0, 2)])
    words = gettext("Fingerprint (SHA-256) of what was filed. It shows later that nothing was changed:")
    yield KeepTogether([Spacer(0, 6), _line(words, _NOTE), _line(receipt.complaint.content_sha256, _PRINT)])


def _plain_table(rows: list[list[Any]], widths: list[float], *commands: Any) -> Table:
    """Lay things out in columns without lines of their own."""
    table = Table(rows, colWidths=widths)
    plain = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    plain += [("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)]
    table.setStyle(TableStyle([*plain, *commands]))
    return table


def _line(words: object, style: ParagraphStyle) -> Paragraph:
    """Set words as they are: nothing in a name or a file name is markup."""
    wrapping = "CJK" if (get_language() or "").startswith("zh") else None  # Chinese may break anywhere, English between words
    return Paragraph(escape(str(words)), ParagraphStyle(style.name, parent=style, wordWrap=wrapping))
