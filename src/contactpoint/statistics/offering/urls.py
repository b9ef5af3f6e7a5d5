"""The addresses of data; they stand before those of pages."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.statistics.offering import embedding, views

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "statistics/compare/citation.<slug:format>",
        views.comparison_citation,
        name="statistics_comparison_citation",
    ),
    path(
        "statistics/countries/<slug:code>/citation.<slug:format>",
        views.country_citation,
        name="statistics_country_citation",
    ),
    path(
        "statistics/compare.<slug:format>", views.comparison_data, name="statistics_comparison_data"
    ),
    path(
        "statistics/countries/<slug:code>.<slug:format>",
        views.country_data,
        name="statistics_country_data",
    ),
    path("statistics/<slug:name>/embed/", embedding.embed, name="statistics_embed"),
    path(
        "statistics/<slug:name>/citation.<slug:format>",
        views.citation,
        name="statistics_citation",
    ),
    path("statistics/<slug:name>.<slug:format>", views.indicator_data, name="statistics_data"),
]
