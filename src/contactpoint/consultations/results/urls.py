"""Addresses of this part, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.consultations.results import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:code>/results/", views.editors_page, name="consultation-editors"),
    path("<slug:code>/results.<slug:format>", views.public_file, name="consultation-results"),
    path("<slug:code>/codebook.csv", views.public_codebook, name="consultation-codebook"),
    path(
        "<slug:code>/responses.<slug:format>", views.responses_file, name="consultation-responses"
    ),
]
