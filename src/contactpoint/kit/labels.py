"""Names in several languages on one row: a JSON map from language code to text."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.forms import Field
from django.utils.translation import get_language, gettext

from contactpoint.kit.forms import LabelsFormField

FALLBACK_LANGUAGE = "en"


def pick(labels: Mapping[str, str], language: str | None = None) -> str:
    """The text in `language` (default: the active one), else English, else any, else empty."""
    return picked(labels, language)[0]


def picked(labels: Mapping[str, str], language: str | None = None) -> tuple[str, str]:
    """The same, with the code of the language that the text is in where that is another."""
    wanted = language or get_language() or FALLBACK_LANGUAGE
    own = (wanted, wanted.split("-")[0])
    for code in (*own, FALLBACK_LANGUAGE, *labels):
        if labels.get(code):
            return labels[code], "" if code in own else code
    return "", ""


def quoted(words: str) -> str:
    """Words in the quotation marks of the active language."""
    return gettext("“%(words)s”") % {"words": words}


def labelled(label: str, words: str) -> str:
    """A word that says what something is, and what it is: French has a space before the colon."""
    return gettext("%(label)s: %(words)s") % {"label": label, "words": words}


class LabelsField(models.JSONField):
    """`{"en": "Asylum", "fr": "Asile", …}`: at most one preferred label a language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Field | None:
        """A text input a language, not the map as JSON."""
        kwargs.pop("widget", None)
        return models.Field.formfield(self, **{"form_class": LabelsFormField, **kwargs})


class Labelled(models.Model):
    """One row for all languages, named by `labels`."""

    labels = LabelsField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language, falling back to English."""
        return pick(self.labels)
