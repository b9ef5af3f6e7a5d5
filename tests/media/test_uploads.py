"""What editors upload is what its name says, and keeps nothing that isn't seen."""

from io import BytesIO

import made_files as made
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from editing import sign_in
from PIL import Image, PngImagePlugin
from saved_sources import png
from wagtail.models import Collection

from contactpoint.media.formats.redrawn import NoPictureError, redrawn
from contactpoint.media.formats.uploaded import refusal
from contactpoint.media.models import CustomDocument, CustomImage, DocumentReading, Recording

pytestmark = pytest.mark.django_db

CAMERA, OWNER, PLACE = "SecretCam", "Jane Doe", (50.0, 50.0, 46.0)


def photograph(kind: str, **options: object) -> bytes:
    """With place, owner, camera, a comment and lying on its side."""
    picture = Image.new("RGB", (40, 20), (200, 60, 60))
    exif = Image.Exif()
    exif[0x013B], exif[0x0110], exif[0x0112] = OWNER, CAMERA, 6
    exif.get_ifd(0x8825)[2] = PLACE
    exif.get_ifd(0x8825)[1] = "N"
    made_now = BytesIO()
    extra: dict[str, object] = {"exif": exif, **options}
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        told.add_text("Author", OWNER)
        extra["pnginfo"] = told
    if kind == "GIF":
        extra = {"comment": OWNER.encode()}
    if kind in ("JPEG", "WEBP", "AVIF"):
        extra["xmp"] = f"<x:xmpmeta><creator>{OWNER}</creator></x:xmpmeta>".encode()
    picture.save(made_now, kind, **extra)
    return made_now.getvalue() + b"behind the picture " + OWNER.encode()


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "gif"), ("AVIF", "avif")],
)
def test_a_picture_keeps_neither_place_nor_camera_nor_owner(kind: str, suffix: str) -> None:
    before = photograph(kind)
    assert OWNER.encode() in before
    after = redrawn(before, suffix)
    for told in (OWNER, CAMERA, "xmpmeta", "behind the picture"):
        assert told.encode() not in after
    with Image.open(BytesIO(after)) as picture:
        assert picture.format == kind
        assert not picture.getexif()
        assert not picture.getexif().get_ifd(0x8825)
        if kind in ("JPEG", "PNG", "WEBP"):
            assert picture.size == (20, 40), "it stands the right way up"


def test_a_picture_that_moves_still_does() -> None:
    frames = [Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in (0, 120, 240)]
    for kind, suffix in (("GIF", "gif"), ("WEBP", "webp")):
        made_now = BytesIO()
        frames[0].save(made_now, kind, save_all=True, append_images=frames[1:], duration=80, loop=0)
        after = redrawn(made_now.getvalue() + OWNER.encode(), suffix)
        with Image.open(BytesIO(after)) as picture:
            assert picture.n_frames == 3
        assert OWNER.encode() not in after


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (png(), "jpg"),
        (png()[:40], "png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"", "png"),
        (b"%PDF-1.4", "png"),
    ],
)
def test_what_is_no_such_picture_is_refused(content: bytes, suffix: str) -> None:
    with pytest.raises(NoPictureError):
        redrawn(content, suffix)


def test_a_colour_profile_is_kept() -> None:
    from PIL import ImageCms  # noqa: PLC0415

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    after = redrawn(photograph("JPEG", icc_profile=profile), "jpg")
    with Image.open(BytesIO(after)) as picture:
        assert picture.info["icc_profile"] == profile


def stored(image: CustomImage) -> bytes:
    with image.file.storage.open(image.file.name) as file:
        return bytes(file.read())


def test_a_picture_that_an_editor_uploads_is_stored_without(client: Client) -> None:
    sign_in(client)
    data = {
        "title": "A house",
        "file": ContentFile(photograph("JPEG"), name="house.jpg"),
        "collection": Collection.objects.get(depth=1).pk,
    }
    assert client.post(reverse("wagtailimages:add"), data).status_code == 302
    image = CustomImage.objects.get()
    assert OWNER.encode() not in stored(image)
    assert (image.width, image.height) == (20, 40)
    assert image.file_size == len(stored(image))
    rendition = image.get_rendition("width-10")
    with rendition.file.open() as file:
        assert OWNER.encode() not in file.read()


