"""The pages of statistics, under the language. What is counted has its name in the address, so
fixed words stand before it."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.statistics import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("statistics/", views.overview, name="statistics"),
    path("statistics/compare/", views.comparison, name="statistics_comparison"),
    path("statistics/countries/", views.countries, name="statistics_countries"),
    path("statistics/countries/<slug:code>/", views.country, name="statistics_country"),
    path("statistics/<slug:name>/", views.indicator, name="statistics_indicator"),
]
