"""What nobody has declared: models, and fields that look as if they were about a person.

Of a model that keeps personal data every text, number of an account, and file has to be declared,
or said to be none; of one that is said to keep none, whatever its type or name makes suspect.
"""

import re
from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from contactpoint.kit.persons.declaring import Declared, declaration_of

SUSPECT_TYPES: Final = (models.EmailField, models.GenericIPAddressField, models.FileField)
_TEXTS: Final = (
    *(models.CharField, models.TextField, models.JSONField, models.BinaryField),
    *(models.FileField, models.GenericIPAddressField, models.UUIDField),
)
SUSPECT_NAMES: Final = re.compile(
    r"(^|_)(user|username|person|people|owner|author|authors|respondent|subscriber|by|"
    r"e?mail|address|addresses|phone|ip|agent|first|last|full|name|birth|passw\w*|session|"
    r"secret|token|cookie|remark|comment|remote|contact|credit|label|post_data|get_data)(_|$)"
)


def overlooked() -> Iterator[str]:
    """A sentence for each."""
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        said = declaration_of(model)
        if said is None:
            yield f"{label} is not declared: its app's personal_data.py says what it keeps of whom."
            continue
        yield from _of_fields(model, said)


def _of_fields(model: type[models.Model], said: Declared) -> Iterator[str]:
    named = {name for data in said.data for name in data.names} | set(said.other)
    own = {field.name: field for field in model._meta.local_concrete_fields}
    for name in sorted(named - set(own)):
        yield f"{said.label} has no field {name}, and declares it."
    for name, field in own.items():
        if name not in named and (is_suspect(field) or _may_tell(field, said)):
            yield f"{said.label}.{name} looks personal: declare it, or say why it is not."


def is_suspect(field: "models.Field[object, object]") -> bool:
    """By its type, or by a name that such fields have."""
    if field.primary_key and not field.is_relation:
        return False
    if field.is_relation:
        return field.related_model is get_user_model()
    if isinstance(field, SUSPECT_TYPES):
        return True
    if field.choices or not isinstance(field, _TEXTS):
        return False
    return bool(SUSPECT_NAMES.search(field.name))


def _may_tell(field: "models.Field[object, object]", said: Declared) -> bool:
    """Whatever could hold words of or about the person whose row it is."""
    if not said.data or said.is_work:
        return False
    return isinstance(field, _TEXTS) and not field.choices and not field.primary_key
