"""The form in which somebody registers."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from contactpoint.events.actions import Person
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.public_forms import PublicForm, TypedField


class RegistrationForm(PublicForm):
    """As little as an organiser can do with."""

    name = TypedField(label=gettext_lazy("Your name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("We send the confirmation there, with a link to cancel."),
    )
    organisation = TypedField(
        label=gettext_lazy("Organisation (optional)"), max_length=160, required=False
    )
    needs = TypedField(
        label=gettext_lazy("What you need to take part (optional)"),
        lines=2,
        max_length=500,
        required=False,
        help_text=gettext_lazy(
            "Such as a place for a wheelchair, or captions. Only the organisers read this."
        ),
    )

    field_names = ("name", "email", "organisation", "needs")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"

    def person(self) -> Person:
        """What was typed, and the language in which."""
        values = {name: self.cleaned_data[name] for name in self.field_names}
        return Person(**values, language=get_language() or FALLBACK_LANGUAGE)
