"""The page about the interface, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.api.developers import developers

urlpatterns: list[URLPattern | URLResolver] = [path("developers/", developers, name="developers")]
