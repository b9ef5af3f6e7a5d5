"""The form of a recording in the admin: its file is what its name says, captions come as files."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from django import forms
from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtailmedia.forms import BaseMediaForm

from contactpoint.media.collections import begin_kept_back
from contactpoint.media.drawing import drawn
from contactpoint.media.formats.captions import (
    LARGEST,
    LONGEST_CUE,
    MOST_CUES,
    CaptionsError,
    parse,
    written,
)
from contactpoint.media.formats.recorded import ENOUGH, SUFFIXES, kind_of
from contactpoint.media.formats.redrawn import KINDS
from contactpoint.media.forms import language_field
from contactpoint.media.models import SILENT, Captions

PREFIX: Final = "captions_"
LARGEST_RECORDING: Final = 512 * 1024**2
"""As large as the proxy that we ship lets through."""
PROBLEMS: Final[dict[str, Any]] = {
    "large": gettext_lazy("The captions are larger than %(kilobytes)s kB."),
    "encoding": gettext_lazy("The captions are not UTF-8. Save them so, and upload them again."),
    "head": gettext_lazy("This is no WebVTT: its first line must be WEBVTT. Save it as .vtt."),
    "time": gettext_lazy(
        "Line %(line)s must say from when to when, such as 00:01:02.500 --> 00:01:05.000."
    ),
    "order": gettext_lazy("Line %(line)s begins earlier than what stands before it."),
    "long": gettext_lazy("What begins on line %(line)s has more than %(characters)s characters."),
    "many": gettext_lazy("There are more than %(cues)s captions."),
    "empty": gettext_lazy("There is no caption in it."),
}
"""What an editor reads, by the word of a `CaptionsError`."""


class RecordingForm(BaseMediaForm):
    """A field for the captions in each language of the portal and of applicants, and in those that
    are there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            help_text = _("That is spoken in it.")
            silent = (SILENT, _("None: nothing is spoken"))
            self.fields["language"] = language_field(
                self.instance.language, help_text, further=[silent]
            )
        begin_kept_back(self)
        rows = self.instance.captions.all() if self.instance.pk else ()
        present = {row.language: row for row in rows}
        # Films of guidance have captions in the languages of applicants.
        names = {**dict(settings.LANGUAGES), **dict(settings.GUIDANCE_LANGUAGES)}
        for code in (*names, *(code for code in present if code not in names)):
            self.fields[f"{PREFIX}{code}"] = forms.FileField(
                label=_("Captions: %(language)s") % {"language": _(names.get(code, code))},
                required=False,
                initial=present.get(code),
                widget=forms.ClearableFileInput(attrs={"accept": ".vtt,text/vtt"}),
                help_text=_("A WebVTT file (.vtt)."),
            )

    def clean_file(self) -> Any:
        """Its first bytes must be those of what its name says."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            if file.size > LARGEST_RECORDING:
                said = _("This file is larger than %(most)s. Make it smaller.")
                raise forms.ValidationError(said % {"most": filesizeformat(LARGEST_RECORDING)})
            file.seek(0)
            kind = kind_of(file.read(ENOUGH))
            file.seek(0)
            suffix = file.name.rpartition(".")[2].lower()
            if suffix not in SUFFIXES.get(kind, ()):
                raise forms.ValidationError(
                    _("This file is not what its name says. Save it as MP4 or WebM (sound: MP3, "
                      "M4A or Ogg) and upload it again.")
                )  # fmt: skip
        return file

    def clean_thumbnail(self) -> Any:
        """The picture is drawn anew: what is not seen of it is not kept."""
        file = self.cleaned_data["thumbnail"]
        if not file or "thumbnail" not in self.changed_data:
            return file
        if PurePosixPath(file.name).suffix[1:].lower() not in KINDS:
            raise forms.ValidationError(_("Upload a picture: JPEG, PNG, WebP, AVIF or GIF."))
        return drawn(file)

    def clean(self) -> dict[str, Any]:
        """Captions are read here, and what is kept of them is our own writing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._texts: dict[str, str] = {}
        for name, code in self._captions():
            given = cleaned.get(name)
            if given is False:
                self._texts[code] = ""
            elif given and name in self.changed_data:
                try:
                    self._texts[code] = written(parse(given.read(LARGEST + 1)))
                except CaptionsError as error:
                    self.add_error(name, _said(error))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """The recording, then its captions: new ones take the place of those that are there."""
        recording = super().save(commit=commit)
        for code, text in self._texts.items() if commit else ():
            if text:
                Captions.objects.update_or_create(
                    recording=recording, language=code, defaults={"text": text}
                )
            else:
                Captions.objects.filter(recording=recording, language=code).delete()
        return recording

    def _captions(self) -> Iterator[tuple[str, str]]:
        """The fields for captions, each with its language."""
        return ((name, name[len(PREFIX) :]) for name in self.fields if name.startswith(PREFIX))


def _said(error: CaptionsError) -> str:
    return str(PROBLEMS[error.problem]) % {
        "line": error.line,
        "kilobytes": LARGEST // 1024,
        "characters": LONGEST_CUE,
        "cues": MOST_CUES,
    }