def test_so_is_one_of_many_and_one_that_a_program_brings(client: Client) -> None:
    sign_in(client)
    upload = {
        "files[]": ContentFile(photograph("JPEG"), name="house.jpg"),
        "title": "A house",
        "collection": Collection.objects.get(depth=1).pk,
    }
    more = client.post(
        reverse("wagtailimages:add_multiple"),
        upload,
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert more.json()["success"]
    CustomImage.objects.create(title="B", file=ContentFile(photograph("PNG"), name="b.png"))
    assert CustomImage.objects.count() == 2
    for image in CustomImage.objects.all():
        assert OWNER.encode() not in stored(image)
    with pytest.raises(ValidationError):
        CustomImage.objects.create(title="C", file=ContentFile(png(), name="c.jpg"))


def test_a_picture_whose_digest_is_said_keeps_it_and_another_file_has_its_own() -> None:
    """An import knows by it that the same picture comes again."""
    image = CustomImage(title="A", file=ContentFile(photograph("JPEG"), name="a.jpg"))
    image.file_hash = "0" * 40
    image.save()
    assert image.file_hash == "0" * 40
    assert OWNER.encode() not in stored(image)
    image.file = ContentFile(photograph("PNG"), name="b.png")
    image.save()
    assert image.file_hash != "0" * 40
    assert OWNER.encode() not in stored(image)


def test_the_poster_of_a_film_is_drawn_anew_too(client: Client) -> None:
    sign_in(client)
    data = {
        "title": "A film",
        "file": ContentFile(b"\0\0\0\x20ftypisom" + b"\0" * 200, name="film.mp4"),
        "thumbnail": ContentFile(photograph("JPEG"), name="poster.jpg"),
        "duration": "1",
        "collection": Collection.objects.get(depth=1).pk,
        "tags": "",
    }
    address = reverse("wagtailmedia:add", args=["video"])
    odd = {**data, "thumbnail": ContentFile(b"<svg/>", name="poster.svg")}
    assert "Upload a picture" in client.post(address, odd).content.decode()
    data["file"].seek(0)
    assert client.post(address, data).status_code == 302
    film = Recording.objects.get()
    with film.thumbnail.storage.open(film.thumbnail.name) as file:
        assert OWNER.encode() not in file.read()


@pytest.mark.parametrize(
    ("content", "suffix", "why"),
    [
        (made.pdf(["a"]), "pdf", ""),
        (made.docx("a"), "docx", ""),
        (made.xlsx({"One": [["a"]]}), "xlsx", ""),
        (made.pptx("a"), "pptx", ""),
        (made.opendocument("text", "<text:p>a</text:p>"), "odt", ""),
        (made.zipped({"a.csv": "1;2"}), "zip", ""),
        ("Été".encode("utf-16"), "txt", ""),
        (b"a;b\n", "csv", ""),
        (b"<html><script>x</script>", "pdf", "kind"),
        (made.docx("a"), "xlsx", "kind"),
        (made.pdf(["a"]), "docx", "kind"),
        (made.opendocument("text", "<text:p>a</text:p>"), "ods", "kind"),
        (made.pdf(["a"]), "txt", "kind"),
        (b"a\0b", "csv", "kind"),
        (b"MZ\x90\0 a program", "txt", "program"),
        (b"\x7fELF", "pdf", "program"),
        (made.zipped({"invoice.pdf.exe": "x"}), "zip", "program"),
        (made.docx("a")[:200], "docx", "broken"),
        (made.zipped({"a": b"0" * (17 * 2**20)}), "zip", "large"),
    ],
)
def test_a_document_is_what_its_name_says(content: bytes, suffix: str, why: str) -> None:
    file = BytesIO(content)
    assert refusal(file, suffix) == why
    assert file.tell() == 0


def test_the_form_refuses_one_that_is_not_and_keeps_nothing(client: Client) -> None:
    sign_in(client)
    for content, name, said in (
        (b"<script>", "a.pdf", "not what its name says"),
        (made.zipped({"a": b"0" * (17 * 2**20)}), "a.zip", "unpacks to too much"),
        (b"MZ\x90", "a.txt", "is a program"),
    ):
        data = {
            "title": "A",
            "file": ContentFile(content, name=name),
            "collection": Collection.objects.get(depth=1).pk,
        }
        answer = client.post(reverse("wagtaildocs:add"), data)
        assert said in answer.content.decode()
        many = client.post(
            reverse("wagtaildocs:add_multiple"),
            {"files[]": ContentFile(content, name=name), "title": "A"},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        assert many.json()["success"] is False
    assert not CustomDocument.objects.exists()


CORE = (
    "<cp:coreProperties><dc:creator>Jane Doe</dc:creator><dc:title>Draft for the minister"
    "</dc:title><cp:lastModifiedBy>John Roe</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    "<Properties><Company>Ministry</Company>"
    "<Application>Microsoft Office Word</Application></Properties>"
)


def word() -> bytes:
    parts = made.unzipped(
        made.docx(
            made.run("Kept")
            + "<w:del><w:r><w:delText>Gone</w:delText></w:r></w:del>"
            + "<w:ins><w:r><w:t>New</w:t></w:r></w:ins>"
        )
    )
    return made.zipped(
        {
            **parts,
            "docProps/core.xml": CORE,
            "docProps/app.xml": APP,
            "word/comments.xml": "<w:comments><w:comment/><w:comment/></w:comments>",
            "word/embeddings/budget.xlsx": b"PK",
            "word/media/image1.jpeg": photograph("JPEG"),
        }
    )


def about(data: bytes, name: str) -> dict[str, object]:
    row = CustomDocument.objects.create(title="A", file=ContentFile(data, name=name))
    return dict(DocumentReading.objects.get(document=row).about)


def test_a_word_file_tells_its_people_comments_changes_and_places() -> None:
    assert about(word(), "a.docx") == {
        "author": "Jane Doe",
        "title": "Draft for the minister",
        "editor": "John Roe",
        "company": "Ministry",
        "program": "Microsoft Office Word",
        "comments": 2,
        "changes": 2,
        "inside": 1,
        "position": True,
    }


def test_a_workbook_tells_its_hidden_sheets() -> None:
    told = about(made.xlsx({"One": [["a"]], "Names": [["b"]]}, hidden=["Names"]), "a.xlsx")
    assert told["hidden"] == 1
    assert told["author"] == "openpyxl"


def test_an_opendocument_text_tells_its_people_and_changes() -> None:
    changed = "<text:tracked-changes><text:changed-region/></text:tracked-changes>"
    parts = made.unzipped(
        made.opendocument(
            "text",
            f"<office:text>{changed}<text:p>a<office:annotation><text:p>why?</text:p>"
            "</office:annotation></text:p></office:text>",
        )
    )
    meta = (
        "<office:document-meta><office:meta><meta:initial-creator>Jane Doe</meta:initial-creator>"
        "<dc:creator>John Roe</dc:creator></office:meta></office:document-meta>"
    )
    told = about(made.zipped({**parts, "meta.xml": meta}), "a.odt")
    assert told == {"author": "Jane Doe", "editor": "John Roe", "comments": 1, "changes": 1}


def test_a_pdf_tells_its_author_remarks_and_places() -> None:
    said = b"99 0 obj\n<< /Author (Jane Doe) /Producer (Printer 9) >>\nendobj\n"
    data = made.pdf(["Asylum."], trailer="/Info 99 0 R").replace(b"xref\n0", said + b"broken\n0")
    told = about(data + photograph("JPEG"), "a.pdf")
    assert told["author"] == "Jane Doe"
    assert told["maker"] == "Printer 9"
    assert told["position"] is True


def test_a_file_that_says_nothing_is_told_so_by_silence(client: Client) -> None:
    assert about(b"words", "a.txt") == {}
    sign_in(client)
    page = client.get(reverse("wagtaildocs:edit", args=[CustomDocument.objects.get().pk]))
    assert "What the file says of itself" not in page.content.decode()


def test_the_editor_sees_it_before_publishing(client: Client) -> None:
    sign_in(client)
    row = CustomDocument.objects.create(title="A", file=ContentFile(word(), name="a.docx"))
    page = client.get(reverse("wagtaildocs:edit", args=[row.pk])).content.decode()
    for said in (
        "What the file says of itself",
        "<dt>Author</dt><dd>Jane Doe</dd>",
        "<dt>Changed last by</dt><dd>John Roe</dd>",
        "It holds 2 comments.",
        "It remembers 2 changes: what was deleted can be read.",
        "1 other file is inside.",
        "A picture in it tells where it was taken.",
    ):
        assert said in page, said


def test_what_a_hostile_file_says_of_itself_is_text(client: Client) -> None:
    sign_in(client)
    core = CORE.replace("Jane Doe", "&lt;script&gt;x&lt;/script&gt;" + "a" * 5_000)
    data = made.zipped({**made.unzipped(made.docx("a")), "docProps/core.xml": core})
    row = CustomDocument.objects.create(title="A", file=ContentFile(data, name="a.docx"))
    assert len(row.reading.about["author"]) == 300
    page = client.get(reverse("wagtaildocs:edit", args=[row.pk])).content.decode()
    assert "<script>x</script>" not in page


def test_what_is_closed_is_not_found_by_guessing() -> None:
    """Not by the number of a document, nor by the name of its file, nor by the folder of originals
    of pictures, nor by the first page of it."""
    closed = Collection.objects.get(name="Not yet published")
    row = CustomDocument.objects.create(
        title="A", file=ContentFile(made.pdf(["Secret"]), name="secret.pdf"), collection=closed
    )
    image = CustomImage.objects.create(title="B", file=ContentFile(png(), name="b.png"))
    stranger = Client()
    assert stranger.get(row.url).status_code == 302
    assert stranger.get(f"/documents/{row.pk}/other.pdf").status_code == 404
    for path in (
        f"/media/{row.file.name}",
        f"/media/{image.file.name}",
        f"/media/images/../{row.file.name}",
        row.first_page.url,
    ):
        assert stranger.get(path).status_code == 404, path
