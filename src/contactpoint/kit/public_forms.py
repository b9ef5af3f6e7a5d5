"""Forms that anybody may send: words of a stranger, and a field that only programs fill in."""

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# They turn the direction of what stands around them; the joiners that Persian needs are not here.
_OVERRIDES: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]")


class TypedField(forms.CharField):
    """Words of a stranger: composed, without control characters, on one line unless `lines`."""

    def __init__(self, *, lines: int = 0, **kwargs: Any) -> None:
        if lines:
            kwargs["widget"] = forms.Textarea({"rows": lines, "dir": "auto"})
        else:
            kwargs["widget"] = forms.TextInput({"dir": "auto", "autocomplete": "off"})
        self.lines = lines
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """As it will be kept."""
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        text = _OVERRIDES.sub("", text.replace("\r\n", "\n"))
        kept = "".join(
            sign if self.lines and sign == "\n" else " " if sign.isspace() else sign
            for sign in text
            if sign.isspace() or unicodedata.category(sign) != "Cc"
        )
        return re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", kept)).strip()


class PublicForm(forms.Form):
    """A form without a login; `website` is not seen by people."""

    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def full_clean(self) -> None:
        """Who sent something that can't be taken begins at the first field that is marked."""
        super().full_clean()
        wrong = next((name for name in self.fields if name in self.errors), None)
        if wrong is not None:
            self.fields[wrong].widget.attrs["autofocus"] = True

    def clean_website(self) -> str:
        """People don't see it; programs fill in whatever there is.

        A person's browser may have done so too. It is shown then, and empty, so that they can act.
        """
        if self.cleaned_data["website"]:
            self.data = {name: self.data[name] for name in self.data} | {"website": ""}
            self.fields["website"].widget.attrs.pop("tabindex", None)
            raise forms.ValidationError(_("This field has to stay empty."))
        return ""
