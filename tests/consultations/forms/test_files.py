"""Files of strangers: what they are is told by their bytes, and they are only ever handed back."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image

from contactpoint.consultations.forms.files import LARGEST, checked, served
from contactpoint.consultations.questions import Kind, Question
from contactpoint.consultations.questions.checking_answers import AnswerError

QUESTION = Question("proof", Kind.FILE, {"en": "A proof"})


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def document() -> bytes:
    file = io.BytesIO()
    made = Document()
    made.add_paragraph("Hello")
    made.save(file)
    return file.getvalue()


def packed(*names: str, size: int = 10) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"x" * size)
    return file.getvalue()


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, kind)
    return file.getvalue()


def named(value: object) -> str | None:
    """Packed files hold the time of packing: a test that were named after it would have a name in
    each process."""
    return "content" if isinstance(value, bytes) else None


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("law.pdf", b"%PDF-1.7\n%%EOF", "application/pdf"),
        ("law.txt", "Ça va.".encode(), "text/plain"),
        ("law.png", picture("PNG"), "image/png"),
        ("LAW.JPG", picture("JPEG"), "image/jpeg"),
        (
            "law.docx",
            document(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
    ids=named,
)
def test_a_file_is_taken_and_its_type_is_ours(name: str, content: bytes, media_type: str) -> None:
    found = checked(QUESTION, upload(name, content))
    assert (found.name, found.media_type, found.content) == (name, media_type, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>"),
        ("drawing.svg", b"<svg onload='x'/>"),
        ("law.pdf", b"<html>"),
        ("law.png", b"<svg/>"),
        ("law.png", picture("JPEG")),
        ("law.docx", packed("word/document.xml", "word/vbaProject.bin")),
        ("law.docm", document()),
        ("law.docx", packed("word/document.xml", size=150 * 1024**2 // 8)),
        ("law.docx", document()[:200]),
        ("law.txt", b"a\0b"),
        ("law", b"%PDF-1.7"),
        ("law.pdf", b""),
        ("law.pdf", b"%PDF-1.7" + b"x" * LARGEST),
    ],
    ids=named,
)
def test_what_is_another_thing_or_could_act_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(AnswerError) as refusal:
        checked(QUESTION, upload(name, content))
    assert refusal.value.code == "proof"
    assert name in refusal.value.message


def test_a_name_is_one_line_without_folders_or_turned_direction() -> None:
    sent = upload("x", b"%PDF-1.7")
    sent._name = "../../etc/\u202ela\nw\u2066.pdf"
    assert checked(QUESTION, sent).name == "law.pdf"


def test_a_kept_file_is_saved_and_never_opened_as_part_of_the_site() -> None:
    answer = served("Gesetz ü.pdf", "application/pdf", b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
