"""Files of every kind that is taken, made small, each with the mark of somebody who must not stay in the cleaned copy."""

import io
import zipfile

import av
import pikepdf
import pillow_heif
from openpyxl import Workbook
from openpyxl.comments import Comment
from PIL import Image

SECRET = "Zhang-San-was-here"
POSITION = "+39.9042+116.4074/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def picture(kind="JPEG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def picture_with_author(kind="JPEG"):
    exif = Image.Exif()
    exif[0x013B] = SECRET
    return picture(kind, exif=exif)


def heic():
    pillow_heif.register_heif_opener()
    return picture_with_author("HEIF")


def document(pages=1):
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page(page_size=(200, 300))
    pdf.docinfo["/Author"] = SECRET
    return written(pdf)


def written(pdf, **options):
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def sheet():
    book = Workbook()
    book.active["A1"] = "收费 300 元"
    book.active["A1"].comment = Comment("看这里", SECRET)
    book.properties.creator = SECRET
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word_parts(**changes):
    """The parts of a Word file with author, comment, changes, data store, thumbnail, template and a photo from a phone."""
    relation = f'<Relationship Id="r{{}}" Type="{_OFFICE}/{{}}" Target="{{}}" {{}}/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
        + relation.format(1, "officeDocument", "word/document.xml", "")
        + relation.format(2, "core-properties", "docProps/core.xml", "")
        + relation.format(3, "thumbnail", "docProps/thumbnail.jpeg", "")
        + "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body><w:p><w:ins w:author="{SECRET}" w:date="2026-09-01T00:00:00Z">'
        "<w:r><w:t>窗口收费</w:t></w:r></w:ins></w:p></w:body></w:document>",
        "word/comments.xml": f'<w:comments xmlns:w="{_W}">'
        f'<w:comment w:id="0" w:author="{SECRET}" w:initials="{SECRET}"/></w:comments>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        + relation.format(1, "attachedTemplate", f"http://{SECRET}.example/a.dotm", 'TargetMode="External"')
        + relation.format(2, "hyperlink", "https://gov.example/", 'TargetMode="External"')
        + relation.format(3, "image", "media/photo.jpeg", "")
        + "</Relationships>",
        "word/media/photo.jpeg": picture_with_author(),
        "word/embeddings/oleObject1.bin": SECRET,
        "docProps/core.xml": f"<coreProperties><creator>{SECRET}</creator></coreProperties>",
        "docProps/custom.xml": f"<Properties><property>{SECRET}</property></Properties>",
        "docProps/thumbnail.jpeg": picture_with_author(),
        "customXml/item1.xml": f"<x>{SECRET}</x>",
    }
    return parts | changes


def packed(parts, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def word(**changes):
    return packed(word_parts(**changes))


def sound(form="mp3", codec="libmp3lame"):
    out = io.BytesIO()
    with av.open(out, "w", format=form) as target:
        target.metadata.update({"title": SECRET, "location": POSITION})
        stream = target.add_stream(codec, rate=44100, layout="mono")
        for number in range(12):
            frame = av.AudioFrame(format=stream.codec_context.format.name, layout="mono", samples=1152 if form == "mp3" else 1024)
            frame.sample_rate, frame.pts = 44100, number * frame.samples
            _silence(frame)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


def film(form="mp4"):
    out = io.BytesIO()
    with av.open(out, "w", format=form) as target:
        target.metadata.update({"title": SECRET, "location": POSITION})
        stream = target.add_stream("mpeg4", rate=10, width=64, height=48, pix_fmt="yuv420p")
        for _number in range(12):
            frame = av.VideoFrame(64, 48, "yuv420p")
            _silence(frame)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


def _silence(frame):
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))


ALL_KINDS = {
    "照片.jpg": picture_with_author,
    "截图.png": lambda: picture("PNG"),
    "图.webp": lambda: picture_with_author("WEBP"),
    "手机.heic": heic,
    "通知.pdf": document,
    "说明.docx": word,
    "收费.xlsx": sheet,
    "录音.mp3": sound,
    "录音.m4a": lambda: sound("ipod", "aac"),
    "录音.wav": lambda: sound("wav", "pcm_s16le"),
    "录像.mp4": film,
    "录像.mov": lambda: film("mov"),
}
