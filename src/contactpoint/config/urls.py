"""The root addresses: each app's own, then the legacy ones, then Wagtail's pages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from contactpoint.accounts.urls import language_urlpatterns as account_language_urls

handler500 = "contactpoint.config.failing.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("contactpoint.kit.urls")),
    path("", include("contactpoint.accounts.urls")),
    path("", include("contactpoint.home.urls")),
    path("", include("contactpoint.operations.urls")),
    path("", include("contactpoint.desk.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/", include("contactpoint.media.urls")),
    path("", include("contactpoint.glossary.urls")),
    path("", include("contactpoint.api.urls")),
    path("", include("contactpoint.dissemination.delivering.urls")),
    path("", include("contactpoint.intake.urls")),
    path("", include("contactpoint.guidance.urls")),
]

urlpatterns += i18n_patterns(
    path("", include("contactpoint.dissemination.following.language_urls")),
    path("", include("contactpoint.dissemination.newsletter.language_urls")),
    path("", include("contactpoint.search.language_urls")),
    path("", include("contactpoint.consultations.language_urls")),
    path("", include("contactpoint.events.language_urls")),
    path("", include("contactpoint.outputs.language_urls")),
    path("", include("contactpoint.statistics.language_urls")),
    path("", include("contactpoint.glossary.language_urls")),
    path("", include("contactpoint.api.language_urls")),
    path("", include("contactpoint.network.language_urls")),
    path("", include(account_language_urls)),
    path("", include("contactpoint.kit.serving")),
    path("", include(wagtail_urls)),
)
