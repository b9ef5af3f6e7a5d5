"""Addresses of guidance. They stand outside the site's languages, and before its pages."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from contactpoint.guidance.addresses import OfApplicantsOnly, OfGuidance
from contactpoint.guidance.everywhere.urls import urlpatterns as everywhere
from contactpoint.guidance.pages.coverage import coverage
from contactpoint.guidance.pages.front import choose, door, front
from contactpoint.guidance.pages.guide import guide
from contactpoint.guidance.pages.help import leaving, places
from contactpoint.guidance.pages.listening import (
    all_pages,
    captions,
    of_block,
    of_language,
    of_page,
)
from contactpoint.guidance.pages.missing import nothing
from contactpoint.guidance.pages.reporting import said
from contactpoint.guidance.pages.theme import theme

register_converter(OfGuidance, "guidance")
register_converter(OfApplicantsOnly, "applicants")

pages: list[URLPattern | URLResolver] = [
    path("", front, name="guidance"),
    path("help/", places, name="guidance_help"),
    path("leaving/", leaving, name="guidance_leaving"),
    path("coverage/", coverage, name="guidance_coverage"),
    path("said/", said, name="guidance_said"),
    path("said/<slug:code>/", said),
    *everywhere,
    path("voice/", all_pages, name="guidance_voice"),
    path("voice/all.zip", of_language),
    path("voice/<slug:code>.mp3", of_page),
    path("voice/<slug:code>.vtt", captions),
    path("voice/<slug:code>/<slug:sound>.<slug:form>", of_block),
    path("<slug:code>/", theme, name="guidance_theme"),
    path("<slug:theme>/<slug:code>/", guide, name="guidance_guide"),
    path("<path:rest>", nothing),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("guidance/", choose),
    path("<guidance:language>/guidance/", include(pages)),
    path("<applicants:language>/", door),
    path("<applicants:language>/<path:rest>", nothing),
]
