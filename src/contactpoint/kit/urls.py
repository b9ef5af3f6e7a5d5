"""The addresses of `kit`."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from contactpoint.kit import health
from contactpoint.kit.security_txt import security_txt

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("contactpoint.kit.stylesheets")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url="/static/kit/img/favicon.svg", permanent=True)),
    path(".well-known/security.txt", security_txt, name="security_txt"),
]
