"""Addresses of this part, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.consultations.compilations import comparing_views, validity_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("compare/", comparing_views.comparison, name="consultations_compare"),
    path("room/compilations/", views.network_list, name="consultations_network_list"),
    path("room/validity/", validity_views.overview, name="consultations_validity"),
    path("room/validity/<int:pk>/", validity_views.answer, name="consultations_validity_answer"),
    path(
        "<slug:code>/compilation.<slug:ending>",
        views.public_file,
        name="consultations_compilation_file",
    ),
    path(
        "<slug:code>/attachments/<slug:reference>/",
        views.public_attachment,
        name="consultations_attachment",
    ),
    path("<slug:code>/network/", views.network_page, name="consultations_network"),
    path(
        "<slug:code>/network/compilation.<slug:ending>",
        views.network_file,
        name="consultations_network_file",
    ),
    path(
        "<slug:code>/network/attachments/<slug:reference>/",
        views.network_attachment,
        name="consultations_network_attachment",
    ),
]
