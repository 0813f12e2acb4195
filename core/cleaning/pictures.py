"""Pictures: decoded, turned upright, and written anew without position, device, author and whatever hung on behind."""

import io
import warnings

import pillow_heif
from PIL import Image, ImageOps

from .kinds import HEIC, JPEG, PNG, WEBP
from .refusal import MAX_PIXELS, PIXELS, PREVIEW_EDGE, Cleaned, NotTaken

_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
_WRITTEN = {HEIC: "JPEG"}


def clean(content: bytes, media_type: str) -> Cleaned:
    """Return the bare picture and its preview. Raises NotTaken, or whatever the decoder raises."""
    bare = _opened(content, media_type)
    out = io.BytesIO()
    bare.save(out, _WRITTEN.get(media_type, _FORMATS[media_type]), quality=88)
    return Cleaned(out.getvalue(), preview(bare))


def preview(picture: Image.Image) -> bytes:
    """Return a small JPEG on white."""
    small = picture.copy()
    small.thumbnail((PREVIEW_EDGE, PREVIEW_EDGE))
    if small.mode == "RGBA":
        white = Image.new("RGB", small.size, "white")
        white.paste(small, mask=small.getchannel("A"))
        small = white
    out = io.BytesIO()
    small.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _opened(content: bytes, media_type: str) -> Image.Image:
    if media_type == HEIC:
        pillow_heif.register_heif_opener(thumbnails=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size is checked below, before decoding
        try:
            picture = Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]])
        except Image.DecompressionBombError as error:
            raise NotTaken(PIXELS) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise NotTaken(PIXELS)
    turned = ImageOps.exif_transpose(picture)
    has_alpha = media_type in {PNG, WEBP} and ("A" in turned.getbands() or "transparency" in turned.info)
    bare = turned.convert("RGBA" if has_alpha else "RGB")
    bare.info.clear()
    return bare
