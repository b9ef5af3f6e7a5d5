"""The page about the interface, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.api.developers import developers
from contactpoint.api.open_data import open_data

urlpatterns: list[URLPattern | URLResolver] = [
    path("developers/", developers, name="developers"),
    path("open-data/", open_data, name="open-data"),
]
