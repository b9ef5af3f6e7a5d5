"""What editors and administrators fill in."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from contactpoint.api.models import Scope
from contactpoint.network.models import Institution
from contactpoint.network.viewsets import institution_chooser

_LONGEST: Final = timedelta(days=2 * 366)


class DecisionForm(forms.Form):
    """What is said to the partner: needed where something is refused."""

    said = forms.CharField(
        label=_("To the partner"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Their program reads it. Say why, where you refuse."),
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].required = needs_reason
        self.fields["said"].error_messages["required"] = _(
            "Say why it is refused; the partner reads it."
        )


class TokenForm(forms.Form):
    """A token to be made."""

    institution = forms.ModelChoiceField(
        label=_("Institution"),
        queryset=Institution.objects.all(),
        widget=institution_chooser.widget_class,
        help_text=_("Stands as the publisher of what is proposed with it."),
    )
    title = forms.CharField(
        label=_("What it is for"),
        max_length=200,
        help_text=_("Which program of theirs uses it."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it allows"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        widget=AdminDateInput,
        initial=lambda: timezone.localdate() + timedelta(days=365),
        help_text=_("The last day; two years from now at most."),
    )

    def clean_valid_until(self) -> Any:
        """Neither over already nor for ever."""
        day = self.cleaned_data["valid_until"]
        today = timezone.localdate()
        if not today <= day <= today + _LONGEST:
            raise forms.ValidationError(_("Choose a day from today to two years from now."))
        return day
