"""Has the worker make what pages need of their pictures, before anybody waits for it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from wagtail.images import get_image_model
from wagtail.signals import page_published

from contactpoint.kit.jobs import task
from contactpoint.kit.pictures import make_for, make_pictures, shapes_shown


@task(priority=-5)
def make_again(pk: int) -> None:
    """The sizes of a picture that pages show, when it is another one than before."""
    image = get_image_model()._default_manager.filter(pk=pk).first()
    for shape in sorted(shapes_shown(image)) if image is not None else ():
        make_pictures.call(pk=pk, shape=shape)


def follow_pictures() -> None:
    """Called once, when Django starts."""
    page_published.connect(_published, dispatch_uid="pictures_of_page")
    post_save.connect(_saved, sender=get_image_model(), dispatch_uid="pictures_again")


def _published(instance: Any, **_kwargs: Any) -> None:
    make_for(instance)


def _saved(instance: Any, created: bool = False, raw: bool = False, **_kwargs: Any) -> None:
    """Wagtail's form deletes the sizes of a former file once the row is saved."""
    if not created and not raw:
        transaction.on_commit(lambda: make_again.enqueue(pk=instance.pk))
