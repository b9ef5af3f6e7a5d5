"""The addresses of `kit`."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from contactpoint.kit import health
from contactpoint.kit.bulk import bulk
from contactpoint.kit.security_txt import security_txt

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("contactpoint.kit.stylesheets")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url="/static/kit/img/favicon.svg", permanent=True)),
    # Before Wagtail's own at the same address.
    path("admin/bulk/<str:app_label>/<str:model_name>/<str:action>/", require_admin_access(bulk)),
    path(".well-known/security.txt", security_txt, name="security_txt"),
]
