"""Blocks of texts with live figures: a sentence, a picture, a table; and running text with them."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from contactpoint.figures import FiguresError, Period
from contactpoint.figures import period as read_period
from contactpoint.kit.blocks import ParagraphBlock, TableBlock, long_text_blocks
from contactpoint.kit.blocks.gridding import texts_of
from contactpoint.outputs.figures.choices import (
    BY,
    BY_CHOICES,
    FactsBlock,
    day_of,
    indicator_choices,
    known_block,
    place_choices,
)
from contactpoint.outputs.figures.spans import MOST_PERIODS, MOST_PLACES, Span, spanned
from contactpoint.outputs.figures.telling import Telling
from contactpoint.outputs.figures.tokens import TokenError, problems, read_when, references
from contactpoint.statistics.answering import Asked
from contactpoint.statistics.configured import shown

FACTS: Final = ("indicator", "place", "places", "by", "period", "since", "until", "known")
"""What of these blocks is true in every language: all of it."""
LIVE: Final = ("paragraph", "table")
"""Blocks of texts of which an output has its own, with figures in them."""


class FigureValue(blocks.StructValue):
    """One figure; `telling` is given to it where all of a text are asked at once."""

    telling: Telling | None = None
    place_in_text = 0

    @property
    def asked(self) -> list[Asked]:
        """Nothing where it isn't whole, or an indicator is no longer there."""
        if self.get("indicator") not in shown() or not self.get("place"):
            return []
        try:
            when = read_when(self["indicator"], self.get("period") or "")
        except TokenError:
            return []
        return [Asked(self["indicator"], self["place"], when, day_of(self.get("known")))]


class FigureBlock(FactsBlock):
    """A figure, told in a whole sentence with its changes and its source."""

    indicator = blocks.ChoiceBlock(choices=indicator_choices, label=_("Indicator"))
    place = blocks.ChoiceBlock(choices=place_choices, label=_("Place"))
    period = blocks.CharBlock(
        label=_("Period"), max_length=10, help_text=_("Such as 2018, 2018-Q4 or 2018-12.")
    )
    known = known_block()

    class Meta:
        icon = "list-ol"
        label = _("Figure in a sentence")
        template = "outputs/blocks/figure.html"
        value_class = FigureValue
        preview_value = {
            "indicator": "first-time-applicants", "place": "EU", "period": "2019", "known": None,
        }  # fmt: skip

    def clean(self, value: Any) -> Any:
        """A period must be one for which the indicator is counted."""
        cleaned = super().clean(value)
        try:
            read_when(cleaned["indicator"], cleaned["period"])
        except TokenError as error:
            raise StructBlockValidationError({"period": ValidationError(str(error))}) from error
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The sentence in the language of the text."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        telling = value.telling or Telling.of(value.asked, get_language() or "en")
        said = [telling.sentence(one) for one in value.asked]
        return context | {"said": said}


class LargeFigureBlock(FigureBlock):
    """A figure as large as a picture, with its sentence below."""

    class Meta:
        icon = "title"
        label = _("Large figure")
        template = "outputs/blocks/figure_large.html"


class SpanValue(blocks.StructValue):
    """Figures of some places over time."""

    telling: Telling | None = None
    place_in_text = 0

    @property
    def span(self) -> Span | None:
        """None where it isn't whole."""
        frequency = BY.get(self.get("by") or "")
        places = tuple(self.get("places") or ())[:MOST_PLACES]
        name = self.get("indicator")
        if name not in shown() or not places or frequency is None:
            return None
        if shown()[name].counted(Period(2000, 1, frequency)) is None:
            return None
        since, until = (_when(self.get(end), frequency) for end in ("since", "until"))
        return Span(name, places, frequency, since, until, day_of(self.get("known")))

    @property
    def asked(self) -> list[Asked]:
        """Of each place."""
        return self.span.asked if self.span else []


