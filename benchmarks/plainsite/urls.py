"""Wagtail's own routing, under a language, as its documentation has it."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls

urlpatterns: list[URLPattern | URLResolver] = i18n_patterns(path("", include(wagtail_urls)))
# Theme and concept pages have the portal's addresses; here they only need names.
urlpatterns += [path("", include("contactpoint.glossary.language_urls"))]
