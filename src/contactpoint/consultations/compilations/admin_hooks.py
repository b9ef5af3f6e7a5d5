"""Leads from the page of a query or study in Wagtail's admin to what states answered."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from contactpoint.consultations.compilations.addresses import network_url
from contactpoint.consultations.models import Round
from contactpoint.kit.labels import FALLBACK_LANGUAGE


@hooks.register("register_round_links")
def compilation_link(round: Round) -> Iterator[tuple[str, str]]:
    """The network's version, which is there long before anything is published."""
    if not round.is_of_states or round.status == Round.Status.DRAFT:
        return
    spoken = (get_language() or "").split("-")[0]
    language = spoken if spoken in dict(settings.LANGUAGES) else FALLBACK_LANGUAGE
    yield str(_("Compilation for the network")), network_url(round.code, language)
