"""The doors of guidance: what a reader of any language gets of guides and places."""

import io
import zipfile
from typing import Final

from search.doors import Asked, Reader, door

from contactpoint.guidance.models import Guide

LANGUAGES: Final = ("en", "ar")
VARIANTS: Final = ("", "minor")


def _base(language: str) -> str:
    return f"/{language}/guidance/"


@door("guide")
def pages_of_guides(reader: Reader, asked: Asked) -> str:
    """Somebody knows the code of every guide there is."""
    told = ""
    for theme, code in Guide.objects.values_list("theme__code", "code"):
        for language in LANGUAGES:
            told += reader.get(f"{_base(language)}{theme}/{code}/")
            told += reader.get(f"{_base(language)}{theme}/{code}/", **{"as": "minor"})
            told += reader.get(f"{_base(language)}{code}/")
    return told


@door("guide")
def lists_of_guides(reader: Reader, asked: Asked) -> str:
    themes = Guide.objects.order_by().values_list("theme__code", flat=True).distinct()
    names = ("", "coverage/", "voice/", "sheet/", *(f"{theme}/" for theme in themes))
    return "".join(
        reader.get(f"{_base(language)}{name}") for language in LANGUAGES for name in names
    )


@door("place")
def pages_of_help(reader: Reader, asked: Asked) -> str:
    return "".join(reader.get(f"{_base(language)}help/") for language in LANGUAGES)


@door("guide")
def saved_guidance(reader: Reader, asked: Asked) -> str:
    """All pages of a language as one file, and what a phone fetches."""
    return "".join(
        reader.get(f"{_base(language)}offline/{name}")
        for language in LANGUAGES
        for name in ("pages.html", "manifest.json", "")
    )


@door()
def sound_of_guides(reader: Reader, asked: Asked) -> str:
    told = ""
    for language in LANGUAGES:
        for code in Guide.objects.values_list("code", flat=True):
            told += reader.get(f"{_base(language)}voice/{code}.vtt")
        answer = reader.client.get(f"{_base(language)}voice/all.zip")
        if answer.status_code == 200:
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                told += " ".join(packed.namelist())
    return told


@door("guide", "place")
def guidance_in_the_results(reader: Reader, asked: Asked) -> str:
    names = ("", "search.json", "search.csv", "feed.atom")
    return "".join(reader.get(f"/{asked.language}/search/{name}", q=asked.word) for name in names)


@door("guide")
def guides_for_programs(reader: Reader, asked: Asked) -> str:
    """The interface: its list with all filters of languages, and each guide by the code that
    somebody knows."""
    told = reader.get("/api/v1/guidance", limit=100)
    told += reader.get("/api/v1/guidance", **{"language.any": ",".join(LANGUAGES)})
    codes = Guide.objects.values_list("code", flat=True)
    return told + "".join(reader.get(f"/api/v1/guidance/{code}") for code in codes)
