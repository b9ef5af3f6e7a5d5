"""A national report that was published holds what may be told, and nothing else.

A page is a copy, and a mark can be changed after it was made. So whenever what may be told of a
round changes, by whatever way, and whenever a page that holds answers comes on the web, by whatever
way, its answers are looked up again: one that holds an answer which may not be told now, or which
the state has changed since, is taken off in the same transaction. Editors take the answer out, or
write the study again, and publish it again. Of copies and translations the same is true. Where a
study that was public is taken back or not told of any more, its synthesis and its common template
go with it.
"""

from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from contactpoint.consultations.models import Answer, Response, Round
from contactpoint.consultations.reaching import Circle, rounds
from contactpoint.consultations.signals import answers_changed
from contactpoint.consultations.studies.parts import key_of
from contactpoint.consultations.studies.remembering import (
    answers_in,
    blocks_of_answers,
    is_told,
    note,
    pages_on,
)
from contactpoint.outputs.models import Part, Publication
from contactpoint.outputs.printing import blank


def held_back(page: Page, circle: Circle = Circle.PUBLIC) -> list[str]:
    """Codes of the answers in a page that the circle may not know, or not any more as they stand
    there. Two queries at most, and none for a page that holds no answer."""
    found = answers_in(page) if isinstance(page, Publication) else []
    if not found:
        return []
    blocks = blocks_of_answers({one.round for one in found}, circle)
    return list(dict.fromkeys(one.question for one in found if not is_told(one, blocks)))


def answers_were_changed(round: int, **_kwargs: Any) -> None:
    """What may be told of a round is not what it was."""
    for page in pages_on(round):
        if held_back(page):
            _take_off(page)
    for page in _of_a_study_taken_back(round):
        _take_off(page)


def _of_a_study_taken_back(round: int) -> list[Publication]:
    """What was written of it beside the reports and is on the web, if it was public and is no more.
    One query of a round that has no such pages."""
    keys = [key_of(round, part.value) for part in (Part.SYNTHESIS, Part.TEMPLATE)]
    pages = list(Publication.objects.filter(live=True, translation_key__in=keys))
    if not pages or rounds(Circle.PUBLIC).filter(pk=round).exists():
        return []
    never_public = Round.objects.filter(pk=round, first_published_at=None, published_at=None)
    return [] if never_public.exists() else pages


def _take_off(page: Publication) -> None:
    """With what was printed of it, which would come back with the page."""
    page.unpublish(log_action=True)
    blank(page)


def _row_was_written(instance: Model, raw: bool = False, origin: Any = None, **_kw: Any) -> None:
    """An answer, a response or a round was saved or deleted, whoever did it. What respondents of a
    survey write is told to nobody, and costs nothing; nor does an answer that is deleted along with
    its response, which is heard of itself."""
    if raw:
        return
    match instance:
        case Round():
            answers_were_changed(instance.pk)
        case Response() if instance.country_id is not None:
            answers_were_changed(instance.round_id)
        case Answer() if not _goes_along(origin) and instance.response.country_id is not None:
            answers_were_changed(instance.response.round_id)


def _goes_along(origin: Any) -> bool:
    """Whether an answer is deleted because something else is; nothing is known of what is saved."""
    if origin is None:
        return False
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    return model is not Answer


def page_was_saved(instance: Publication, raw: bool = False, **_kwargs: Any) -> None:
    """It is on the web: by the button, a workflow, at its hour, as a copy, or after the page whose
    alias it is."""
    if raw or not instance.live:
        return
    found = answers_in(instance)
    if not found:
        return
    note(instance, {one.round for one in found})
    if held_back(instance):
        for page in Publication.objects.filter(pk=instance.pk, live=True):
            _take_off(page)


def refuse_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Called by Wagtail before an editor publishes: says what has to go first."""
    codes = held_back(page)
    if not codes:
        return None
    text = _(
        "It can't be published: these answers may not leave the network now, the state has changed "
        "them since, or the study itself is not public yet: %(codes)s. Take them out, write the "
        "study again, or publish it."
    )
    messages.error(request, text % {"codes": ", ".join(codes)})
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def connect() -> None:
    """Called once, when Django starts."""
    name = "consultations.studies"
    answers_changed.connect(answers_were_changed, dispatch_uid=name)
    for model in (Round, Response, Answer):
        post_save.connect(_row_was_written, sender=model, dispatch_uid=name)
        post_delete.connect(_row_was_written, sender=model, dispatch_uid=name)
    post_save.connect(page_was_saved, sender=Publication, dispatch_uid=name)