class FiguresBlock(FactsBlock):
    """What a picture and a table have in common."""

    indicator = blocks.ChoiceBlock(choices=indicator_choices, label=_("Indicator"))
    places = blocks.MultipleChoiceBlock(
        choices=place_choices, label=_("Places"), help_text=_("The first one is drawn strongest.")
    )
    by = blocks.ChoiceBlock(choices=BY_CHOICES, default="quarter", label=_("By"))
    since = blocks.CharBlock(label=_("Since"), required=False, max_length=10)
    until = blocks.CharBlock(
        label=_("Until"),
        required=False,
        max_length=10,
        help_text=_("Empty: the newest figures, and as many before as one can see at once."),
    )
    known = known_block()

    class Meta:
        value_class = SpanValue
        preview_value = {
            "indicator": "first-time-applicants", "places": ["EU"], "by": "quarter",
            "since": "2018-Q1", "until": "2019-Q4", "known": None,
        }  # fmt: skip

    def clean(self, value: Any) -> Any:
        """Periods are of the kind that was chosen, in their order, and not too many."""
        cleaned = super().clean(value)
        errors: dict[str, ValidationError] = {}
        frequency = BY[cleaned["by"]]
        if shown()[cleaned["indicator"]].counted(Period(2000, 1, frequency)) is None:
            errors["by"] = ValidationError(_("This isn't counted for such periods. Take others."))
        if len(cleaned["places"]) > MOST_PLACES:
            errors["places"] = ValidationError(
                _("More than %(most)s can't be told apart. Leave some out.") % {"most": MOST_PLACES}
            )
        ends = {}
        for end in ("since", "until"):
            if cleaned[end]:
                ends[end] = _when(cleaned[end], frequency)
                if ends[end] is None:
                    example = Period(2018, 1, frequency).code
                    errors[end] = ValidationError(
                        _("This is no such period. Write one as %(example)s.")
                        % {"example": example}
                    )
        since, until = ends.get("since"), ends.get("until")
        if since and until and since > until:
            errors["until"] = ValidationError(_("This is before the beginning."))
        elif since and until and since < until.shifted(1 - MOST_PERIODS):
            errors["since"] = ValidationError(
                _("These are more than %(most)s periods. Begin later.") % {"most": MOST_PERIODS}
            )
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The figures in the language of the text."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        telling = value.telling or Telling.of(value.asked, get_language() or "en")
        name = f"figures-{value.place_in_text}"
        found = value.span and spanned(value.span, telling, name=name, draw=self.is_drawn)
        return context | {"shown": found}

    is_drawn = False


class FigurePictureBlock(FiguresBlock):
    """A picture of figures, with the table beside it."""

    is_drawn = True

    class Meta:
        icon = "history"
        label = _("Picture of figures")
        template = "outputs/blocks/figure_picture.html"


class FigureTableBlock(FiguresBlock):
    """A table of figures."""

    class Meta:
        icon = "table"
        label = _("Table of figures")
        template = "outputs/blocks/figure_table.html"


class LiveParagraphBlock(ParagraphBlock):
    """Running text in which references to figures are told."""

    def clean(self, value: Any) -> Any:
        """What stands in double brackets has to be a figure."""
        cleaned = super().clean(value)
        found = problems(cleaned.source)
        if found:
            raise ValidationError([ValidationError(one) for one in found])
        return cleaned

    def render(self, value: Any, context: Any = None) -> Any:
        """As running text is, then with its figures."""
        html = super().render(value, context)
        if "[[" not in html:
            return html
        telling = getattr(value, "telling", None) or Telling.of(
            (one.asked for one in references(value.source)), get_language() or "en"
        )
        return telling.replaced(html)


class LiveTableBlock(TableBlock):
    """A table in whose cells references to figures are told."""

    def clean(self, value: Any) -> Any:
        """What stands in double brackets has to be a figure."""
        cleaned = super().clean(value)
        found = problems(" ".join(texts_of(cleaned or {})))
        if found:
            raise ValidationError([ValidationError(one) for one in found])
        return cleaned

    def render(self, value: Any, context: Any = None) -> Any:
        """As tables are, then with their figures."""
        html = super().render(value, context)
        asked = [one.asked for one in references(html)]
        return Telling.of(asked, get_language() or "en").replaced(html) if asked else html


def output_blocks() -> list[tuple[str, Any]]:
    """The palette of the text of outputs."""
    return [
        ("paragraph", LiveParagraphBlock()),
        *[(name, block) for name, block in long_text_blocks() if name not in LIVE],
        ("table", LiveTableBlock()),
        ("figure", FigureBlock(group=_("Live figures"))),
        ("figure_large", LargeFigureBlock(group=_("Live figures"))),
        ("figure_picture", FigurePictureBlock(group=_("Live figures"))),
        ("figure_table", FigureTableBlock(group=_("Live figures"))),
    ]


def _when(text: Any, frequency: str) -> Period | None:
    try:
        when = read_period(text or "")
    except FiguresError:
        return None
    return when if when.frequency == frequency else None
