"""The page about the interface, and what is shown in frames, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.api.developers import developers
from contactpoint.api.embeds import choosing, showing
from contactpoint.api.open_data import open_data

urlpatterns: list[URLPattern | URLResolver] = [
    path("developers/", developers, name="developers"),
    path("open-data/", open_data, name="open-data"),
    path("embed/", choosing.embeds, name="embeds"),
    path("embed/concept/<slug:slug>/", showing.concept, name="embed-concept"),
    path("embed/events/", showing.events, name="embed-events"),
    path("embed/list/<slug:slug>/", showing.listed, name="embed-list"),
    path("embed/search/", showing.searched, name="embed-search"),
]
