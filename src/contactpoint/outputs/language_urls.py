"""The feeds, under the address of what they follow."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.outputs import family_views, print_views, video_views, views
from contactpoint.outputs.relations import FORMS

urlpatterns: list[URLPattern | URLResolver] = [
    path("feed.atom", views.site_feed, name="site-feed"),
    path("themes/<slug:slug>/feed.atom", views.theme_feed, name="theme-feed"),
    path("glossary/<slug:slug>/feed.atom", views.concept_feed, name="concept-feed"),
    path(
        "publications/<str:slug>/citation.<slug:form>", views.citation, name="publication-citation"
    ),
    path(
        "publications/<str:slug>/print.pdf",
        print_views.publication_print,
        name="publication-print",
    ),
    path("videos/<str:slug>/transcript/", video_views.transcript, name="video-transcript"),
    *(
        path(f"{folder}/", family_views.families, {"form": form}, name=f"{form}-list")
        for form, folder in FORMS.items()
    ),
    *(
        path(f"{folder}/<slug:slug>/{end}", view, {"form": form}, name=f"{form}-{name}")
        for form, folder in FORMS.items()
        for name, end, view in (
            ("page", "", family_views.family),
            ("feed", "feed.atom", family_views.family_feed),
        )
    ),
    path("network/<slug:slug>/feed.atom", views.institution_feed, name="institution-feed"),
    path("work-programme/feed.atom", views.programme_feed, name="programme-feed"),
    path("<slug:slug>/feed.atom", views.list_feed, name="list-feed"),
]
