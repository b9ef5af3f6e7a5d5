"""The addresses of `home` that are no pages."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.home import sitemap_kinds
from contactpoint.home.sitemap import sitemap

urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-news.xml", sitemap_kinds.news, name="sitemap-news"),
    path("sitemap-videos.xml", sitemap_kinds.videos, name="sitemap-videos"),
    path("sitemap-images.xml", sitemap_kinds.images, name="sitemap-images"),
]
