"""The first page of a PDF as a picture: drawn apart, kept with what was read, given to whoever may
have the file.
"""

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import made_files as made
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.media.actions import read
from contactpoint.media.formats import picturing
from contactpoint.media.formats.first_page import TALLEST, WIDEST
from contactpoint.media.formats.picturing import Picture, first_page
from contactpoint.media.models import CustomDocument, DocumentReading, FirstPage

SEALED = "from contactpoint.vocabulary import door; door.seal(1, 2**28)\n"


def draw(data: bytes) -> Picture | None:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return first_page(file)


def sized(width: str, height: str, box: str = "0 0") -> bytes:
    """A PDF whose page has another size."""
    data = made.pdf(["Asylum."])
    start = data.index(b"/MediaBox")
    end = data.index(b"]", start) + 1
    return data[:start] + f"/MediaBox [{box} {width} {height}]".encode() + data[end:]


def document(data: bytes, name: str = "study.pdf", **fields: object) -> CustomDocument:
    return CustomDocument.objects.create(title="Study", file=ContentFile(data, name=name), **fields)


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a module of a few lines in place of the one that draws."""

    def run(code: str) -> None:
        (tmp_path / "drawer_that_fails.py").write_text(code, encoding="utf-8")
        monkeypatch.setattr(picturing, "_CHILD", "drawer_that_fails")

    monkeypatch.syspath_prepend(tmp_path)
    return run


def test_the_page_is_drawn_black_on_white() -> None:
    picture = draw(made.pdf(["Asylum."], ["Return."]))
    assert picture is not None
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.format == "WEBP"
        assert image.size == (picture.width, picture.height)
        darkest, lightest = image.convert("L").getextrema()
    assert picture.width <= WIDEST
    assert darkest < 100, "the words"
    assert lightest > 250, "the paper"


@pytest.mark.parametrize(
    ("width", "height"),
    [("14400", "14400"), ("2000000", "2000000"), ("10", "14400"), ("14400", "10"), ("1", "1")],
)
def test_a_page_of_any_size_is_drawn_within_bounds_or_not_at_all(width: str, height: str) -> None:
    picture = draw(sized(width, height))
    assert picture is None or (picture.width <= WIDEST and picture.height <= TALLEST)


@pytest.mark.parametrize("size", [("0", "0"), ("-5", "-5"), ("nan", "inf")])
def test_a_page_without_a_size_hurts_nobody(size: tuple[str, str]) -> None:
    picture = draw(sized(*size))
    assert picture is None or (picture.width <= WIDEST and picture.height <= TALLEST)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"no file at all", made.locked_pdf(), made.pdf(["A"])[:200]]
)
def test_what_cannot_be_drawn_has_no_picture(data: bytes) -> None:
    assert draw(data) is None


@pytest.mark.parametrize(
    "code",
    [
        SEALED + "while True: pass",
        "import time; time.sleep(600)",
        "import os; os.abort()",
        "raise SystemExit(3)",
        "print('no size')",
        "print('[1, 2]')",
        'print(\'{"width": 2, "height": 2}\\n\' + "a" * 11, end="")',
        'print(\'{"width": 2, "height": 2}\\n\' + "a" * 13, end="")',
        'print(\'{"width": 90000, "height": 90000}\\n\')',
        'print(\'{"width": -1, "height": -1}\\n\' + "aaa", end="")',
        'print(\'{"width": "2", "height": 2}\\n\' + "a" * 12, end="")',
        "print('a' * 2_000_000)",
    ],
    ids=["loops", "sleeps", "aborts", "ends", "babbles", "lists", "short", "long", "huge",
         "negative", "text", "says too much"],
)  # fmt: skip
def test_an_answer_that_is_no_picture_is_none(
    drawer: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(picturing, "_MOST_WAITING", 3)
    drawer(code)
    assert draw(b"%PDF-") is None


def test_the_process_that_draws_opens_nothing(
    drawer: Callable[[str], None], tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush", encoding="utf-8")
    drawer(SEALED + f"print(open({str(secret)!r}).read())")
    assert draw(b"%PDF-") is None


@pytest.mark.django_db
def test_it_is_kept_when_a_document_is_read_also_where_it_was_scanned() -> None:
    scanned = document(made.pdf([], []))
    assert DocumentReading.objects.get(document=scanned).problem == "scanned"
    assert FirstPage.objects.get(document=scanned).width > 0
    assert not FirstPage.objects.filter(document=document(b"a,b", "data.csv")).exists()


@pytest.mark.django_db
def test_a_large_file_has_its_picture_too() -> None:
    row = document(made.pdf(*([f"Line {number} of a long page."] * 40 for number in range(99))))
    assert row.file.size > 64 * 1024
    assert FirstPage.objects.filter(document=row).exists()


@pytest.mark.django_db
def test_another_file_has_another_picture_and_a_broken_one_none() -> None:
    row = document(made.pdf(["One."]))
    first = FirstPage.objects.get(document=row)
    row.file = ContentFile(made.pdf(["Two."]), name="two.pdf")
    row.save()
    second = FirstPage.objects.get(document=row)
    assert second.url != first.url
    row.file = ContentFile(b"%PDF-1.7 broken", name="three.pdf")
    row.save()
    assert not FirstPage.objects.filter(document=row).exists()


@pytest.mark.django_db
def test_what_was_read_before_pictures_were_is_drawn_again() -> None:
    row = document(made.pdf(["One."]))
    FirstPage.objects.all().delete()
    read(row)
    assert not FirstPage.objects.exists(), "the same file is not read again"
    read(row, again=True)
    assert FirstPage.objects.exists()


@pytest.mark.django_db
def test_the_picture_is_served_so_that_it_can_do_no_harm(client: Client) -> None:
    page = FirstPage.objects.get(document=document(made.pdf(["One."])))
    answer = client.get(page.url)
    assert answer.content == bytes(page.picture)
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.django_db
def test_it_is_there_for_nobody_where_the_document_is_closed_or_was_another(
    client: Client,
) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    page = FirstPage.objects.get(document=document(made.pdf(["One."]), collection=closed))
    assert client.get(page.url).status_code == 200
    assert client.get(page.url.replace("-", "-0", 2)).status_code == 404
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    assert client.get(page.url).status_code == 404
