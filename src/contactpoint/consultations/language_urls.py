"""The pages of consultations, under the language. A round's code stands where fixed words do, so
`pages` comes last; `compilations` has a page of its own among those of the room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/", include("contactpoint.consultations.compilations.urls")),
    path("consultations/", include("contactpoint.consultations.room.urls")),
    path("consultations/", include("contactpoint.consultations.surveys.urls")),
    path("consultations/", include("contactpoint.consultations.results.urls")),
    path("consultations/", include("contactpoint.consultations.pages.urls")),
]
