"""What somebody of a state says of one of its answers: it holds, it is otherwise now, it goes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactpoint.consultations.holding import a_year_after
from contactpoint.consultations.models import Answer

CONFIRM, CHANGE, WITHDRAW = "confirm", "change", "withdraw"


class ValidityForm(forms.Form):
    """All but the answer itself, whose field its question makes."""

    what = forms.ChoiceField(
        label=gettext_lazy("Is it still so?"),
        choices=[
            (CONFIRM, gettext_lazy("Yes, it is still so")),
            (CHANGE, gettext_lazy("No, it is now as I write below")),
            (WITHDRAW, gettext_lazy("Withdraw the answer: it is to be deleted everywhere")),
        ],
        widget=forms.RadioSelect,
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("Empty for another year."),
        widget=forms.DateInput({"type": "date"}),
    )
    dissemination = forms.ChoiceField(
        label=gettext_lazy("Wider dissemination"),
        choices=[
            (Answer.Dissemination.WIDE, gettext_lazy("Yes: everybody may read it")),
            (Answer.Dissemination.NETWORK, gettext_lazy("No: within the network only")),
        ],
        widget=forms.RadioSelect,  # a list that opens would have the first one chosen
        required=False,
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"), required=False, widget=forms.Textarea({"rows": 4})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, can_change: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_change:
            what: Any = self.fields["what"]
            what.choices = [one for one in what.choices if one[0] != CHANGE]

    def clean_valid_until(self) -> Any:
        """A day to come, and none that is so far away that nobody asks again."""
        day = self.cleaned_data["valid_until"]
        today = timezone.localdate()
        if day is not None and not today < day < a_year_after(today, 10):
            raise forms.ValidationError(_("Name a day to come, within ten years."))
        return day

    def clean(self) -> dict[str, Any]:
        """Who changes an answer says who may know it."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("what") == CHANGE and not data.get("dissemination"):
            self.add_error("dissemination", _("Say who may know the answer."))
        return data
