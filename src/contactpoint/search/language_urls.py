"""The search, under the language."""

from django.urls import URLPattern, URLResolver, include, path

from contactpoint.kit.feeds import feed_path
from contactpoint.search import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", views.search, name="search"),
    path("search/description.xml", views.description, name="search-description"),
    path("search/complete", views.completions, name="search-completions"),
    path("search/suggest", views.suggestions, name="search-suggestions"),
    feed_path("search/", views.feed, name="search-feed"),
    path("search/search.csv", views.table, name="search-table"),
    path("search/citations.<slug:form>", views.citations, name="search-citations"),
    path("search/search.json", views.found_json, name="search-json"),
    path("", include("contactpoint.search.noticed_urls")),
]
