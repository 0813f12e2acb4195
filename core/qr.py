"""Draws an address as a QR code that pages can show without a picture file."""

import segno
from django.utils.safestring import SafeString


def drawing(address: str) -> SafeString:
    """Return the QR code of an address as SVG, dark on whatever is behind it."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, border=2, dark="#1b1f24", lineclass=None, svgclass=None
    )
    return SafeString(drawn)
