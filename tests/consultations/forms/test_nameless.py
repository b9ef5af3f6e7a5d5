"""Files of anonymous surveys are kept without what says whose they are."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from contactpoint.consultations.forms.files import Checked, checked
from contactpoint.consultations.forms.nameless import nameless
from contactpoint.consultations.questions import Kind, Question
from contactpoint.consultations.questions.checking_answers import AnswerError

FILE = Question("home", Kind.FILE)
TELLING = (b"Jane Doe", b"SecretCam", b"2026:01:02")


def sent(name: str, kind: str, size: tuple[int, int] = (40, 20)) -> Checked:
    picture = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x013B], exif[0x0110], exif[0x0132] = "Jane Doe", "SecretCam", "2026:01:02 03:04:05"
    exif[0x0112] = 6  # lies on its side
    made = BytesIO()
    picture.save(made, kind, exif=exif)
    return checked(FILE, SimpleUploadedFile(name, made.getvalue() + b"Jane Doe"))


@pytest.mark.parametrize(("ending", "kind"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_a_picture_is_kept_without_what_the_camera_wrote(ending: str, kind: str) -> None:
    file = sent(f"jane-doe-home.{ending}", kind)
    assert any(word in file.content for word in TELLING)
    kept = nameless(FILE, file)
    assert not any(word in kept.content for word in TELLING)
    assert "jane" not in kept.name
    assert kept.name.endswith(f".{ending}")
    with Image.open(BytesIO(kept.content)) as picture:
        assert picture.format == kind
        assert not picture.getexif()
        assert picture.size == (20, 40)


def test_a_picture_that_is_cut_off_is_asked_for_anew() -> None:
    file = sent("home.png", "PNG", (400, 400))
    broken = Checked(file.name, file.media_type, file.content[:80], "")
    with pytest.raises(AnswerError, match="can't be freed"):
        nameless(FILE, broken)


def test_a_document_loses_its_name_only() -> None:
    pdf = checked(FILE, SimpleUploadedFile("jane-doe.pdf", b"%PDF-1.7 the law"))
    kept = nameless(FILE, pdf)
    assert kept.content == pdf.content
    assert kept.name.startswith("file-")
    assert kept.name.endswith(".pdf")
