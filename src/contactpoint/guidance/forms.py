"""The forms of editors: a text as plain text, opening hours as lines, languages as codes."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from contactpoint.glossary.forms import ConceptsField
from contactpoint.glossary.models import Concept
from contactpoint.guidance import opening
from contactpoint.guidance.languages import SOURCE, is_known
from contactpoint.guidance.models import GuideText
from contactpoint.guidance.texts.blocks import restored, stored
from contactpoint.guidance.texts.reading import ReadingError, read_blocks, written
from contactpoint.kit.forms import LabelsFormField
from contactpoint.kit.labels import pick

DEGREES: Final = {"latitude": 90, "longitude": 180}
MOST_GONE: Final = 2
"""So many languages that vanish by one saving are an accident."""


class BlocksField(forms.CharField):
    """A text as its file has it; mistakes are told with their lines."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.Textarea({"rows": 30, "dir": "auto", "spellcheck": "true"})
        )
        super().__init__(strip=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What is shown: the lines of the blocks, or what was typed."""
        return written(restored(value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Blocks as the database keeps them."""
        text = (super().to_python(value) or "").replace("\r\n", "\n")
        if not text.strip():
            return []
        try:
            return stored(read_blocks(text, _("Text")))
        except ReadingError as wrong:
            raise ValidationError([str(problem) for problem in wrong.problems]) from wrong

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as they will be kept."""
        try:
            return bool(self.to_python(data) != (initial or []))
        except ValidationError:
            return True


class HoursField(forms.CharField):
    """Opening hours, a row a line."""

    widget = forms.Textarea({"rows": 3, "placeholder": "mo-fr 09:00-17:00"})

    def prepare_value(self, value: Any) -> Any:
        """The rows as lines."""
        return opening.to_lines(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines as rows."""
        try:
            return opening.from_lines(super().to_python(value) or "")
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


class CodesField(forms.CharField):
    """Codes of languages between commas."""

    widget = forms.TextInput({"placeholder": "en, fr, ar"})

    def prepare_value(self, value: Any) -> Any:
        """The list as words."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The words as a list."""
        codes = [code.strip().lower() for code in (super().to_python(value) or "").split(",")]
        codes = list(dict.fromkeys(code for code in codes if code))
        if wrong := [code for code in codes if not is_known(code)]:
            raise ValidationError(
                _("“%(code)s” is no code of a language; write such as en, fr, ar.")
                % {"code": wrong[0]}
            )
        return codes


class ConceptsOfGuideField(ConceptsField):
    """Concepts by name, for what is stored as rows."""

    def prepare_value(self, value: Any) -> Any:
        """By their English labels: identifiers say less."""
        if isinstance(value, (list, tuple)):
            value = [pick(one.labels, "en") or one.slug for one in value]
        return super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        """Rows, in the order of the glossary."""
        return Concept.objects.filter(slug__in=super().clean(value))


class GuideForm(WagtailAdminModelForm):
    """What is true of a guide in every language."""

    concepts = ConceptsOfGuideField(
        label=gettext_lazy("Concepts"),
        required=False,
        help_text=gettext_lazy("One a line: the English label of a concept, or its identifier."),
    )


class GuideTextForm(WagtailAdminModelForm):
    """Keeps with a translation what it was made from, and with a check what was checked."""

    body = BlocksField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "A block begins with a line such as “--- do-list list role=do”. Words of a block may "
            "be **strong**. Ids stay as they are, in every language."
        ),
    )
    compared = forms.BooleanField(
        label=gettext_lazy("Compared with the English text as it is now"),
        required=False,
        help_text=gettext_lazy("Takes it off the list of texts that are behind."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "summary"):  # in Arabic they begin on the right
            self.fields[name].widget.attrs["dir"] = "auto"

    def clean(self) -> dict[str, Any]:
        """A day of checking needs somebody who checked."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("checked_on")) != bool(data.get("checked_by")):
            self.add_error("checked_by", _("Say both who checked it and on which day."))
        return data

    def save(self, commit: bool = True) -> Any:
        """Note what the words belong to, before they are stored or put into a revision."""
        text: GuideText = self.instance
        if {"checked_on", "checked_by"} & set(self.changed_data):
            text.confirm_check()
        if text.language != SOURCE:
            self._note_source(text)
        return super().save(commit=commit)

    def _note_source(self, text: GuideText) -> None:
        source = GuideText.objects.filter(guide=text.guide_id, language=SOURCE, live=True).first()
        if source is None:
            return
        before = {block.id: block.digest for block in restored(self.initial.get("body") or [])}
        now = {block.id: block.digest for block in text.blocks}
        text.seen = {
            block.id: block.digest
            if self.cleaned_data.get("compared") or before.get(block.id) != now.get(block.id)
            else text.seen.get(block.id, block.digest)
            for block in source.blocks
            if block.id in now
        }


class PlaceForm(WagtailAdminModelForm):
    """Hours and languages in a form that is typed quickly."""

    names = LabelsFormField(label=gettext_lazy("names"), other_languages=True)
    addresses = LabelsFormField(
        label=gettext_lazy("addresses"), other_languages=True, required=False
    )
    notes = LabelsFormField(
        label=gettext_lazy("notes"),
        other_languages=True,
        required=False,
        help_text=gettext_lazy("One or two plain sentences: what help there is."),
    )
    hours = HoursField(label=gettext_lazy("Opening hours"), required=False)
    languages = CodesField(label=gettext_lazy("Languages spoken there"), required=False)

    def clean(self) -> dict[str, Any]:
        """A point has both its numbers; words are in languages that there are."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, most in DEGREES.items():
            other = next(one for one in DEGREES if one != name)
            value = data.get(name)
            if value is not None and abs(value) > most:
                self.add_error(
                    name, _("Write a number from −%(most)s to %(most)s.") % {"most": most}
                )
            elif value is None and name not in self.errors and data.get(other) is not None:
                self.add_error(name, _("A point on the map needs both numbers, or neither."))
        for name in ("names", "addresses", "notes"):
            if name in data and (wrong := self._wrong_words(name, data[name])):
                self.add_error(name, wrong)
        return data

    def _wrong_words(self, name: str, labels: dict[str, str]) -> str:
        """A language that nobody knows; or several that vanish at once, which is an accident."""
        if unknown := [code for code in labels if not is_known(code)]:
            return _("“%(code)s” is no code of a language; write such as en, fr, ar.") % {
                "code": unknown[0]
            }
        gone = sorted((self.initial.get(name) or {}).keys() - labels.keys())
        if len(gone) < MOST_GONE:
            return ""
        return _(
            "The words in these languages would be lost: %(codes)s. Leave their lines there, "
            "or take one language away at a time."
        ) % {"codes": ", ".join(gone)}
