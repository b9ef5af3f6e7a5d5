"""The search page, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.search.views import search

urlpatterns: list[URLPattern | URLResolver] = [path("search/", search, name="search")]
