"""The form in which somebody asks to be told."""

import unicodedata
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactpoint.dissemination.following.untold import never_told
from contactpoint.dissemination.matching.atoms import NEWSLETTER, Rule
from contactpoint.dissemination.matching.rules import (
    EmptyRuleError,
    RuleError,
    all_of,
    any_of,
    parse,
)
from contactpoint.dissemination.models import Subscription
from contactpoint.glossary.lexicon import Lexicon
from contactpoint.glossary.naming import flat
from contactpoint.kit.public_forms import PublicForm, TypedField
from contactpoint.network.models import Country
from contactpoint.outputs.models.output import Kind
from contactpoint.search.showing.naming import Names

KINDS: Final = (*Kind.values, "consultation", "statistics", "concept")
"""Of things to which something happens that is told."""
CHOSEN = ("theme", "kind", "country")


def by_domain(address: str) -> str:
    """An address as it is kept: a domain has no capitals and no letters beyond ASCII."""
    name, _at, domain = address.strip().rpartition("@")
    if domain.startswith("["):  # a number instead of a name: a machine of ours, perhaps
        raise forms.ValidationError(_("Write an address such as name@example.org."))
    try:
        return f"{name}@{domain.lower().encode('idna').decode()}"
    except UnicodeError:
        raise forms.ValidationError(_("Write an address such as name@example.org.")) from None


class FollowForm(PublicForm):
    """`asked` is what the address of the page asks for, such as a search: what is chosen narrows or
    widens it."""

    newsletter = forms.BooleanField(
        label=gettext_lazy("The newsletter"),
        required=False,
        help_text=gettext_lazy("What is new, chosen by the editors: each issue, in your language."),
    )
    theme = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    concept = TypedField(
        label=gettext_lazy("Terms of the glossary"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("As the glossary has them, several with commas between."),
    )
    country = forms.MultipleChoiceField(
        label=gettext_lazy("Countries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds"), required=False, widget=forms.CheckboxSelectMultiple
    )
    join = forms.ChoiceField(
        label=gettext_lazy("Tell me of what has"),
        choices=[
            ("all", gettext_lazy("one of each list where I chose something")),
            ("any", gettext_lazy("any of my choices")),
        ],
        initial="all",
        widget=forms.RadioSelect,
    )
    search = TypedField(
        label=gettext_lazy("Address of a search"),
        required=False,
        max_length=1500,
        help_text=gettext_lazy("Copy it from the search page: what that page lists is told."),
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Subscription.Rhythm.choices,
        initial=Subscription.Rhythm.DAILY,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mails"))
    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("We write there once, and nothing is kept until you confirm it."),
    )

    def __init__(self, *args: Any, spoken: str, asked: QueryDict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spoken, self._asked = spoken, asked.copy()
        # It is no condition of the rest: who asks for both gets both.
        self.fields["newsletter"].initial = bool(self._asked.pop(NEWSLETTER, None))
        self._names = Names(spoken)
        choices = {
            "theme": [(node.theme.slug, node.theme.label) for node in flat(self._names.tree)],
            "country": _countries(self._names),
            "kind": [(kind, self._names.label("kind", kind)) for kind in KINDS],
            "language": settings.LANGUAGES,
        }
        for name, given in choices.items():
            field: Any = self.fields[name]
            field.choices = given
        self.fields["language"].initial = spoken
        self.rule: Rule | None = None
        if asked:
            join: Any = self.fields["join"]
            join.label = _("What I choose here")
            join.choices = [
                ("all", _("narrows it: all has to hold, of each list one choice")),
                ("any", _("widens it: tell me of this, and of any of my choices too")),
            ]

    def clean_address(self) -> str:
        """As it is kept."""
        return by_domain(self.cleaned_data["address"])

    def clean_concept(self) -> list[str]:
        """Slugs of the terms that were written: terms have commas themselves, so of what stands
        between commas the longest that the glossary knows is one."""
        words = self._names.words
        given = [one for one in map(str.strip, self.cleaned_data["concept"].split(",")) if one]
        known = _terms(words, self._spoken) if given else {}
        found: list[str] = []
        start = 0
        while start < len(given):
            for end in range(len(given), start, -1):
                written = ", ".join(given[start:end])
                slug = written if written in words.concepts else known.get(_folded(written))
                if slug is not None:
                    break
            else:
                raise forms.ValidationError(
                    _("The glossary has no term “%(term)s”."), params={"term": given[start]}
                )
            found.append(slug)
            start = end
        return found

    def clean(self) -> dict[str, Any] | None:
        """The rule of all that was chosen; what is wrong stands at its field."""
        given = super().clean() or self.cleaned_data
        if self.errors.keys() & {*CHOSEN, "concept", "search", "join"}:
            return given
        parts = [
            f"follow={','.join(f'{name}:{value}' for value in given[name])}"
            for name in (*CHOSEN, "concept")
            if given.get(name)
        ]
        if given.get("search"):
            parts.append(urlencode({"search": _local(given["search"])}))
        if self._asked or not parts:
            parts.insert(0, self._asked.urlencode())
        try:
            rules = [parse(QueryDict(part), self._spoken) for part in parts]
            self.rule = any_of(rules) if given.get("join") == "any" else all_of(rules)
            if vain := never_told(self.rule, self._spoken):
                self.add_error(None, vain)
        except EmptyRuleError as problem:
            if not given.get("newsletter"):
                self.add_error(None, str(problem))
        except RuleError as problem:
            place = problem.place if problem.place in self.fields else None
            self.add_error(place if place != "address" else None, str(problem))
        return given


def _terms(words: Lexicon, spoken: str) -> dict[str, str]:
    """Concepts by all that the glossary calls them, in any language: a name that is preferred
    goes before one that is not, and one in the language of the page before the others."""
    found: dict[str, str] = {}
    rank = {"preferred": 0, "alternative": 1}
    labels = sorted(
        (rank[label.kind], label.language != spoken, slug, label.text)
        for slug, concept in words.concepts.items()
        for label in concept.labels
        if label.kind in rank
    )
    for _kind, _is_foreign, slug, text in labels:
        found.setdefault(_folded(text), slug)
    return found


def _folded(written: str) -> str:
    spaced = unicodedata.normalize("NFKC", written).casefold().replace(",", ", ")
    return " ".join(spaced.split()).replace(" ,", ",")


def _local(address: str) -> str:
    """Of this site, a search is known by what stands behind the host."""
    return address.removeprefix(settings.BASE_URL) if settings.BASE_URL else address


def _countries(names: Names) -> list[tuple[str, str]]:
    rows = Country.objects.exclude(emn_status=Country.Status.NONE).order_by("code")
    codes = list(rows.values_list("code", flat=True))
    names.learn(("country", code) for code in codes)
    return sorted(((code, names.label("country", code)) for code in codes), key=lambda one: one[1])
