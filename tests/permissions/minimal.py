"""A row of any model with nothing but what the database insists on, and what that refers to."""

import datetime
import uuid
from itertools import count
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.models import Locale, Page

NUMBERS = count(1)


def row(model: type[models.Model], **given: Any) -> Any:
    """A row of `model`; a relation that must lead somewhere leads to a row made the same way."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.name in given or field.attname in given:
            continue
        needed = not (field.primary_key or field.null or field.has_default())
        unique = bool(getattr(field, "_unique", False)) and not field.primary_key and not field.null
        if needed or (unique and not field.has_default()):
            values[field.name] = _value(field)
    made = model(**values, **given)
    made.save_base(raw=False)
    return made


def _value(field: models.Field) -> Any:
    number = next(NUMBERS)
    if isinstance(field, models.ForeignKey):
        return _referred(field.remote_field.model)
    by_kind: list[tuple[type[models.Field], Any]] = [
        (models.DateTimeField, timezone.now()),
        (models.DateField, datetime.date(2020, 1, 1) + datetime.timedelta(days=number)),
        (models.BooleanField, False),
        (models.JSONField, {}),
        (models.UUIDField, uuid.uuid4()),
        (models.EmailField, f"row{number}@portal.test"),
        (models.FloatField, 0.0),
        (models.IntegerField, number),
        (models.BinaryField, b""),
    ]
    for kind, value in by_kind:
        if isinstance(field, kind):
            return value
    if field.choices:
        return next(iter(field.flatchoices))[0]
    return f"r{number}"[: field.max_length or 20]


def _referred(model: type[models.Model]) -> Any:
    if model is Locale:
        return Locale.objects.get(language_code="en")
    if issubclass(model, Page):
        return model.objects.order_by("-depth", "pk").first()
    return model.objects.order_by("pk").first() or row(model)
