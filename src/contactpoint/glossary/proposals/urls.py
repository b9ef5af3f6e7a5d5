"""The addresses of proposals, under the language; they stand before those of concepts."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.glossary.proposals import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("glossary/propose/", views.propose_term, name="propose-term"),
    path("glossary/proposals/", views.proposals, name="proposals"),
    path("glossary/proposals/<str:reference>/", views.status, name="proposal"),
    path("glossary/proposals/confirm/<str:token>/", views.confirm, name="proposal-confirm"),
    path("glossary/<slug:slug>/propose/", views.propose_for, name="propose-for"),
]
