"""What the worker does when a text is published: the computer says what is new in it.

Only a job does this, never a request; and it is asked for only where a voice is wanted.
"""

import logging
from typing import Any, Final

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import published, unpublished

from contactpoint.guidance.heard.keeping import speak
from contactpoint.guidance.heard.programs import MissingError
from contactpoint.guidance.heard.voices import is_wanted, lacking
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.models import GuideText, Place, Recording
from contactpoint.kit.jobs import TryLaterError, task
from contactpoint.media.outage import StorageError

log = logging.getLogger(__name__)
AT_ONCE: Final = 6
"""So many blocks a job, some ten seconds: then mails and the index have their turn."""


@task(priority=-1)
def speak_text(guide: int, language: str) -> None:
    """Bring what the computer says of a text up to date; all other work comes first."""
    if why := lacking():
        log.error(why)
        return
    try:
        made, _forgotten = speak(guide, language, most=AT_ONCE)
    except MissingError as problem:
        log.error("%s", problem)
        return
    except StorageError as problem:
        raise TryLaterError(str(problem)) from problem
    if made == AT_ONCE:
        speak_text.enqueue(guide, language)


def ask(text: GuideText) -> None:
    """Let the worker do it, once the change is certain. What the source says of order and persons
    holds for all languages, so a new source asks for all of them."""
    those = languages() if text.language == SOURCE else [text.language]
    for language in filter(is_wanted, those):
        transaction.on_commit(
            lambda guide=text.guide_id, language=language: speak_text.enqueue(guide, language)  # type: ignore[misc]
        )


@receiver(published, sender=GuideText, dispatch_uid="guidance.heard.published")
@receiver(unpublished, sender=GuideText, dispatch_uid="guidance.heard.unpublished")
def text_changed(instance: GuideText, **kwargs: Any) -> None:
    """A text went live, or it is no longer there."""
    ask(instance)


@receiver(post_save, sender=Place, dispatch_uid="guidance.heard.place")
def place_changed(instance: Place, **kwargs: Any) -> None:
    """Its name and number are said where a text names it."""
    wanted = [language for language in languages() if is_wanted(language)]
    for text in GuideText.objects.filter(live=True, language__in=wanted).order_by():
        if any(row.get("place") == instance.code for row in text.body):
            ask(text)


@receiver(post_delete, sender=Recording, dispatch_uid="guidance.heard.deleted")
def files_follow(instance: Recording, **kwargs: Any) -> None:
    """Where a guide is deleted its recordings go too, and with them their files."""
    storage = instance.mp3.storage
    for name in (instance.mp3.name, instance.opus.name):
        transaction.on_commit(lambda name=name: storage.delete(name))  # type: ignore[misc]
