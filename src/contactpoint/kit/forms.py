"""Forms for names in several languages: a field for each language of the portal, lines for others.

An editor fills in four languages at most; a row may know thirty more. Those stand, one a line, in
a text area, or are carried along unseen, so that saving a form never loses a language.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FIRST_LANGUAGE: Final = "en"
LONGEST_LABEL: Final = 200
LONGEST_DEFINITION: Final = 5_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, before it is understood: texts by part, and the lines or JSON of the rest."""

    texts: dict[str, str] = field(default_factory=dict)
    rest: str = ""


def shown_languages() -> dict[str, str]:
    """The languages that have a field of their own, with their names."""
    return dict(settings.LANGUAGES)


def to_lines(labels: Mapping[str, str | Sequence[str]]) -> str:
    """`{"es": "asilo"}` as `es: asilo`, one label a line."""
    return "\n".join(
        f"{language}: {text}"
        for language, texts in sorted(labels.items())
        for text in ([texts] if isinstance(texts, str) else texts)
        if text
    )


def from_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Line number, language and label of each line; a `ValidationError` names a line that is off.

    >>> list(from_lines("es: asilo"))
    [(1, 'es', 'asilo')]
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        language, colon, label = (part.strip() for part in line.partition(":"))
        if not colon or not label or not LANGUAGE_TAG.fullmatch(language):
            raise forms.ValidationError(
                _("Line %(number)s: write a language, a colon and the label, such as “es: asilo”.")
                % {"number": number},
                code="line",
            )
        if len(label) > LONGEST_LABEL:
            raise forms.ValidationError(
                _("Line %(number)s is longer than %(most)s characters.")
                % {"number": number, "most": LONGEST_LABEL},
                code="line",
            )
        yield number, language, label


class _LanguagesWidget(forms.Widget):
    """A group of inputs: the label of each is its language, written in that language."""

    use_fieldset = True

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return ""

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key == name or key.startswith(f"{name}_") for key in data)


class LabelsWidget(_LanguagesWidget):
    """A text input a language; `other_languages` shows the lines of all the others.

    Where a label may be `longest` characters and that is more than a line, it has several lines.
    """

    template_name = "kit/widgets/labels.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        other_languages: bool,
        longest: int = LONGEST_LABEL,
    ) -> None:
        super().__init__(attrs)
        self.other_languages = other_languages
        self.longest = longest

    def typed(self, value: Any) -> Typed:
        """What the inputs hold for a stored map, or for what was typed before."""
        if isinstance(value, Typed):
            return value
        labels = dict(value or {})
        texts = {code: str(labels.pop(code, "")) for code in shown_languages()}
        return Typed(texts, to_lines(labels))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        typed = self.typed(value)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"] |= {
            "inputs": [
                {
                    "name": f"{name}_{code}",
                    "id": f"{base}_{code}",
                    "language": code,
                    "language_name": language_name,
                    "value": typed.texts.get(code, ""),
                    "required": self.is_required and code == FIRST_LANGUAGE,
                }
                for code, language_name in shown_languages().items()
            ],
            "rest": {"name": f"{name}_others", "id": f"{base}_others", "value": typed.rest},
            "other_languages": self.other_languages,
            "longest": self.longest,
            "has_lines": self.longest > LONGEST_LABEL,
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        texts = {code: data.get(f"{name}_{code}", "") for code in shown_languages()}
        return Typed(texts, data.get(f"{name}_others", ""))


