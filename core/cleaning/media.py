"""Sound and film: the first frames decoded, every packet read, and packed anew without titles, positions and hidden tracks."""

import io
from itertools import islice
from typing import Any

import av
from av.container import InputContainer, OutputContainer

from .kinds import M4A, MOV, MP3, MP4, WAV
from .refusal import CODEC, DAMAGED, LENGTH, MAX_PIXELS, MAX_SECONDS, Cleaned, NotTaken

_READ_AS = {MP3: "mp3", M4A: "mov", WAV: "wav", MP4: "mov", MOV: "mov"}
_WRITE_AS = {MP3: "mp3", M4A: "ipod", WAV: "wav", MP4: "mp4", MOV: "mov"}
_FILMS = {MP4, MOV}
_SOUNDS_KNOWN = {"mp3", "mp3float", "aac", "alac", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_u8", "pcm_f32le", "pcm_s16be"}
_FILMS_KNOWN = {"h264", "hevc", "mpeg4", "av1", "libdav1d", "vp9", "mjpeg"}
_FRAMES_DECODED = 8
# No marks of the program, no tags, and nothing fetched from elsewhere while reading.
_OPTIONS = {"fflags": "+bitexact", "id3v2_version": "0", "write_id3v1": "0"}


def clean(content: bytes, media_type: str) -> Cleaned:
    """Return the bare recording. Raises NotTaken, or whatever the decoder raises."""
    with _opened(content, media_type) as source:
        streams = _chosen(source, media_type)
        if source.duration and source.duration / 1_000_000 > MAX_SECONDS:
            raise NotTaken(LENGTH)
    for stream in streams:
        _decode_some(content, media_type, stream)
    return Cleaned(_packed_anew(content, media_type, streams))


def _opened(content: bytes, media_type: str) -> InputContainer:
    """Open with the one reader for this type; guessing would let in play lists that fetch other files."""
    return av.open(io.BytesIO(content), "r", format=_READ_AS[media_type], metadata_errors="ignore")


def _chosen(source: InputContainer, media_type: str) -> list[int]:
    """Return the tracks that stay: the first film and the first sound."""
    films = [one for one in source.streams.video if media_type in _FILMS]
    sounds = list(source.streams.audio)
    if (media_type in _FILMS and not films) or (media_type not in _FILMS and not sounds):
        raise NotTaken(DAMAGED)
    for film in films[:1]:
        if film.codec_context.name not in _FILMS_KNOWN:
            raise NotTaken(CODEC)
        if film.codec_context.width * film.codec_context.height > MAX_PIXELS:
            raise NotTaken(DAMAGED)
    if sounds and sounds[0].codec_context.name not in _SOUNDS_KNOWN:
        raise NotTaken(CODEC)
    return [one.index for one in (*films[:1], *sounds[:1])]


def _decode_some(content: bytes, media_type: str, index: int) -> None:
    """Decode the first frames of a track; without one it is no recording."""
    with _opened(content, media_type) as source:
        stream: Any = source.streams[index]
        stream.thread_type = "NONE"
        if not list(islice(source.decode(stream), _FRAMES_DECODED)):
            raise NotTaken(DAMAGED)


def _packed_anew(content: bytes, media_type: str, streams: list[int]) -> bytes:
    out = io.BytesIO()
    with (
        _opened(content, media_type) as source,
        av.open(out, "w", format=_WRITE_AS[media_type], options=_options(media_type)) as target,
    ):
        _copy(source, target, streams)
    return out.getvalue()


def _options(media_type: str) -> dict[str, str]:
    return _OPTIONS if media_type == MP3 else {"fflags": _OPTIONS["fflags"]}


def _copy(source: InputContainer, target: OutputContainer, streams: list[int]) -> None:
    copies: dict[int, Any] = {}
    for index in streams:
        copies[index] = target.add_stream_from_template(source.streams[index])
        copies[index].metadata.clear()
    target.metadata.clear()
    for packet in source.demux([source.streams[index] for index in streams]):
        if packet.dts is not None:
            packet.stream = copies[packet.stream.index]
            target.mux(packet)
