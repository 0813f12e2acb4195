"""Filing a real-name complaint with two pictures of a phone's camera: the requests of the portal, and the bare work."""

import io
import random
from contextlib import closing

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from complaints import drafts
from tests.complaints.citizen import Citizen
from tests.factories import staffed_agency

from . import bare
from .measuring import Series, ratio, rounds, table, timed

ROUNDS = 30
_EDGE = (4000, 3000)  # 12 megapixels


def photo(seed: int) -> bytes:
    """Return a photo-like JPEG of about two megabytes."""
    small = Image.frombytes("RGB", (200, 150), random.Random(seed).randbytes(200 * 150 * 3))  # noqa: S311 noise, no secret
    out = io.BytesIO()
    small.resize(_EDGE, Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
    return out.getvalue()


def ready(agency: int) -> Citizen:
    """Return a citizen who has answered everything but the evidence, at an address and with a number of his own."""
    citizen, chance = Citizen(), random.SystemRandom()
    citizen.client.defaults["REMOTE_ADDR"] = f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(1, 255)}"
    citizen.tells_the_matter(agency)
    citizen.gives_a_name(phone=f"138{chance.randrange(10**8):08d}")
    citizen.answers("phone", code=drafts.open_code(citizen.draft())[0])
    citizen.answers("disclosure")
    return citizen


def add_pictures(citizen: Citizen, photos: list[bytes]) -> None:
    """Send the two pictures as a plain form does."""
    files = [SimpleUploadedFile(f"{number}.jpg", photo, "image/jpeg") for number, photo in enumerate(photos)]
    assert citizen.answers("evidence", uploads=files, add="1").status_code == 302


def submit(citizen: Citizen) -> None:
    """Press “submit”."""
    assert "/receipt/" in citizen.submits()["Location"]


def run() -> None:
    """Time both and print the table."""
    agency, photos = staffed_agency().pk, [photo(1), photo(2)]
    writes, first = bare.Writes(), ready(agency)
    with connection.execute_wrapper(writes):
        add_pictures(first, photos)
        submit(first)
    with closing(bare.Shadow(writes.statements)) as shadow:
        _compare(agency, photos, shadow)


def _compare(agency: int, photos: list[bytes], shadow: bare.Shadow) -> None:
    adding, submitting, rows, both = [], [], [], []
    kept = [blob for picture in photos for blob in bare.decoded(picture)]
    for _round in rounds(ROUNDS, "filing"):
        citizen = ready(agency)
        adding.append(timed(lambda citizen=citizen: add_pictures(citizen, photos)))  # type: ignore[misc]
        submitting.append(timed(lambda citizen=citizen: submit(citizen)))  # type: ignore[misc]
        rows.append(timed(lambda: bare.write(shadow, kept)))
        shadow.empty()
        both.append(timed(lambda: bare.write(shadow, [blob for one in photos for blob in bare.decoded(one)])))
        shadow.empty()
    _report(adding, submitting, rows, both, number=len(shadow.statements))


def _report(adding: list[float], submitting: list[float], rows: list[float], both: list[float], *, number: int) -> None:
    whole = Series("portal: both", [a + b for a, b in zip(adding, submitting, strict=True)])
    submitted, written = Series("portal: submit", submitting), Series(f"bare: {number} rows and 6 files written", rows)
    decoded = Series("bare: pictures decoded, then the same", both)
    table(
        f"Filing with two 12-megapixel photos ({ROUNDS} times)",
        [Series("portal: add the photos", adding), submitted, whole, written, decoded],
    )
    ratio("Filing, beside decoding and writing the same", whole, decoded, goal=3)
    ratio("Submitting alone, beside writing the same rows and files", submitted, written, goal=3)
