"""Addresses of this part, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.consultations.pages import feeds, views
from contactpoint.kit.feeds import feed_path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="consultations"),
    feed_path("", feeds.open_now, name="consultations-feed"),
    path("<slug:code>/", views.detail, name="consultation"),
]
