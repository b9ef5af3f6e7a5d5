"""The addresses of `home` that are no pages."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.home.sitemap import sitemap

urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", sitemap, name="sitemap"),
]
