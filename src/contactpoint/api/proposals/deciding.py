"""What an editor does with a proposal: makes a draft of it, or refuses it with a reason.

A partner may withdraw what nobody has decided on. Each is decided once: two editors who press
together find that the other was first.
"""

import logging
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from contactpoint.api.models import Proposal
from contactpoint.api.proposals.shape import CORRECTION, TRANSLATION
from contactpoint.outputs import proposing
from contactpoint.outputs.models import Output
from contactpoint.outputs.sources import source_of

log = logging.getLogger(__name__)
State = Proposal.State


class DecidedError(Exception):
    """Somebody has decided already, or it was withdrawn."""


def subject_of(proposal: Proposal) -> Output | None:
    """The original page that a correction or a translation is about, if it is still there."""
    if proposal.about is None:
        return None
    found = Output.objects.filter(translation_key=proposal.about).order_by("pk").first()
    return source_of(found).specific if found is not None else None


def standing(proposal: Proposal, page: Page | None = None) -> dict[str, Output]:
    """The pages that are there in the languages of a proposal: of what a translation is about, or
    of `page` that was made of it."""
    key = page.translation_key if page is not None else proposal.about
    codes = proposal.read.get("by_language", {})
    if key is None or not codes:
        return {}
    rows = Output.objects.filter(translation_key=key, locale__language_code__in=list(codes))
    found = {one.locale.language_code: one for one in rows.select_related("locale")}
    return {code: found[code] for code in codes if code in found}


def may_accept(proposal: Proposal, user: Any) -> bool:
    """Whether `user` may make its drafts where they would stand. Raises `ValueError` with a
    sentence where there is no such place."""
    if proposal.kind == CORRECTION:
        return True
    if proposal.kind == TRANSLATION:
        subject = subject_of(proposal)
        return subject is not None and bool(subject.permissions_for_user(user).can_edit())
    parents = proposing.maker().parents(proposal.read)
    return all(one.permissions_for_user(user).can_add_subpage() for one in parents)


@transaction.atomic
def accept(proposal: Proposal, said: str, user: Any) -> Page | None:
    """Make its drafts, and return the one to open; of a correction the page that it is about.

    Raises `DecidedError`, and `ValueError` with a sentence where it can't be done.
    """
    current = _open(proposal.pk)
    if current.kind == CORRECTION:
        page: Page | None = subject_of(current)
        if page is None:
            raise ValueError(_("What this is about is no longer there."))
    elif current.kind == TRANSLATION:
        page = _translated(current, user)
    else:
        proposing.maker().parents(current.read)
        try:
            page = proposing.maker().draft(current.read, user)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
    _decide(current, State.ACCEPTED, said, user)
    current.page = page
    current.save()
    return page


@transaction.atomic
def refuse(proposal: Proposal, said: str, user: Any) -> None:
    """Keep it out, and say why. Raises `DecidedError`."""
    current = _open(proposal.pk)
    _decide(current, State.REFUSED, said, user)
    current.save()


@transaction.atomic
def withdraw(proposal: Proposal) -> None:
    """Take it back: what was said in it is forgotten. Raises `DecidedError`."""
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if current.state == State.WITHDRAWN:
        return
    if not current.waits:
        raise DecidedError
    current.content, current.read, current.title = {}, {}, ""
    _decide(current, State.WITHDRAWN, "", None)
    current.save()


def _open(pk: UUID) -> Proposal:
    found = Proposal.objects.select_for_update().get(pk=pk)
    if not found.waits:
        raise DecidedError
    return found


def _decide(proposal: Proposal, state: State, said: str, user: Any) -> None:
    proposal.state, proposal.said = state, said
    proposal.decided_at, proposal.decided_by = timezone.now(), user
    log.info("Proposal %s: %s.", proposal.pk, state)


def _translated(proposal: Proposal, user: Any) -> Page:
    """A draft in each language in which there is no page yet; returns the first page of them.

    A page that is there is never written over: its editor takes the words from the proposal.
    """
    subject = subject_of(proposal)
    if subject is None:
        raise ValueError(_("What this is about is no longer there."))
    pages = []
    for code in proposal.read["by_language"]:
        locale = Locale.objects.filter(language_code=code).first()
        if locale is None:
            raise ValueError(_("The portal has no pages in “%(language)s”.") % {"language": code})
        page = subject.get_translation_or_none(locale)
        if page is None:
            page = proposing.maker().translate(subject, proposal.read, code, user)
        pages.append(page)
    return pages[0]
