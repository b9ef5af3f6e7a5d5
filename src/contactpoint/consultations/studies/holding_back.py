"""A national report that was published holds what may be told, and nothing else.

A page is a copy, and a mark can be changed after it was made. So whenever what may be told of a
round changes, and whenever such a page is published, its answers are looked up again: one that
holds an answer which may not be told now is taken off the web, in the same transaction. Editors
take the answer out, or write the study again, and publish it again.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signals import page_published

from contactpoint.consultations import reaching
from contactpoint.consultations.models import Round, StateAsked
from contactpoint.consultations.reaching import Circle
from contactpoint.consultations.signals import answers_changed
from contactpoint.consultations.studies.bodies import block_id
from contactpoint.consultations.studies.parts import key_of
from contactpoint.outputs.models import Part, Publication


def held_back(
    round: Round, state: str, page: Publication, circle: Circle = Circle.PUBLIC
) -> list[str]:
    """Codes of the answers in the report of a state that the circle may not know; one query."""
    ids = {one.id for one in page.body}
    asked = round.version.asked().questions() if round.version else ()
    told = [one.code for one in asked if block_id(round.pk, state, one.code) in ids]
    if not told:
        return []
    rows = reaching.answers(circle).filter(response__round=round, response__country__code=state)
    known = set(rows.values_list("question", flat=True))
    return [code for code in told if code not in known]


def report_of(page: Any) -> tuple[Round, str] | None:
    """Of which round and state a page is the report, whatever its links say; None where it is
    none. Two queries at most."""
    if not isinstance(page, Publication):
        return None
    rows = StateAsked.objects.filter(round__family__isnull=False)
    for round, state in rows.values_list("round", "country__code"):
        if key_of(round, Part.NATIONAL.value, state) == page.translation_key:
            return Round.objects.select_related("version").get(pk=round), state
    return None


def _reports(round: int) -> dict[UUID, str]:
    """States by the keys of their reports; empty where no study was written of the round."""
    rows = StateAsked.objects.filter(round=round, round__family__isnull=False)
    codes = rows.values_list("country__code", flat=True)
    return {key_of(round, Part.NATIONAL.value, code): code for code in codes}


def answers_were_changed(round: int, **_kwargs: Any) -> None:
    """What may be told of a round is not what it was."""
    states = _reports(round)
    if not states:
        return
    pages = list(Publication.objects.filter(live=True, translation_key__in=list(states)))
    about = Round.objects.select_related("version").get(pk=round) if pages else None
    for page in pages:
        if about and held_back(about, states[page.translation_key], page):
            page.unpublish(log_action=True)


def page_was_published(instance: Any, **_kwargs: Any) -> None:
    """By whatever way: the button, a workflow, at its hour."""
    found = report_of(instance)
    if found is not None and held_back(*found, instance):
        Publication.objects.get(pk=instance.pk).unpublish(log_action=True)


def refuse_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Called by Wagtail before an editor publishes: says what has to go first."""
    found = report_of(page)
    codes = held_back(*found, page) if found else []
    if not codes:
        return None
    text = _(
        "It can't be published: these answers may not leave the network now, or the study itself "
        "is not public yet: %(codes)s. Take them out, or publish the study."
    )
    messages.error(request, text % {"codes": ", ".join(codes)})
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def connect() -> None:
    """Called once, when Django starts."""
    answers_changed.connect(answers_were_changed, dispatch_uid="consultations.studies")
    page_published.connect(page_was_published, dispatch_uid="consultations.studies")
