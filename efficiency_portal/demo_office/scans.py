"""Draws what stands in for the stamped scan of a report in the demo: a sheet with lines and a seal, plainly invented."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from core import files
from core.files import Examined
from core.models import StoredFile

_WIDTH, _HEIGHT, _MARGIN = 620, 877, 70
_INK, _SEAL = (70, 74, 80), (196, 48, 36)


def stamped_scan(*, at: datetime) -> StoredFile:
    """Keep one such sheet."""
    return files.store(replace(_examined(), key=uuid4()), at=at)


@cache
def _examined() -> Examined:
    return files.examine(SimpleUploadedFile("核查报告（演示，非真实文件）.png", _sheet(), content_type="image/png"))


def _sheet() -> bytes:
    sheet = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((_WIDTH // 2 - 90, 90, _WIDTH // 2 + 90, 108), fill=_INK)
    for number in range(18):
        end = _WIDTH - _MARGIN - (160 if number % 6 == 5 else 0)
        pen.line((_MARGIN, 160 + number * 26, end, 160 + number * 26), fill=(150, 152, 156), width=5)
    pen.text((_MARGIN, 40), "DEMO - not a real document", fill=_INK)
    centre = (_WIDTH - 190, _HEIGHT - 170)
    pen.ellipse((centre[0] - 75, centre[1] - 75, centre[0] + 75, centre[1] + 75), outline=_SEAL, width=6)
    pen.regular_polygon((*centre, 22), 5, fill=_SEAL)
    for number in range(2):
        pen.line((centre[0] - 60, centre[1] + 8 + number * 22, centre[0] + 70, centre[1] + 8 + number * 22), fill=_INK, width=4)
    taken = BytesIO()
    sheet.save(taken, "PNG")
    return taken.getvalue()
