"""The form of a document in the admin: its language is chosen, not typed."""

from collections.abc import Sequence
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from contactpoint.media.collections import begin_kept_back
from contactpoint.media.formats.uploaded import LARGEST, refusal


class DocumentForm(BaseDocumentForm):
    """Search reads a file in its language, and readers are told it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            help_text = _("Of the file itself, whatever page it stands on.")
            self.fields["language"] = language_field(self.instance.language, help_text)
        begin_kept_back(self)

    def clean_file(self) -> Any:
        """A new file is what its name says, no bomb and no program."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            why = refusal(file, file.name.rpartition(".")[2])
            if why:
                raise forms.ValidationError(
                    str(REFUSALS[why]) % {"most": filesizeformat(LARGEST)}, code=why
                )
        return file


REFUSALS: Final = {
    "kind": gettext_lazy("This file is not what its name says. Save it again, then upload it."),
    "broken": gettext_lazy("This file is damaged. Save it again, then upload it."),
    "large": gettext_lazy(
        "This file is too large, or unpacks to too much: at most %(most)s. Split it, or shrink it."
    ),
    "program": gettext_lazy("This file is a program, or holds one. Upload a file without."),
}


def language_field(
    present: str, help_text: str, further: Sequence[tuple[str, str]] = ()
) -> forms.ChoiceField:
    """The language of a file, of those that there are and the one that is set."""
    return forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=languages(present, further),
        help_text=help_text,
    )


def languages(present: str, further: Sequence[tuple[str, str]] = ()) -> list[tuple[str, Any]]:
    """What is `further`, the portal's own, all that have a code of two letters, and the one set."""
    own = [(code, str(name)) for code, name in settings.LANGUAGES]
    try:
        names = Locale.parse(get_language() or "en", sep="-").languages
    except (UnknownLocaleError, ValueError):
        names = Locale("en").languages
    others = sorted(
        ((code, name[:1].upper() + name[1:]) for code, name in names.items() if len(code) == 2),
        key=lambda choice: choice[1],
    )
    known = {code for code, _name in (*others, *further)}
    odd = [(present, present)] if present and present not in known else []
    return [
        ("", _("Not said")),
        *further,
        (_("Languages of the portal"), own),
        (_("Others"), [*odd, *others]),
    ]
