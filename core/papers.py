"""A Word document as a page of the portal: its paragraphs and tables with the little of their form that a reader needs."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

_TITLE, _HEAD, _NOTE = Pt(18), Pt(28), Pt(13)
_SIDES = {WD_ALIGN_PARAGRAPH.CENTER: "centre", WD_ALIGN_PARAGRAPH.RIGHT: "right"}


@dataclass(frozen=True)
class Block:
    """One paragraph (`text`, and `form`: words for the style sheet) or one table (`rows`)."""

    text: str = ""
    form: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def paper_of(document: bytes) -> list[Block]:
    """Return what stands in the body of a document, in order; empty paragraphs are left out."""
    opened: Opened = Document(io.BytesIO(document))
    return list(_blocks(opened))


def _blocks(opened: Opened) -> Iterator[Block]:
    for part in opened.iter_inner_content():
        if isinstance(part, Table):
            yield Block(rows=tuple(tuple(cell.text for cell in row.cells) for row in part.rows))
        elif part.text.strip():
            yield Block(text=part.text, form=_form(part))


def _form(paragraph: Paragraph) -> str:
    """Say how it stands: which side, how large, whether red or bold, whether its first line is set in."""
    sizes = [run.font.size for run in paragraph.runs if run.font.size]
    size = max(sizes, default=Pt(16))
    side = _SIDES.get(paragraph.alignment) if paragraph.alignment is not None else None
    words = [f"paper-{side}"] if side else []
    words += ["paper-head"] if size >= _HEAD else ["paper-title"] if size >= _TITLE else ["paper-note"] if size < _NOTE else []
    colours = {str(run.font.color.rgb) for run in paragraph.runs if run.font.color and run.font.color.rgb}
    words += ["paper-red"] if any(_is_red(colour) for colour in colours) else []
    words += ["paper-bold"] if any(run.bold or run.font.name == "黑体" for run in paragraph.runs) else []
    if not side and "firstLine" in paragraph._p.xml.split("<w:r>", 1)[0]:
        words.append("paper-indent")
    return " ".join(words)


def _is_red(colour: str) -> bool:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return red > 150 and max(green, blue) < 90
