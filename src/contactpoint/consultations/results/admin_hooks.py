"""Leads from the page of a survey in Wagtail's admin to what came of it."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from contactpoint.consultations.models import Round
from contactpoint.consultations.results.addresses import editors_url
from contactpoint.kit.labels import FALLBACK_LANGUAGE


@hooks.register("register_round_links")
def results_link(round: Round) -> Iterator[tuple[str, str]]:
    """From the page of a round, in a language of the portal."""
    if round.is_of_states or round.status == Round.Status.DRAFT:
        return
    spoken = (get_language() or "").split("-")[0]
    language = spoken if spoken in dict(settings.LANGUAGES) else FALLBACK_LANGUAGE
    yield str(_("Results as they come in")), editors_url(round.code, language)
