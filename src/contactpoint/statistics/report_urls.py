"""The page of a period with its data, and the sheet of a country, under a language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.statistics import report_views

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "statistics/countries/<slug:code>.pdf",
        report_views.country_sheet,
        name="statistics_country_sheet",
    ),
    path("statistics/periods/<slug:code>/", report_views.period_page, name="statistics_period"),
    path(
        "statistics/periods/<slug:code>.<slug:form>",
        report_views.period_data,
        name="statistics_period_data",
    ),
]
