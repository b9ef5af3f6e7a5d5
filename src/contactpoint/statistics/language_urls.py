"""The addresses of statistics under each language."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("contactpoint.statistics.offering.urls")),
]
