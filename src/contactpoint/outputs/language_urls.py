"""The feeds, under the address of what they follow."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.outputs import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("feed.atom", views.site_feed, name="site-feed"),
    path("themes/<slug:slug>/feed.atom", views.theme_feed, name="theme-feed"),
    path("glossary/<slug:slug>/feed.atom", views.concept_feed, name="concept-feed"),
    path("network/<slug:slug>/feed.atom", views.institution_feed, name="institution-feed"),
    path("work-programme/feed.atom", views.programme_feed, name="programme-feed"),
    path("<slug:slug>/feed.atom", views.list_feed, name="list-feed"),
]
