"""The same content as outputs have, as ordinary page models with ordinary relations."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page

from contactpoint.glossary.models import Concept, Theme
from contactpoint.kit.blocks import text_blocks
from contactpoint.network.models import Country, Institution


class PlainList(Page):
    """A list of items, twenty a page; relations are prefetched, as Django's documentation says."""

    introduction = models.TextField(blank=True)
    template = "plainsite/list.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        items = (
            PlainItem.objects.child_of(self)
            .live()
            .public()
            .order_by("-published_on")
            .prefetch_related("themes", "concepts")
        )
        context["entries"] = Paginator(items, 20).get_page(request.GET.get("page"))
        return context


class PlainItem(Page):
    """An item with what it is about."""

    teaser = models.TextField(blank=True)
    body = StreamField(text_blocks(), blank=True)
    published_on = models.DateField(null=True)
    source_url = models.URLField(blank=True)
    themes = ParentalManyToManyField(Theme)
    concepts = ParentalManyToManyField(Concept)
    institutions = ParentalManyToManyField(Institution)
    countries = ParentalManyToManyField(Country)
    template = "plainsite/item.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["related"] = (
            PlainItem.objects.live()
            .public()
            .filter(locale=self.locale, concepts__in=self.concepts.all())
            .exclude(pk=self.pk)
            .annotate(shared=Count("concepts"))
            .order_by("-shared", "-published_on")
            .prefetch_related("themes")[:6]
        )
        return context
