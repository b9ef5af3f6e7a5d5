"""A row of any model, with what it needs, and a person in each field that may hold one."""

import itertools
import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from wagtail.models import Collection, Locale, Page, Site

_numbers = itertools.count(1)
_DOT = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"


def row(model: type[models.Model], **given: Any) -> Any:
    """Saved; fields that may be empty are, unless given. Pages, places and the like are the first
    there are."""
    if model is ContentType or model in (Page, Locale, Collection, Site):
        return model._default_manager.order_by("pk").first()
    values = {
        field.name: given[field.name] if field.name in given else _value(field)
        for field in model._meta.local_concrete_fields
        if field.name in given or _is_needed(field)
    }
    if issubclass(model, Page):
        number = next(_numbers)
        made = model(title=f"Page {number}", slug=f"page-{number}", **values)
        Page.objects.get(depth=1).add_child(instance=made)
        return made
    made = model(**values)
    model._base_manager.bulk_create([made])  # without what listens to it
    return made


def _is_needed(field: Any) -> bool:
    if field.is_relation and field.remote_field.parent_link:
        return False
    if field.primary_key and not field.is_relation:
        return isinstance(field, models.UUIDField | models.CharField | models.DateField)
    return not (field.null or field.has_default() or getattr(field, "auto_now_add", False))


def _value(field: Any) -> Any:
    number = next(_numbers)
    if field.is_relation:
        if field.related_model is get_user_model():
            return get_user_model()._default_manager.create_user(f"else-{number}@other.example")
        known = None if field.unique else field.related_model._base_manager.first()
        return known or row(field.related_model)
    if field.choices:
        return next(value for value, _label in field.flatchoices)
    kinds: list[tuple[Any, Any]] = [
        (models.UUIDField, uuid.uuid4()),
        (models.GenericIPAddressField, "192.0.2.7"),
        (models.BooleanField, False),
        (models.DateTimeField, timezone.now()),
        (models.DateField, date(2026, 1, 1)),
        (models.DecimalField, Decimal(1)),
        (models.IntegerField, number % 100),
        (models.FloatField, 1.0),
        (models.BinaryField, b"x"),
        (models.JSONField, {}),
        (models.FileField, ContentFile(_DOT, name=f"x{number}.gif")),
        (models.EmailField, f"else-{number}@other.example"),
        (models.URLField, f"https://other.example/{number}"),
    ]
    for kind, value in kinds:
        if isinstance(field, kind):
            return value
    return f"x{number:x}"[-(field.max_length or 40) :]


def aged(found: Any, when: datetime) -> None:
    """Each date of the row is that old."""
    values = {
        field.name: when if isinstance(field, models.DateTimeField) else when.date()
        for field in found._meta.local_concrete_fields
        if isinstance(field, models.DateField)
    }
    if values:
        type(found)._base_manager.filter(pk=found.pk).update(**values)
