"""Addresses of this part, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.consultations.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="consultations"),
    path("<slug:code>/", views.detail, name="consultation"),
]
