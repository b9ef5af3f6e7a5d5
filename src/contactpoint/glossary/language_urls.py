"""The pages of themes and concepts, under the language."""

from django.urls import URLPattern, URLResolver, include, path

from contactpoint.glossary import views
from contactpoint.glossary.brief import brief

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("contactpoint.glossary.proposals.urls")),
    path("themes/", views.theme_index, name="theme-index"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/<slug:slug>/", views.concept, name="concept"),
    path("glossary/<slug:slug>/brief/", brief, name="concept-brief"),
]
