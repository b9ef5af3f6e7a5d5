"""Pictures that editors upload."""

import io
import struct
import zlib

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from editing import sign_in
from PIL import Image
from saved_sources import png
from wagtail.models import Collection

from contactpoint.media.models import CustomImage

pytestmark = pytest.mark.django_db


def _chunk(name: bytes, content: bytes) -> bytes:
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def _bomb(side: int) -> bytes:
    """A PNG that says it is `side` pixels wide and high; its few bytes never hold that many."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    content = zlib.compress(bytes(1000))
    parts = ((b"IHDR", header), (b"IDAT", content), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _fields(content: bytes) -> dict[str, object]:
    return {
        "title": "A house",
        "file": ContentFile(content, name="house.png"),
        "collection": Collection.objects.get(depth=1).pk,
    }


@pytest.mark.parametrize("side", [20_000, 60_000])
def test_a_picture_that_is_too_large_unpacked_is_refused_in_the_form(
    client: Client, side: int
) -> None:
    sign_in(client)
    answer = client.post(reverse("wagtailimages:add"), _fields(_bomb(side)))
    assert answer.status_code == 200
    assert "too many pixels" in str(answer.context["form"].errors["file"])
    upload = {"files[]": ContentFile(_bomb(side), name="house.png"), "title": "A house"}
    more = client.post(
        reverse("wagtailimages:add_multiple"),
        upload,
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert (more.status_code, more.json()["success"]) == (200, False)
    assert not CustomImage.objects.exists()


def test_a_picture_that_is_cut_off_is_refused_in_the_form(client: Client) -> None:
    sign_in(client)
    file = io.BytesIO()
    Image.effect_noise((600, 400), 80).save(file, "JPEG")
    cut = _fields(file.getvalue()[:9_000]) | {"file": ContentFile(file.getvalue()[:9_000], "h.jpg")}
    answer = client.post(reverse("wagtailimages:add"), cut)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not CustomImage.objects.exists()


def test_an_ordinary_picture_is_taken(client: Client) -> None:
    sign_in(client)
    assert client.post(reverse("wagtailimages:add"), _fields(png())).status_code == 302
    assert CustomImage.objects.get().title == "A house"
