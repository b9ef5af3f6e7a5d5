"""Where pages say that a result was opened, and readers that they found nothing."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.search.looked_for import views as looked_for
from contactpoint.search.noticing.views import result_opened

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/opened", result_opened, name="search-opened"),
    path("search/looked-for/", looked_for.send, name="looked-for"),
    path("search/looked-for/sent/", looked_for.thanks, name="looked-for-sent"),
]
