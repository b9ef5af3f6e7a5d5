"""The pages of statistics, under the language. An indicator's name stands where fixed words do, so
these come before it."""

from django.urls import URLPattern, URLResolver, include, path

from contactpoint.statistics import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("contactpoint.statistics.report_urls")),
    path("", include("contactpoint.statistics.offering.urls")),
    path("statistics/", views.overview, name="statistics"),
    path("statistics/compare/", views.comparison, name="statistics_comparison"),
    path("statistics/countries/", views.countries, name="statistics_countries"),
    path("statistics/countries/<slug:code>/", views.country, name="statistics_country"),
    path("statistics/<slug:name>/", views.indicator, name="statistics_indicator"),
]
