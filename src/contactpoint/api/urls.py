"""The interface for programs, under a number that changes when something that is told goes."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.api import views
from contactpoint.api.catalogue.views import catalogue
from contactpoint.api.dumps import views as dumps
from contactpoint.api.embeds.oembed import oembed
from contactpoint.api.harvesting.views import oai
from contactpoint.api.proposals.views import proposals, proposed
from contactpoint.api.resources import RESOURCES

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", views.start, name="api"),
    path("api/v1/openapi.json", views.openapi, name="api-document"),
    path("api/v1/context.jsonld", views.jsonld, name="api-context"),
    *(
        path(
            f"api/v1/{one.path}".replace("{id}", "<str:key>"),
            views.list_of,
            {"name": one.name},
            name=f"api-{one.name}",
        )
        for one in RESOURCES
    ),
    *(
        path(
            f"api/v1/{one.name}/<str:key>",
            views.one_of,
            {"name": one.name},
            name=f"api-{one.name}-one",
        )
        for one in RESOURCES
        if one.has_items
    ),
    path("api/v1/proposals", proposals, name="api-proposals"),
    path("api/v1/proposals/<str:key>", proposed, name="api-proposals-one"),
    path("api/v1/<path:path>", views.nothing, name="api-nothing"),
    path("oembed", oembed, name="oembed"),
    path("oai", oai, name="oai"),
    path("catalogue", catalogue, name="catalogue"),
    path("catalogue.<slug:ending>", catalogue, name="catalogue-data"),
    path("dumps/", dumps.start, name="dumps"),
    path("dumps/<str:dump>/<str:name>", dumps.file, name="dump-file"),
    path("dumps/<path:path>", dumps.nothing),
]
