"""What somebody wants to show on a site of theirs: each form gives the address of a page here."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from contactpoint.api.embeds.frames import LONGEST, frame_of
from contactpoint.glossary.finding import find
from contactpoint.glossary.lexicon import lexicon
from contactpoint.glossary.naming import concept_url, flat, theme_tree
from contactpoint.kit.framing import LOOKS, SIZE_LABELS, Framing
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.outputs.models import EventList
from contactpoint.outputs.models.lists import LISTS
from contactpoint.statistics.addresses import indicator_url
from contactpoint.statistics.choice import WORDS
from contactpoint.statistics.configured import shown
from contactpoint.statistics.naming import names
from contactpoint.statistics.offering.picturing import OF_ALL
from contactpoint.statistics.reading import countries_with_figures
from contactpoint.statistics.showing import label_of
from contactpoint.statistics.wording import spoken

_HOW: Final = ("language", "size", "look")
_ALL: Final = [("", gettext_lazy("All themes"))]


class FrameForm(forms.Form):
    """How the frame looks; those below say what it shows."""

    use_required_attribute = False
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    size = forms.ChoiceField(
        label=gettext_lazy("Size"),
        choices=list(SIZE_LABELS.items()),
        initial="medium",
    )
    look = forms.ChoiceField(label=gettext_lazy("Colours"), choices=list(LOOKS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(one for one in self.fields if one not in _HOW), *_HOW])
        self.reader = get_language() or FALLBACK_LANGUAGE
        self.fields["language"].initial = self.reader
        themes = self.fields.get("theme")
        if isinstance(themes, forms.ChoiceField):
            nodes = flat(theme_tree(self.reader))
            themes.choices = [*_ALL, *((one.theme.slug, one.theme.label) for one in nodes)]

    @property
    def framing(self) -> Framing:
        """As chosen."""
        return Framing(self.cleaned_data["look"], self.cleaned_data["size"])

    @property
    def said(self) -> str:
        """What was made of what somebody wrote, where that is not plain."""
        return ""

    def page(self) -> str:
        """The address of the page of ours that shows the same, without the host."""
        raise NotImplementedError

    def _at(self, path: str, **parameters: str) -> str:
        kept = {name: value for name, value in parameters.items() if value}
        query = f"?{urlencode(kept)}" if kept else ""
        return f"/{self.cleaned_data['language']}/{path}{query}"


class TermForm(FrameForm):
    """A term of the glossary, by any name that it has."""

    term = forms.CharField(label=gettext_lazy("Term of the glossary"), max_length=100)
    taken_as = ""

    @property
    def said(self) -> str:
        """Which term was taken for a word that is none of its names."""
        if not self.taken_as:
            return ""
        return _("You wrote “%(written)s”; this is “%(term)s”.") % {
            "written": self["term"].value(),
            "term": self.taken_as,
        }

    def clean_term(self) -> str:
        """The identifier of the term that is meant."""
        written = " ".join(self.cleaned_data["term"].split())
        words = lexicon()
        if written in words.concepts:
            return str(written)
        found = find(words, written, self.reader, 1).found
        if not found:
            raise forms.ValidationError(_("There is no such term in the glossary."))
        term = found[0]["term"]
        names = {label.text.casefold() for label in words.concepts[term.slug].labels}
        if written.casefold() not in names:
            self.taken_as = term.label
        return str(term.slug)

    def page(self) -> str:
        """That of the term."""
        return concept_url(self.cleaned_data["term"], self.cleaned_data["language"])


class EventsForm(FrameForm):
    """The next events."""

    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)

    def page(self) -> str:
        """The list of events."""
        return self._at(f"{EventList.SLUG}/", theme=self.cleaned_data["theme"])


class FiguresForm(FrameForm):
    """A chart of an indicator, with the choices that its page has."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"))
    place = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    by = forms.ChoiceField(
        label=gettext_lazy("Periods"),
        required=False,
        choices=[
            ("", gettext_lazy("As usual")),
            *zip(
                WORDS,
                (gettext_lazy("Months"), gettext_lazy("Quarters"), gettext_lazy("Years")),
                strict=True,
            ),
        ],
    )
    since = forms.IntegerField(
        label=pgettext_lazy("which year on", "From"),
        required=False,
        min_value=1950,
        max_value=2100,
        help_text=gettext_lazy("A year, or nothing for all."),
    )
    shape = forms.ChoiceField(
        label=gettext_lazy("Picture"),
        required=False,
        choices=[
            ("", gettext_lazy("Over time")),
            ("bars", gettext_lazy("Countries as bars")),
            ("map", gettext_lazy("Countries as a map")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = names(spoken(self.reader))
        indicators, places = self.fields["indicator"], self.fields["place"]
        if isinstance(indicators, forms.ChoiceField):
            indicators.choices = [
                (name, label_of(one, self.reader)) for name, one in shown().items()
            ]
        if isinstance(places, forms.ChoiceField):
            codes = said.in_order(countries_with_figures())
            places.choices = [
                ("", _("All")),
                *((code.lower(), said.place(code)) for code in codes),
            ]

    def page(self) -> str:
        """That of the indicator."""
        asked = self.cleaned_data
        parameters = {
            "by": asked["by"],
            "since": str(asked["since"] or ""),
            "place": "" if asked["shape"] in OF_ALL else asked["place"],
            "as": asked["shape"],
        }
        kept = urlencode({name: value for name, value in parameters.items() if value})
        base = indicator_url(asked["indicator"], asked["language"])
        return f"{base}?{kept}" if kept else base


class ListForm(FrameForm):
    """What is new in a list."""

    of = forms.ChoiceField(
        label=gettext_lazy("List"),
        required=False,
        choices=[
            ("", gettext_lazy("All that is new")),
            *((slug, label) for slug, label in LISTS.values() if slug != EventList.SLUG),
        ],
    )
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)

    def page(self) -> str:
        """The list, or the front page."""
        slug = self.cleaned_data["of"]
        return self._at(f"{slug}/" if slug else "", theme=self.cleaned_data["theme"])


class SearchForm(FrameForm):
    """The newest that a search finds."""

    q = forms.CharField(label=gettext_lazy("Question"), required=False, max_length=200)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)

    def page(self) -> str:
        """The search."""
        asked = self.cleaned_data
        return self._at("search/", q=asked["q"], theme=asked["theme"])


class AddressForm(FrameForm):
    """Whatever stands at an address, with all its filters; in the language of the address."""

    address = forms.CharField(
        label=gettext_lazy("Address of a page"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Of this site: a term, a theme, an indicator, a list or a search with its filters."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["language"]

    def clean_address(self) -> str:
        """One that a frame can show."""
        written = str(self.cleaned_data["address"])
        if frame_of(written) is None:
            raise forms.ValidationError(_("What stands at this address can’t be framed."))
        return written

    def page(self) -> str:
        """As it was given."""
        return str(self.cleaned_data["address"])


FORMS: Final[dict[str, tuple[Any, type[FrameForm]]]] = {
    "term": (gettext_lazy("A term"), TermForm),
    "events": (gettext_lazy("The next events"), EventsForm),
    "figures": (gettext_lazy("A chart"), FiguresForm),
    "list": (gettext_lazy("What is new"), ListForm),
    "search": (gettext_lazy("A search"), SearchForm),
    "address": (gettext_lazy("A page by its address"), AddressForm),
}
"""By the name in the address: what readers call it, and its form."""
