"""The search page, under the language."""

from django.urls import URLPattern, URLResolver, include, path

from contactpoint.search.views import search

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", search, name="search"),
    path("", include("contactpoint.search.noticed_urls")),
]
