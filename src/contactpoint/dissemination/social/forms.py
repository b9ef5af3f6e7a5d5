"""The form of a post: its text within the network's limit, its picture, what the picture says."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contactpoint.dissemination.social.approving import form_key, read_key
from contactpoint.dissemination.social.channels import Channel
from contactpoint.dissemination.social.composing import composed
from contactpoint.dissemination.social.doubles import Double, Known, as_text, numbers
from contactpoint.dissemination.social.items import Shared
from contactpoint.dissemination.social.pictures import Offered


class PostForm(forms.Form):
    """One for each account; `count` is what the network would count. Without an item, or rather
    without one that readers can see, it only keeps what was written."""

    key = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    sure = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=70_000, strip=True, widget=forms.Textarea
    )
    picture = forms.ChoiceField(
        label=gettext_lazy("Picture"), required=False, widget=forms.RadioSelect
    )
    alt = forms.CharField(
        label=gettext_lazy("Alternative text"),
        required=False,
        strip=True,
        widget=forms.Textarea,
        help_text=gettext_lazy("What the picture shows, for those who don't see it."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        channel: Channel,
        language: str,
        item: Shared | None,
        pictures: Sequence[Offered],
        seen: Iterable[int] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        first = pictures[0] if pictures else Offered("", "", "")
        proposed = {
            "key": form_key(),
            "seen": as_text(seen),
            "text": composed(item, channel.limits, channel.most) if item else "",
            "picture": first.name,
            "alt": first.alt,
            **(initial or {}),
        }
        super().__init__(data, initial=proposed, prefix=channel.name)
        self.channel, self.pictures = channel, pictures
        self.doubles: Sequence[Double] = ()
        picture = self.fields["picture"]
        if isinstance(picture, forms.ChoiceField):
            picture.choices = [("", _("None")), *((one.name, one.label) for one in pictures)]
        text, alt = self.fields["text"].widget, self.fields["alt"].widget
        text.attrs.update({
            "rows": 9, "lang": language, "data-counts": channel.limits.counts_as,
            "data-most": channel.most, "aria-describedby": self.count_id,
        })  # fmt: skip
        alt.attrs.update({"rows": 3, "lang": language})

    @property
    def count_id(self) -> str:
        """Where the page says how long the text is."""
        return f"{self.prefix}-count"

    @property
    def known(self) -> Known:
        """Which posts its editor has seen, and which they were asked about."""
        return Known(numbers(self.cleaned_data["seen"]), numbers(self.cleaned_data["sure"]))

    @property
    def asked_about(self) -> str:
        """What one who posts nonetheless is sure about."""
        asked = {one.post.pk for one in self.doubles}
        return as_text(asked | numbers(self["sure"].value() or ""))

    @property
    def written(self) -> dict[str, str]:
        """What a browser sent, unchecked."""
        sent = {name: self.data.get(self.add_prefix(name)) or "" for name in self.fields}
        return {name: _lines(value) for name, value in sent.items()}

    @property
    def is_changed(self) -> bool:
        """Whether anything was written that isn't proposed."""
        return any(
            self.written[name].strip() != str(self.initial[name]).strip()
            for name in ("text", "picture", "alt")
        )

    @property
    def most(self) -> int:
        """How long the text may be."""
        return self.channel.most

    @property
    def count(self) -> int:
        """As the network counts."""
        return self.channel.limits.count(_lines(self["text"].value() or ""))

    @property
    def choices(self) -> list[tuple[Offered, bool]]:
        """The pictures, and whether each is chosen."""
        chosen = self["picture"].value()
        return [(one, one.name == chosen) for one in self.pictures]

    def clean_key(self) -> str:
        """One that was made for such a form."""
        found = read_key(self.cleaned_data["key"])
        if not found:
            raise forms.ValidationError(_("Open the page anew: this form is not of the portal."))
        return found

    def clean_text(self) -> str:
        """Within the limit; the browser sends line ends that nobody wrote."""
        text = _lines(self.cleaned_data["text"])
        limits = self.channel.limits
        over = limits.count(text) - self.most
        if over > 0:
            raise forms.ValidationError(
                ngettext(
                    "This is %(number)s letter too long for %(network)s.",
                    "This is %(number)s letters too long for %(network)s.",
                    over,
                )
                % {"number": over, "network": limits.label}
            )
        if not limits.fits(text, self.most):
            raise forms.ValidationError(
                _("%(network)s does not take a text of so many bytes.") % {"network": limits.label}
            )
        return text

    def clean(self) -> dict[str, Any]:
        """A picture is described; the description that was proposed for another one gives way."""
        found = super().clean() or self.cleaned_data
        chosen = next((one for one in self.pictures if one.name == found.get("picture")), None)
        alt = _lines(found.get("alt", ""))
        if chosen is None:
            return {**found, "alt": ""}
        if alt in {one.alt for one in self.pictures}:
            alt = chosen.alt
        most = self.channel.limits.alt_letters
        if not alt:
            self.add_error("alt", _("Say what the picture shows, or choose none."))
        elif len(alt) > most:
            self.add_error("alt", _("Take %(most)s letters at most.") % {"most": most})
        return {**found, "alt": alt}


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
