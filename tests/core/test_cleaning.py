"""The process that cleans: its limits, and what it takes out of documents."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from core.cleaning import documents, kinds, office
from core.cleaning.refusal import NotTaken
from core.files import workshop

from . import uploads
from .uploads import SECRET


def refusal(content, media_type=kinds.DOCX):
    with pytest.raises(NotTaken) as caught:
        workshop.cleaned(content, media_type)
    return caught.value.code


def test_the_process_sees_no_keys(monkeypatch, tmp_path):
    seen = {}
    monkeypatch.setenv("VAULT_KEYS", "a secret")

    def look(*_command, env, **_options):
        seen.update(env)
        raise FileNotFoundError

    monkeypatch.setattr("core.files.workshop.subprocess.run", look)
    with pytest.raises(FileNotFoundError):
        workshop.cleaned(b"", kinds.PDF)
    assert "VAULT_KEYS" not in seen


def test_a_decoder_that_hangs_is_ended(settings):
    settings.CLEANING_SECONDS = 0.01
    assert refusal(uploads.document(), kinds.PDF) == "unpacked"


def test_a_document_that_unpacks_to_gigabytes_is_refused():
    bomb = zlib.compress(zlib.compress(bytes(400_000_000), 9), 9)
    head = b"%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 2/W[1 2 1]/Root 1 0 R/Filter[/FlateDecode/FlateDecode]/Length "
    body = head + str(len(bomb)).encode() + b">>\nstream\n" + bomb + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"
    assert refusal(body, kinds.PDF) in {"unpacked", "damaged"}


def test_a_word_file_that_unpacks_to_gigabytes_is_refused():
    assert refusal(uploads.word(**{"word/media/a.bin": bytes(160 * 1024 * 1024)})) == "unpacked"


def test_a_word_file_of_too_many_parts_is_refused():
    assert refusal(uploads.word(**{f"word/{number}.bin": "" for number in range(3_100)})) == "unpacked"


def test_a_size_that_lies_is_not_believed():
    content = bytearray(uploads.packed(uploads.word_parts(**{"word/media/a.bin": bytes(1_000_000)})))
    for at in (index for index in range(len(content) - 4) if content[index : index + 4] == struct.pack("<L", 1_000_000)):
        content[at : at + 4] = struct.pack("<L", 10)
    assert refusal(bytes(content)) == "damaged"


@pytest.mark.parametrize("name", ["../../etc/passwd.xml", "/etc/passwd.xml", "word\\..\\a.xml", "C:a.xml"])
def test_a_part_that_leaves_the_package_is_refused(name):
    parts = uploads.word_parts()
    content = uploads.packed({**parts, "word/aaaaaaaaaaaa.xml"[: len(name)]: "<a/>"})
    assert refusal(content.replace("word/aaaaaaaaaaaa.xml"[: len(name)].encode(), name.encode())) == "damaged"


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/activeX/activeX1.bin", "word/media/setup.exe"])
def test_programs_inside_are_refused(name):
    assert refusal(uploads.word(**{name: "x"})) == "macros"


def test_a_macro_type_under_a_plain_ending_is_refused():
    types = uploads.word_parts()["[Content_Types].xml"].replace("document.main+xml", "document.macroEnabled.main+xml")
    assert refusal(uploads.word(**{"[Content_Types].xml": types})) == "macros"


def test_entities_are_not_expanded():
    lol = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    assert refusal(uploads.word(**{"word/settings.xml": lol})) == "damaged"


def test_a_clean_word_file_keeps_its_words_and_leads_nowhere():
    with zipfile.ZipFile(io.BytesIO(office.clean(uploads.word(), kinds.DOCX).copy)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert "窗口收费" in parts["word/document.xml"].decode()
    assert not any(SECRET.encode() in content for content in parts.values())
    assert not any(name.startswith(("docProps", "customXml")) for name in parts)
    relations = parts["word/_rels/document.xml.rels"].decode()
    assert ("https://gov.example/" in relations, 'Target="NULL"' in relations) == (True, True)


def test_a_clean_sheet_still_opens():
    book = openpyxl.load_workbook(io.BytesIO(office.clean(uploads.sheet(), kinds.XLSX).copy))
    assert (book.active["A1"].value, book.active["A1"].comment.author) == ("收费 300 元", "-")
    book.close()


def loaded_document():
    """A document with a script, an attachment, XMP, a note by somebody and a photo from a phone."""
    pdf = pikepdf.open(io.BytesIO(uploads.document()))
    pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=SECRET)
    pdf.Root["/Metadata"] = pdf.make_stream(SECRET.encode())
    pdf.attachments["a.txt"] = SECRET.encode()
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T=SECRET, Contents="看这里")
    launch = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F=SECRET))
    attached = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], Contents=SECRET)
    photo = pdf.make_stream(uploads.picture_with_author())
    photo.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 40, "/Height": 30, "/Filter": Name.DCTDecode})
    photo.update({"/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8})
    pdf.pages[0].obj["/Annots"] = Array([note, pdf.make_indirect(launch), attached])
    pdf.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(P=photo))
    return uploads.written(pdf)


def test_a_clean_document_runs_nothing_and_names_nobody():
    copy = documents.clean(loaded_document(), kinds.PDF).copy
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        raw = uploads.written(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        kept = [str(note["/Subtype"]) for note in pdf.pages[0].obj["/Annots"].as_list()]
        words = str(pdf.pages[0].obj["/Annots"][0]["/Contents"])
    assert SECRET.encode() not in raw
    assert (b"/JavaScript" in raw, b"/Launch" in raw, kept, words) == (False, False, ["/Text", "/Link"], "看这里")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xfb\x90\x00", {kinds.MP3}),
        (b"\xff\xfb\xf0\x00", set()),
        (b"RIFF\0\0\0\0WAVE", {kinds.WAV}),
        (b"RIFF\0\0\0\0AVI ", set()),
        (b"\0\0\0\x18ftypheic", {kinds.HEIC}),
        (b"\0\0\0\x18ftypqt  ", {kinds.M4A, kinds.MP4, kinds.MOV}),
        (b"", set()),
    ],
)
def test_first_bytes_say_what_a_file_may_be(head, expected):
    assert kinds.sniffed(head) == expected
