"""The addresses of concepts that hold whatever the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.glossary import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("id/concept/<slug:slug>", views.identifier, name="concept-identifier"),
]
