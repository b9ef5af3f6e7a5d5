"""The pages of themes and concepts, under the language."""

from django.urls import URLPattern, URLResolver, include, path

from contactpoint.glossary import views
from contactpoint.glossary.brief import brief
from contactpoint.glossary.views import standing, versions
from contactpoint.glossary.views.feeds import changes
from contactpoint.kit.feeds import feed_path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("contactpoint.glossary.proposals.urls")),
    path("themes/", views.theme_index, name="theme-index"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("glossary/", views.glossary, name="glossary"),
    feed_path("glossary/", changes, name="glossary-feed"),
    path("glossary/find.json", views.find, name="glossary-find"),
    path("glossary/hierarchy/", views.hierarchy, name="glossary-hierarchy"),
    path("glossary/versions/", versions.version_list, name="glossary-versions"),
    path("glossary/versions/<str:number>/", versions.version, name="glossary-version"),
    path(
        "glossary/versions/<str:number>/<slug:slug>/",
        standing.concept_in_version,
        name="concept-in-version",
    ),
    path("glossary/<slug:slug>/", standing.concept, name="concept"),
    path("glossary/<slug:slug>/brief/", brief, name="concept-brief"),
]
