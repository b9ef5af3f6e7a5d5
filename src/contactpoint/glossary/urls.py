"""The addresses of concepts that hold whatever the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.glossary.reconciliation import views as reconciliation
from contactpoint.glossary.views import data, standing

urlpatterns: list[URLPattern | URLResolver] = [
    path("id/concept/<slug:slug>", data.concept, name="concept-identifier"),
    path("id/concept/<slug:slug>.<slug:suffix>", data.concept, name="concept-data"),
    path("id/scheme/glossary", data.scheme, name="scheme-identifier"),
    path("id/scheme/glossary.<slug:suffix>", data.scheme, name="scheme-data"),
    path("id/reconcile", reconciliation.service, name="reconcile"),
    path("id/reconcile/preview", reconciliation.preview, name="reconcile-preview"),
    path("id/reconcile/properties", reconciliation.proposals, name="reconcile-properties"),
    path("id/reconcile/suggest/<slug:kind>", reconciliation.suggest, name="reconcile-suggest"),
    path("id/reconcile/flyout/<slug:kind>", reconciliation.flyout, name="reconcile-flyout"),
    path(
        "id/concept/<slug:slug>/versions/<str:number>",
        standing.identifier_in_version,
        name="concept-identifier-in-version",
    ),
    # Else Django would lead what is not found here to the same path under a language.
    path("id/", data.nothing),
    path("id/<path:rest>", data.nothing),
]
