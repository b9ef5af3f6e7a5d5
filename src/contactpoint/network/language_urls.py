"""The pages of institutions, under the page of the network."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.network import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("network/<slug:slug>/", views.institution, name="institution"),
]
