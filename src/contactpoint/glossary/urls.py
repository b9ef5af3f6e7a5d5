"""The addresses of concepts that hold whatever the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.glossary import views
from contactpoint.glossary.views import versions

urlpatterns: list[URLPattern | URLResolver] = [
    path("id/concept/<slug:slug>", views.identifier, name="concept-identifier"),
    path(
        "id/concept/<slug:slug>/versions/<str:number>",
        versions.identifier_in_version,
        name="concept-identifier-in-version",
    ),
]
