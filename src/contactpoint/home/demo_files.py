"""Documents and films of the demo, each made once, as if an editor had uploaded it."""

from typing import Any

from django.core.files import File

from contactpoint.home.demo_items import FOLDER
from contactpoint.media.actions import read
from contactpoint.media.formats.captions import parse, written
from contactpoint.media.models import Captions, CustomDocument, CustomImage, Recording

WIDTH, HEIGHT = 1280, 720


def document(name: str, **fields: Any) -> CustomDocument:
    """The document of a file of the demo, or the one that was made of it before."""
    known = CustomDocument.objects.filter(file=f"documents/{name}").first()
    if known is not None:
        return known
    document = CustomDocument(**fields)
    with (FOLDER / "files" / name).open("rb") as file:
        document.file.save(name, File(file), save=False)
        document.save()
    document.get_file_size()
    document.get_file_hash()
    read(document)
    return document


def film(name: str, *, credit: str, **fields: Any) -> dict[str, Any]:
    """The recording and the poster of a film of the demo, with all captions that lie beside it."""
    folder = FOLDER / "films"
    recording = Recording.objects.filter(file=f"media/{name}.webm").first()
    if recording is None:
        recording = Recording(type="video", width=WIDTH, height=HEIGHT, **fields)
        with (folder / f"{name}.webm").open("rb") as file:
            recording.file.save(f"{name}.webm", File(file), save=False)
            recording.save()
        Captions.objects.bulk_create(
            Captions(
                recording=recording,
                language=path.suffixes[0].removeprefix("."),
                text=written(parse(path.read_bytes())),
            )
            for path in sorted(folder.glob(f"{name}.*.vtt"))
        )
    poster = CustomImage.objects.filter(file=f"original_images/{name}.png").first()
    if poster is None:
        poster = CustomImage(title=fields["title"], credit=credit)
        with (folder / f"{name}.png").open("rb") as file:
            poster.file.save(f"{name}.png", File(file), save=False)
            poster.save()
    return {"recording": recording, "poster": poster}
