"""A page that is kept is made anew once the worker has made the sizes of its pictures."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.core.wsgi import get_wsgi_application
from factories import make_output, make_site
from kept_pages import asked
from PIL import Image

from contactpoint.delivery.keeping import Keep
from contactpoint.delivery.serving import KeptPages
from contactpoint.kit.generations import Generations
from contactpoint.kit.pictures import make, make_pictures
from contactpoint.media.models import CustomImage


def test_a_kept_page_gets_the_better_forms_of_its_pictures(
    watched: Generations, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    waiting: list[Any] = []
    enqueue = type(make_pictures).enqueue

    def taken(self: Any, *given: Any, **named: Any) -> Any:
        if self.func is not make_pictures.func:
            return enqueue(self, *given, **named)
        return waiting.append(named)

    monkeypatch.setattr(type(make_pictures), "enqueue", taken)
    file = io.BytesIO()
    Image.new("RGB", (900, 1200), "navy").save(file, "PNG")
    file.seek(0)
    image = CustomImage.objects.create(title="Cover", file=ImageFile(file, name="cover.png"))
    page = make_output(make_site(), "publication", cover=image)
    path = page.get_url()
    kept = KeptPages(get_wsgi_application(), Keep(watched))
    for _time in range(3):  # the first makes one size and asks for the others, the next is kept
        assert b"image/avif" not in asked(kept, path)[2]
    assert {"pk": image.pk, "shape": "cover"} in waiting
    assert make(image, "cover") == 4
    status, _headers, body = asked(kept, path)
    assert status == "200 OK"
    assert b'<source type="image/avif"' in body
    assert asked(kept, path)[2] == body