class LabelsFormField(forms.Field):
    """Gives `{"en": "Asylum", "fr": "Asile", …}`; English is required if the field is."""

    def __init__(
        self, *, other_languages: bool = False, longest: int = LONGEST_LABEL, **kwargs: Any
    ) -> None:
        kwargs["widget"] = LabelsWidget(other_languages=other_languages, longest=longest)
        self.longest = longest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dict[str, str]:
        """The map; a language twice or a line out of shape is a `ValidationError`."""
        if not isinstance(value, Typed):
            return dict(value or {})
        labels = {code: text.strip() for code, text in value.texts.items() if text.strip()}
        names = shown_languages()
        for code, text in labels.items():
            if len(text) > self.longest:
                raise forms.ValidationError(
                    _("%(language)s is longer than %(most)s characters.")
                    % {"language": names[code], "most": self.longest}
                )
        for number, language, label in from_lines(value.rest):
            if language in names:
                raise forms.ValidationError(
                    _("Line %(number)s: %(language)s has a field of its own.")
                    % {"number": number, "language": names[language]}
                )
            if language in labels:
                raise forms.ValidationError(
                    _("Line %(number)s: “%(language)s” stands there twice.")
                    % {"number": number, "language": language}
                )
            labels[language] = label
        return labels

    def validate(self, value: dict[str, str]) -> None:
        """English is what every other language falls back to."""
        if self.required and not value.get(FIRST_LANGUAGE):
            is_name = self.longest <= LONGEST_LABEL
            problem = _("Write the English label.") if is_name else _("Write it in English.")
            raise forms.ValidationError(problem, code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != dict(initial or {})
        except forms.ValidationError:
            return True


class NamesFormField(forms.CharField):
    """Several names a language, as lines; gives `{"fr": ["CGRA", …], …}`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}))
        kwargs.setdefault("help_text", gettext_lazy("One a line: language, colon, name."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return to_lines(value) if isinstance(value, Mapping) else value

    def to_python(self, value: Any) -> Any:
        names: dict[str, list[str]] = {}
        for number, language, name in from_lines(super().to_python(value) or ""):
            known = names.setdefault(language, [])
            if name in known:
                raise forms.ValidationError(
                    _("Line %(number)s: “%(name)s” stands there twice.")
                    % {"number": number, "name": name}
                )
            known.append(name)
        return names

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != {key: list(names) for key, names in initial.items()}
        except (forms.ValidationError, AttributeError):
            return True


class DefinitionsWidget(_LanguagesWidget):
    """A text and its source a language; other languages are carried along as JSON."""

    template_name = "kit/widgets/definitions.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        typed = value if isinstance(value, Typed) else _typed_definitions(value or {})
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"] |= {
            "languages": [
                {
                    "language": code,
                    "language_name": language_name,
                    "name": f"{name}_{code}",
                    "id": f"{base}_{code}",
                    "text": typed.texts.get(f"{code}_text", ""),
                    "source": typed.texts.get(f"{code}_source", ""),
                }
                for code, language_name in shown_languages().items()
            ],
            "rest": {"name": f"{name}_others", "value": typed.rest},
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        parts = [f"{code}_{part}" for code in shown_languages() for part in ("text", "source")]
        texts = {part: data.get(f"{name}_{part}", "") for part in parts}
        return Typed(texts, data.get(f"{name}_others", ""))


class DefinitionsFormField(forms.Field):
    """Gives `{"en": {"text": …, "source": …}, …}`; a source needs a text."""

    widget = DefinitionsWidget

    def to_python(self, value: Any) -> dict[str, dict[str, str]]:
        """The map; a source alone, or a text that is too long, is a `ValidationError`."""
        if not isinstance(value, Typed):
            return dict(value or {})
        definitions = _others(value.rest)
        for code, language_name in shown_languages().items():
            text = value.texts[f"{code}_text"].strip()
            source = value.texts[f"{code}_source"].strip()
            if source and not text:
                raise forms.ValidationError(
                    _("%(language)s has a source without a definition.")
                    % {"language": language_name}
                )
            if max(len(text), len(source)) > LONGEST_DEFINITION:
                raise forms.ValidationError(
                    _("%(language)s is longer than %(most)s characters.")
                    % {"language": language_name, "most": LONGEST_DEFINITION}
                )
            if text:
                definitions[code] = {"text": text, "source": source}
        return definitions

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != dict(initial or {})
        except forms.ValidationError:
            return True


def _typed_definitions(definitions: Mapping[str, Mapping[str, str]]) -> Typed:
    shown = shown_languages()
    texts = {
        f"{code}_{part}": definitions.get(code, {}).get(part, "")
        for code in shown
        for part in ("text", "source")
    }
    rest = {code: entry for code, entry in definitions.items() if code not in shown}
    return Typed(texts, json.dumps(rest, ensure_ascii=False) if rest else "")


def _others(text: str) -> dict[str, dict[str, str]]:
    """The definitions that travelled through the form unseen; a form is never trusted."""
    try:
        found = json.loads(text or "{}")
        return {
            code: {"text": str(entry["text"]), "source": str(entry.get("source", ""))}
            for code, entry in found.items()
            if LANGUAGE_TAG.fullmatch(code) and code not in shown_languages()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise forms.ValidationError(_("Load the page again: the form was incomplete.")) from error
