"""The addresses of `kit`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("contactpoint.kit.stylesheets")),
]
