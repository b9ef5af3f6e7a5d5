"""Addresses of guidance off the line and on paper, under `/<language>/guidance/`."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from contactpoint.guidance.everywhere import counter, offline, printing, versions


class Digest(StringConverter):
    """Path converter: the hash of a part of a pack, or of a version of a text."""

    regex = "[0-9a-f]{16}"


register_converter(Digest, "digest")

urlpatterns: list[URLPattern | URLResolver] = [
    path("offline/", offline.offline, name="guidance_offline"),
    path("offline/none/", offline.none),
    path("offline/unsent/", offline.unsent),
    path("offline/manifest.json", offline.manifest),
    path("offline/worker.js", offline.worker),
    path("offline/app.webmanifest", offline.app),
    path("offline/pages.html", offline.file),
    path("offline/<digest:digest>.json", offline.leaf),
    path("sheet/", counter.sheet, name="guidance_sheet"),
    path("sheet/sheet.pdf", counter.sheet_pdf),
    path("<slug:code>/version/<digest:digest>/", versions.version),
    path("<slug:code>/version/<digest:digest>.mp3", versions.whole),
    path("<slug:code>/version/<digest:digest>.vtt", versions.captions),
    path("<slug:code>/version/<digest:digest>/<slug:sound>.<slug:form>", versions.sound),
    path("<slug:theme>/<slug:code>.pdf", printing.pdf),
]
