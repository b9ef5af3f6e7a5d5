"""The addresses of data; they stand before those of pages."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.statistics.offering import views

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "statistics/compare.<slug:format>", views.comparison_data, name="statistics_comparison_data"
    ),
    path(
        "statistics/countries/<slug:code>.<slug:format>",
        views.country_data,
        name="statistics_country_data",
    ),
    path("statistics/<slug:name>.<slug:format>", views.indicator_data, name="statistics_data"),
]
