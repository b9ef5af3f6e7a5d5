"""The feeds, under the address of what they follow."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.kit.feeds import feed_path
from contactpoint.outputs import (
    citing_views,
    correction_views,
    family_views,
    feed_page,
    print_views,
    video_views,
    views,
)
from contactpoint.outputs.citing import CITED
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.relations import FORMS

urlpatterns: list[URLPattern | URLResolver] = [
    feed_path("", views.site_feed, name="site-feed"),
    feed_path("themes/<slug:slug>/", views.theme_feed, name="theme-feed"),
    feed_path("glossary/<slug:slug>/", views.concept_feed, name="concept-feed"),
    *(
        path(
            f"{LISTS[kind][0]}/<str:slug>/citation.<slug:form>",
            citing_views.citation,
            {"kind": kind},
            name=f"{kind}-citation",
        )
        for kind in CITED
    ),
    *(
        path(
            f"{LISTS[kind][0]}/citations.<slug:form>",
            citing_views.citations,
            {"kind": kind},
            name=f"{kind}-citations",
        )
        for kind in CITED
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
        path(f"{folder}/<slug:slug>/", family_views.family, {"form": form}, name=f"{form}-page")
        for form, folder in FORMS.items()
    ),
    *(
        feed_path(
            f"{folder}/<slug:slug>/", family_views.family_feed, {"form": form}, name=f"{form}-feed"
        )
        for form, folder in FORMS.items()
    ),
    feed_path("network/<slug:slug>/", views.institution_feed, name="institution-feed"),
    feed_path("countries/<slug:code>/", views.country_feed, name="country-feed"),
    feed_path("work-programme/", views.programme_feed, name="programme-feed"),
    *(
        feed_path(f"{slug}/", views.list_feed, {"slug": slug}, name=f"{slug}-feed")
        for slug, _label in LISTS.values()
    ),
    path("corrections/", correction_views.corrections, name="corrections"),
    feed_path("corrections/", correction_views.feed, name="corrections-feed"),
    path("feeds/", feed_page.feed_page, name="feed-page"),
]
