"""The sealed stream: what goes in comes out, and nothing that was touched on the way."""

import base64
import io

import pytest

from core.recovery.sealed_stream import PIECE_BYTES, BackupDamaged, KeyUnfit, OpeningReader, SealingWriter, key_from

KEY, OTHER = b"k" * 32, b"o" * 32
HEAD, PIECE = 33, PIECE_BYTES + 16


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    writer = SealingWriter(out, KEY)
    for start in range(0, len(content), 700_001):
        writer.write(content[start : start + 700_001])
    writer.finish()
    return out.getvalue()


def opened(stream: bytes, key: bytes = KEY) -> bytes:
    reader, found = OpeningReader(io.BytesIO(stream), key), b""
    while part := reader.read(100_003):
        found += part
    return found


THREE = bytes(range(256)) * (3 * PIECE_BYTES // 256)
WHOLE = sealed(THREE)


@pytest.mark.parametrize("length", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 3 * PIECE_BYTES])
def test_what_goes_in_comes_out(length):
    assert opened(sealed(THREE[:length])) == THREE[:length]


def test_nothing_of_it_can_be_read_and_no_two_are_alike():
    assert THREE[:64] not in WHOLE
    assert sealed(b"a")[HEAD:] != sealed(b"a")[HEAD:]


@pytest.mark.parametrize(
    "touched",
    [
        WHOLE[:-1],
        WHOLE[: HEAD + PIECE],
        WHOLE[: HEAD + 2 * PIECE],
        WHOLE + b"\0",
        WHOLE[:HEAD],
        WHOLE[: HEAD + 5] + bytes([WHOLE[HEAD + 5] ^ 1]) + WHOLE[HEAD + 6 :],
        WHOLE[: HEAD - 1] + bytes([WHOLE[HEAD - 1] ^ 1]) + WHOLE[HEAD:],
        WHOLE[:HEAD] + WHOLE[HEAD + PIECE : HEAD + 2 * PIECE] + WHOLE[HEAD : HEAD + PIECE] + WHOLE[HEAD + 2 * PIECE :],
        WHOLE[:HEAD] + WHOLE[HEAD + PIECE :],
        b"no backup",
        b"",
    ],
    ids=[
        "last byte",
        "one piece",
        "two pieces",
        "more",
        "head only",
        "a bit",
        "the salt",
        "swapped",
        "one left out",
        "text",
        "empty",
    ],
)
def test_whatever_was_touched_is_found(touched):
    with pytest.raises(BackupDamaged):
        opened(touched)


def test_another_key_is_told_from_damage():
    with pytest.raises(KeyUnfit, match="another BACKUP_KEY"):
        opened(WHOLE, OTHER)


@pytest.mark.parametrize("text", ["", "short", base64.b64encode(b"31" * 15).decode(), "&" * 44])
def test_a_key_that_is_none_is_refused(text):
    with pytest.raises(KeyUnfit, match="32 bytes"):
        key_from(text)
