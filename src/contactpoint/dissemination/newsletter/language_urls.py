"""Addresses under the language; they stand before the pages themselves."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.dissemination.newsletter import views
from contactpoint.kit.feeds import feed_path

urlpatterns: list[URLPattern | URLResolver] = [
    path("newsletter/", views.archive, name="newsletter"),
    path("newsletter/<int:number>/", views.issue, name="newsletter-issue"),
    feed_path("newsletter/", views.feed, name="newsletter-feed"),
]
