"""The portal with its files in a bucket: uploads, pages, parts of films, closed files, outages."""

import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import made_files as made
import pytest
from buckets import BucketServer
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from editing import sign_in
from factories import MadeSite, make_output
from PIL import Image
from storing_in_bucket import use
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.intake import kept
from contactpoint.intake.raw import RawFile
from contactpoint.kit.jobs import TryLaterError
from contactpoint.media.bucket import BucketStorage
from contactpoint.media.forgetting import delete_file
from contactpoint.media.models import CustomDocument, CustomImage, DocumentReading, Recording

FILM = (Path(__file__).parents[1] / "data/films/moving-bar.webm").read_bytes()
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("bucket")]


@pytest.fixture(autouse=True)
def _no_folder(settings: Any, tmp_path: Path) -> None:
    """Whatever went to the disk would be seen."""
    settings.MEDIA_ROOT = tmp_path / "media"


def png(colour: str = "navy") -> bytes:
    file = BytesIO()
    Image.new("RGB", (900, 1200), colour).save(file, "PNG")
    return file.getvalue()


def root() -> int:
    return Collection.objects.get(depth=1).pk


def upload(client: Client, what: str, name: str, content: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile(name, content)
    given = {"title": "A file", "collection": root(), "file": file, **fields}
    return client.post(reverse(what), given)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_picture_from_the_admin_is_shown_on_a_page_and_deleted_with_its_sizes(
    client: Client, bucket: BucketStorage, site: MadeSite, tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    sign_in(client)
    assert upload(client, "wagtailimages:add", "cover.png", png()).status_code == 302
    image = CustomImage.objects.get()
    assert (image.width, image.height) == (900, 1200)
    page = make_output(site, "publication", cover=image)
    shown = Client().get(page.url).content.decode()
    found = re.search(r'<img class="cover cover-page"[^>]* src="(/media/images/[^"]+)"', shown)
    assert found is not None
    answer = Client().get(found[1])
    content = body(answer)
    assert Image.open(BytesIO(content)).width == 480
    assert answer["Content-Length"] == str(len(content))
    assert answer["ETag"]
    assert Client().get(found[1], headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert Client().get(f"/media/{image.file.name}").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailimages:delete", args=[image.pk]))
    assert bucket.listdir("original_images")[1] == []
    assert bucket.listdir("images")[1] == []
    assert Client().get(found[1]).status_code == 404
    assert not (tmp_path / "media").exists()


def test_a_document_from_the_admin_is_read_given_and_kept_from_strangers(
    client: Client, bucket: BucketStorage
) -> None:
    sign_in(client)
    content = made.pdf(["Asylum."])
    assert upload(client, "wagtaildocs:add", "study.pdf", content, language="en").status_code == 302
    document = CustomDocument.objects.get()
    assert document.reading.state == DocumentReading.State.READ
    assert document.first_page.width > 100
    answer = Client().get(document.url)
    assert body(answer) == content
    assert answer["Content-Length"] == str(len(content))
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert Client().get(f"/media/{document.file.name}").status_code == 404
    closed = Collection.objects.get(depth=1).add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    CustomDocument.objects.update(collection=closed)
    refused = Client().get(document.url)
    assert refused.status_code == 302
    assert "/admin/login/" in refused["Location"] or "/account/" in refused["Location"]
    assert body(client.get(document.url)) == content
    default_storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404
    assert Client().get(document.url).status_code == 302


def test_a_film_is_given_in_parts_and_only_to_whoever_may_see_it(
    client: Client, bucket: BucketStorage
) -> None:
    sign_in(client)
    fields = {"duration": "2", "language": "en"}
    url = reverse("wagtailmedia:add", args=["video"])
    given = {"title": "Film", "collection": root(), "file": SimpleUploadedFile("film.webm", FILM)}
    assert client.post(url, given | fields).status_code == 302
    film = Recording.objects.get()
    whole = Client().get(film.url)
    assert (body(whole), whole["Content-Type"]) == (FILM, "video/webm")
    part = Client().get(film.url, headers={"range": "bytes=10-19"})
    assert (part.status_code, body(part)) == (206, FILM[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(FILM)}"
    past = Client().get(film.url, headers={"range": f"bytes={len(FILM)}-"})
    assert past.status_code == 416
    head = Client().head(film.url)
    assert (head.content, head["Content-Length"]) == (b"", str(len(FILM)))
    closed = Collection.objects.get(depth=1).add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    Recording.objects.update(collection=closed)
    for asked in ({}, {"range": "bytes=0-3"}):
        assert Client().get(film.url, headers=asked).status_code == 404
    assert body(client.get(film.url)) == FILM
    default_storage.delete(film.file.name)
    assert client.get(film.url).status_code == 404


def test_no_address_of_the_bucket_leaves_the_portal(bucket: BucketStorage) -> None:
    name = default_storage.save("documents/study.pdf", ContentFile(b"%PDF"))
    assert default_storage.url(name) == "/media/documents/study.pdf"
    with pytest.raises(NotImplementedError):
        default_storage.path(name)


def test_no_job_holds_a_key(
    bucket: BucketStorage, bucket_server: BucketServer, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    """Wagtail writes down for the worker where a file is that it shall delete."""
    given: list[Any] = []
    enqueue = type(delete_file).enqueue
    monkeypatch.setattr(
        type(delete_file), "enqueue",
        lambda self, *args, **kwargs: given.append(args) or enqueue(self, *args, **kwargs),
    )  # fmt: skip
    image = CustomImage.objects.create(title="A", file=ContentFile(png(), name="a.png"))
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert "original_images/a.png" in repr(given)
    for key in bucket_server.keys:
        assert key not in repr(given)
    assert not bucket.exists("original_images/a.png")


def test_what_the_worker_just_deleted_is_not_there(
    client: Client, bucket: BucketStorage, bucket_server: BucketServer
) -> None:
    bucket.put("images/a.png", ContentFile(png()))
    assert client.get("/media/images/a.png").status_code == 200
    worker = BucketStorage(**bucket_server.options, folder=bucket._folder)  # type: ignore[arg-type]
    worker.delete("images/a.png")
    assert client.get("/media/images/a.png").status_code == 404


def test_files_of_an_import_wait_in_the_bucket_and_are_forgotten(
    bucket: BucketStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = RawFile("a.png", png, is_picture=True)
    taken, _problems = kept.take([file], "en", keep=True)
    assert len(bucket.listdir("intake")[1]) == len(taken) == 1
    found = kept.adopt(taken)
    assert isinstance(found["a.png"], CustomImage)
    assert kept.forget([]) == 0  # it was laid there lately
    monkeypatch.setattr(kept, "_LATELY", -kept._LATELY)
    assert kept.forget([]) == 1
    assert bucket.listdir("intake") == ([], [])


def test_nothing_is_written_down_where_a_file_could_not_be_stored(
    client: Client, away: BucketStorage
) -> None:
    sign_in(client)
    for what, name, content in (
        ("wagtailimages:add", "cover.png", png()),
        ("wagtaildocs:add", "study.pdf", made.pdf(["Asylum."])),
    ):
        answer = upload(client, what, name, content)
        assert answer.status_code == 503
        assert "Files can't be reached now" in answer.content.decode()
        assert answer["Retry-After"] == "60"
    assert not CustomImage.objects.exists()
    assert not CustomDocument.objects.exists()


def test_readers_are_told_of_an_outage_and_pages_of_text_stay(
    client: Client, away: BucketStorage, site: MadeSite
) -> None:
    recording = Recording.objects.create(title="F", file="media/a.webm", type="video", duration=2)
    document = CustomDocument.objects.create(title="D", file="documents/a.pdf")
    for url in ("/media/images/a.webp", recording.url, document.url):
        answer = client.get(url)
        assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert client.get(make_output(site, "news-item").url).status_code == 200


def test_a_file_that_can_not_be_deleted_now_is_deleted_by_the_worker(
    bucket_server: BucketServer, away: BucketStorage, settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked: list[str] = []
    monkeypatch.setattr(type(delete_file), "enqueue", lambda self, name: asked.append(name))
    default_storage.delete("images/a.png")
    assert asked == ["images/a.png"]
    with pytest.raises(TryLaterError, match="No answer from"):
        delete_file.func("images/a.png")
    back = use(settings, **bucket_server.options, folder="later")
    back.put("images/a.png", ContentFile(b"1"))
    delete_file.func("images/a.png")
    assert not back.exists("images/a.png")
    assert not DBTaskResult.objects.failed().exists()


def said(*arguments: str) -> str:
    text = StringIO()
    call_command("storage", *arguments, stdout=text, stderr=text)
    return text.getvalue()


def test_a_folder_moves_into_the_bucket_and_back_as_often_as_one_likes(
    bucket: BucketStorage, settings: Any, tmp_path: Path
) -> None:
    folder = FileSystemStorage(location=settings.MEDIA_ROOT)
    files = {
        "images/a.png": png(),
        "media/film.webm": FILM * 4,
        "empty.txt": b"",
        "documents/é.pdf": b"%PDF",
    }
    files["media/long.webm"] = bytes(range(256)) * 4096 * 10
    for name, content in files.items():
        folder.save(name, ContentFile(content))
    assert "copied: 5, there already: 0" in said("copy")
    for name, content in files.items():
        assert default_storage.open(name).read() == content
    bucket.delete("images/a.png")  # as if it had been stopped before
    assert "copied: 1, there already: 4" in said("copy")
    assert "copied: 0, there already: 5" in said("copy")
    settings.MEDIA_ROOT = tmp_path / "other"
    assert "copied: 5" in said("copy", "--back")
    assert (tmp_path / "other/media/long.webm").read_bytes() == files["media/long.webm"]


def test_what_differs_is_said_and_left_alone(
    bucket: BucketStorage, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = FileSystemStorage(location=settings.MEDIA_ROOT)
    folder.save("a.txt", ContentFile(b"one"))
    folder.save("b.txt", ContentFile(b"two"))
    bucket.put("a.txt", ContentFile(b"other"))
    with pytest.raises(CommandError, match="Not all is there"):
        call_command("storage", "copy")
    assert "a.txt: another file has this name there" in capsys.readouterr().err
    assert bucket.open("a.txt").read() == b"other"
    assert bucket.open("b.txt").read() == b"two"


def test_the_command_says_how_the_bucket_is(bucket: BucketStorage) -> None:
    assert said("check") == "All is as it should be.\n"


def test_the_command_says_that_a_bucket_is_away(away: BucketStorage) -> None:
    with pytest.raises(CommandError, match=r"No answer from .* See CONTACTPOINT_STORAGE_URL"):
        call_command("storage", "check")


def test_the_page_for_operators_says_that_a_bucket_is_away(
    client: Client, away: BucketStorage
) -> None:
    sign_in(client, administrator=True)
    said = client.get(reverse("operations_status")).content.decode()
    assert "Stored files can&#x27;t be reached: No answer from files" in said


def test_the_command_needs_a_bucket() -> None:
    with pytest.raises(CommandError, match="Set CONTACTPOINT_STORAGE_URL"):
        call_command("storage", "check")
