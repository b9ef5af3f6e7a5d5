"""Puts a page first for a question, as the answer to what readers looked for."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from contactpoint.accounts.models import User
from contactpoint.glossary.models.decisions import key_of
from contactpoint.search.models import LookedFor, Pin, PinnedThing
from contactpoint.search.models.pins import MOST


class PinError(ValueError):
    """The page can't be put first; the message says why."""


@transaction.atomic
def pin_page(question: str, language: str, page: Page, *, user: User) -> Pin:
    """Add the page to what stands first for a question in a language; repeatable.

    A pin that had ended holds again. What readers looked for so is answered.
    """
    pin, new = Pin.objects.select_for_update().get_or_create(
        folded=key_of(question), language=language, defaults={"question": question}
    )
    things = PinnedThing.objects.filter(pin=pin)
    if not things.filter(page__translation_key=page.translation_key).exists():
        if things.count() >= MOST:
            problem = _("%(most)s things stand first already. Take one out.") % {"most": MOST}
            raise PinError(problem)
        last = things.aggregate(last=Max("sort_order"))["last"]
        place = 0 if last is None else last + 1
        PinnedThing.objects.create(pin=pin, page=page, sort_order=place)
    if pin.until is not None:
        pin.until = None
        pin.save(update_fields=["until", "folded"])
    log(instance=pin, action="wagtail.create" if new else "wagtail.edit", user=user)
    asked = LookedFor.objects.filter(folded=pin.folded, language=language)
    asked.update(status=LookedFor.Status.ANSWERED)
    return pin
