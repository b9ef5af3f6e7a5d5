"""Events: when, where and in which languages, what is on the programme, and how one takes part."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from contactpoint.outputs.event_blocks import EventLanguageBlock, OutcomeBlock, SessionBlock
from contactpoint.outputs.event_forms import EventForm
from contactpoint.outputs.models.output import Kind, Output
from contactpoint.outputs.panels import FactPanel, tabs

BRUSSELS = "Europe/Brussels"


def time_zones() -> list[tuple[str, str]]:
    """Those of a continent and a city, as people know them, and UTC."""
    cities = sorted(name for name in available_timezones() if name.startswith(_CONTINENTS))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in cities)]


_CONTINENTS = (
    *("Africa/", "America/", "Asia/", "Atlantic/", "Australia/"),
    *("Europe/", "Indian/", "Pacific/"),
)


class Event(Output):
    """A conference, webinar or meeting; `starts_at` and `ends_at` say when.

    Editors write hours as the clock of `time_zone` has them. Who comes stands in another app.
    """

    KIND = Kind.EVENT
    is_creatable = True
    parent_page_types = ["outputs.EventList"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = EventForm

    whole_day = models.BooleanField(_("whole day"), default=False)
    time_zone = models.CharField(
        _("time zone"), max_length=64, choices=time_zones, default=BRUSSELS
    )
    called_off = models.BooleanField(
        _("called off"),
        default=False,
        help_text=_(
            "The page stays and says so, nobody can register any more, and whoever did is told."
        ),
    )
    online = models.BooleanField(_("online"), default=False)
    place = models.CharField(_("place"), max_length=200, blank=True)
    languages = StreamField(
        [("language", EventLanguageBlock())], blank=True, verbose_name=_("languages")
    )
    accessibility = models.TextField(
        _("accessibility"),
        blank=True,
        max_length=1000,
        help_text=_("Steps, lifts, induction loops, captions; whom to ask for what is missing."),
    )
    programme = StreamField([("session", SessionBlock())], blank=True, verbose_name=_("programme"))
    takes_registrations = models.BooleanField(
        _("people register here"),
        default=False,
        help_text=_("Closes by itself when the event starts, or earlier, as you say below."),
    )
    registration_closes_at = models.DateTimeField(_("register until"), null=True, blank=True)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Leave it empty where there is room for everybody."),
    )
    waiting_list = models.BooleanField(
        _("waiting list"),
        default=True,
        help_text=_("Once all places are taken; without it, registration closes then."),
    )
    join_url = models.URLField(
        _("address to join"),
        blank=True,
        max_length=500,
        help_text=_("Only people who have a place get it, by mail."),
    )
    registration_url = models.URLField(
        _("registration elsewhere"),
        blank=True,
        max_length=500,
        help_text=_("Where people don't register here."),
    )
    outcomes = StreamField(
        [("outcome", OutcomeBlock())],
        blank=True,
        verbose_name=_("afterwards"),
        help_text=_("Recording, report, photos."),
    )
    edit_handler = tabs(
        [
            *Output.opening_panels,
            MultiFieldPanel(
                [
                    FactPanel("starts_at"),
                    FactPanel("ends_at"),
                    FactPanel("time_zone"),
                    FactPanel("whole_day"),
                    FactPanel("called_off"),
                    FactPanel("online"),
                    FieldPanel("place"),
                    FactPanel("languages"),
                    FieldPanel("accessibility"),
                ],
                heading=_("When and where"),
            ),
            FieldPanel("body"),
            FieldPanel("programme"),
            MultiFieldPanel(
                [
                    FactPanel("takes_registrations"),
                    FactPanel("registration_closes_at"),
                    FactPanel("capacity"),
                    FactPanel("waiting_list"),
                    FactPanel("join_url"),
                    FactPanel("registration_url"),
                ],
                heading=_("Registration"),
            ),
            FactPanel("outcomes"),
        ],
        Output.about_panels,
    )
    translatable_fields: ClassVar[list[Any]] = [
        *Output.translatable_fields,
        SynchronizedField("whole_day", overridable=False),
        SynchronizedField("time_zone", overridable=False),
        SynchronizedField("called_off", overridable=False),
        SynchronizedField("online", overridable=False),
        TranslatableField("place"),
        SynchronizedField("languages", overridable=False),
        TranslatableField("accessibility"),
        TranslatableField("programme"),
        SynchronizedField("takes_registrations", overridable=False),
        SynchronizedField("registration_closes_at", overridable=False),
        SynchronizedField("capacity", overridable=False),
        SynchronizedField("waiting_list", overridable=False),
        SynchronizedField("join_url", overridable=False),
        SynchronizedField("registration_url", overridable=False),
        SynchronizedField("outcomes", overridable=False),
    ]
    block_facts: ClassVar[dict[str, tuple[str, ...]]] = {
        **Output.block_facts,
        "programme": ("day", "starts", "ends"),
    }

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def zone(self) -> ZoneInfo:
        """The clock by which its hours are given."""
        return ZoneInfo(self.time_zone)

    @property
    def over_at(self) -> datetime | None:
        """From when it is over: its end, else its start; a whole day ends with the day."""
        last = self.ends_at or self.starts_at
        if last is None or not self.whole_day:
            return last
        midnight = last.astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=1)
