"""The pages of themes and concepts, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.glossary import version_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("themes/", views.theme_index, name="theme-index"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/versions/", version_views.version_list, name="glossary-versions"),
    path("glossary/versions/<str:number>/", version_views.version, name="glossary-version"),
    path(
        "glossary/versions/<str:number>/<slug:slug>/",
        version_views.concept_in_version,
        name="concept-in-version",
    ),
    path("glossary/<slug:slug>/", version_views.concept, name="concept"),
]
