"""Addresses of respondents, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.consultations.surveys.views import ending, leaving, section, starting

_ANSWER = "<slug:code>/answer/"
_LINK = f"{_ANSWER}<slug:secret>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_ANSWER, starting.start, name="consultations_start"),
    path(_LINK, starting.by_link, name="consultations_link"),
    path(f"{_LINK}part/<str:section>/", section.section, name="consultations_section"),
    path(f"{_LINK}files/<slug:reference>/", section.file, name="consultations_file"),
    path(f"{_LINK}later/", leaving.later, name="consultations_later"),
    path(f"{_LINK}review/", ending.review, name="consultations_review"),
    path(f"{_LINK}receipt/", ending.after, name="consultations_receipt"),
]
