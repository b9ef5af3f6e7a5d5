"""The pages of themes and concepts, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.glossary import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("themes/", views.theme_index, name="theme-index"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/find.json", views.find, name="glossary-find"),
    path("glossary/hierarchy/", views.hierarchy, name="glossary-hierarchy"),
    path("glossary/<slug:slug>/", views.concept, name="concept"),
]
