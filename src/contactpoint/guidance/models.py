"""Themes and guides, one row each for all languages; a text per language; places; daily counts."""

from hashlib import blake2b
from typing import Any, Final

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from contactpoint.glossary.models import Concept, Theme
from contactpoint.guidance import first_version, languages, pictograms, previewing
from contactpoint.guidance.texts.blocks import Block, restored
from contactpoint.kit.labels import LabelsField, pick
from contactpoint.media.models import Recording as Film

RESERVED: Final = ("help", "coverage", "leaving", "said", "offline", "sheet", "voice", "search")
"""Addresses under `guidance/` that are no theme and no guide."""

code_of_address = RegexValidator(
    rf"^(?!(?:{'|'.join(RESERVED)})$)[a-z]+(-[a-z]+)*$",
    _("Use small letters a–z, and a word that no other page of guidance has, such as interview."),
)


class GuideTheme(models.Model):
    """What guides are about, in the order in which an applicant meets it."""

    code = models.CharField(
        _("code"), max_length=30, unique=True, validators=[code_of_address],
        help_text=_("Stands in the address, the same in every language: short, easy to say."),
    )  # fmt: skip
    icon = models.CharField(_("pictogram"), max_length=30, choices=pictograms.choices)
    labels = LabelsField(
        _("names"), blank=True,
        help_text=_("Only for a theme of your own: the shipped themes have their names."),
    )  # fmt: skip
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        ordering = ["sort_order", "code"]
        verbose_name = _("theme of guidance")
        verbose_name_plural = _("themes of guidance")

    def __str__(self) -> str:
        return self.code


class Guide(models.Model):
    """A page of guidance, whatever its language."""

    theme = models.ForeignKey(
        GuideTheme, on_delete=models.PROTECT, related_name="guides", verbose_name=_("theme")
    )
    code = models.CharField(
        _("code"), max_length=30, unique=True, validators=[code_of_address],
        help_text=_("Stands in the address, the same in every language: short, easy to say."),
    )  # fmt: skip
    icon = models.CharField(_("pictogram"), max_length=30, choices=pictograms.choices)
    step = models.PositiveSmallIntegerField(
        _("step of the procedure"), null=True, blank=True, unique=True,
        help_text=_("Its place on the line from arrival to decision; empty where it is no step."),
    )  # fmt: skip
    core = models.BooleanField(
        _("in all languages"), default=False,
        help_text=_("One of the few that should be there in every language of applicants."),
    )  # fmt: skip
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    concepts = models.ManyToManyField(
        Concept, blank=True, related_name="+", verbose_name=_("concepts")
    )
    subjects = models.ManyToManyField(
        Theme, blank=True, related_name="+", verbose_name=_("themes of the site")
    )
    film = models.ForeignKey(
        Film, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("film"),
        help_text=_(
            "A recording of the media library, with its captions in as many languages as it has. "
            "A still of more than 40 kB isn't shown."
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["theme__sort_order", "sort_order", "code"]
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def __str__(self) -> str:
        return self.code


class GuideText(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model
):
    """What a guide says in one language. Readers see what is live; drafts are revisions."""

    guide = models.ForeignKey(
        Guide, on_delete=models.CASCADE, related_name="texts", verbose_name=_("guide")
    )
    language = models.CharField(_("language"), max_length=12, choices=languages.choices)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(
        _("summary"), max_length=300,
        help_text=_("One sentence: what the reader knows afterwards."),
    )  # fmt: skip
    body = models.JSONField(_("text"), default=list)
    is_example = models.BooleanField(
        _("example"), default=False,
        help_text=_("Readers are told not to rely on it until somebody has checked it."),
    )  # fmt: skip
    checked_by = models.CharField(
        _("checked by"), max_length=120, blank=True,
        help_text=_("Who says that this is true here: a person or a service, as readers see it."),
    )  # fmt: skip
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_digest = models.CharField(max_length=16, blank=True, editable=False)
    loaded_digest = models.CharField(max_length=16, blank=True, editable=False)
    seen = models.JSONField(
        default=dict, blank=True, editable=False,
        help_text="Digest of each source block when it was translated, by block id.",
    )  # fmt: skip

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        ordering = ["guide__theme__sort_order", "guide__sort_order", "language"]
        verbose_name = _("text of guidance")
        verbose_name_plural = _("texts of guidance")
        constraints = [
            models.UniqueConstraint(fields=["guide", "language"], name="one_text_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({languages.own_name(self.language)})"

    @property
    def blocks(self) -> list[Block]:
        """The text as blocks."""
        return restored(self.body)

    @property
    def digest(self) -> str:
        """Tells this text from any other version of it."""
        said = [self.title, self.summary, *(f"{one.id} {one.digest}" for one in self.blocks)]
        return blake2b("\n".join(said).encode(), digest_size=8).hexdigest()

    @property
    def is_checked(self) -> bool:
        """Whether somebody has checked these very words: whoever changes one undoes it."""
        return self.checked_on is not None and self.checked_digest == self.digest

    def confirm_check(self) -> None:
        """Say that what was checked is the text as it is now."""
        self.checked_digest = self.digest if self.checked_on else ""

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """No word that readers have had is lost by the first edit."""
        first_version.keep(self)
        return super().save_revision(*args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as readers will get it."""
        return previewing.show(self)

    def get_full_url(self) -> None:
        """None: the preview is no request of a reader."""


class Place(models.Model):
    """Where applicants get help: a number to call, an office to go to."""

    class Kind(models.TextChoices):
        """In the order in which readers meet them."""

        EMERGENCY = "emergency", _("Emergency number")
        HELPLINE = "helpline", _("Helpline")
        OFFICE = "office", _("Office")
        CLINIC = "clinic", _("Health centre")

    code = models.SlugField(
        _("code"), max_length=40, unique=True,
        help_text=_("By this code a text shows it: place=legal-helpline."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    names = LabelsField(_("names"))
    addresses = LabelsField(_("addresses"), blank=True)
    notes = LabelsField(
        _("notes"), blank=True, help_text=_("One or two plain sentences: what help there is.")
    )
    phone = models.CharField(
        _("phone number"), max_length=30, blank=True,
        validators=[RegexValidator(r"^\+?[0-9][0-9 ]*$", _("Use digits, spaces and a leading +."))],
    )  # fmt: skip
    is_free = models.BooleanField(_("free to call"), default=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    always_open = models.BooleanField(_("open day and night"), default=False)
    hours = models.JSONField(_("opening hours"), default=list, blank=True)
    languages = models.JSONField(_("languages spoken there"), default=list, blank=True)
    interpreter = models.BooleanField(_("interpreters for other languages"), default=False)
    is_example = models.BooleanField(_("example"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        ordering = ["sort_order", "code"]
        verbose_name = _("place of help")
        verbose_name_plural = _("places of help")

    def __str__(self) -> str:
        return pick(self.names) or self.code

    @property
    def dialled(self) -> str:
        """The number for a `tel:` address (RFC 3966): digits, and the plus of the country."""
        return self.phone.replace(" ", "")


class Recording(models.Model):
    """What is heard of a block: whose words they are is told by their digest, and only by it."""

    class Kind(models.TextChoices):
        """Who speaks."""

        HUMAN = "human", _("a person")
        COMPUTER = "computer", _("a computer")

    guide = models.ForeignKey(
        Guide, on_delete=models.CASCADE, related_name="recordings", verbose_name=_("guide")
    )
    language = models.CharField(_("language"), max_length=12, choices=languages.choices)
    block = models.CharField(_("block"), max_length=60)
    digest = models.CharField(max_length=16)
    kind = models.CharField(_("who speaks"), max_length=10, choices=Kind.choices)
    mp3 = models.FileField(upload_to="guidance", editable=False)
    opus = models.FileField(upload_to="guidance", editable=False)
    mp3_size = models.PositiveIntegerField(editable=False)
    opus_size = models.PositiveIntegerField(editable=False)
    seconds = models.FloatField(_("seconds"), editable=False)
    made_on = models.DateTimeField(_("made on"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("made by"),
    )  # fmt: skip
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["guide", "language", "block", "-made_on"]
        verbose_name = _("recording of guidance")
        verbose_name_plural = _("recordings of guidance")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "language", "block", "digest", "kind"], name="one_sound_of_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.guide} {self.language} {self.block} ({self.get_kind_display()})"


class Click(models.Model):
    """How often readers said something of a page in a day. Of who said it nothing is known."""

    class Kind(models.TextChoices):
        """What they said."""

        UNCLEAR = "unclear", _("I did not understand")
        LANGUAGE = "language", _("I need another language")

    day = models.DateField(_("day"))
    page = models.CharField(_("page"), max_length=30, blank=True)
    language = models.CharField(_("read in"), max_length=12)
    kind = models.CharField(_("what they said"), max_length=10, choices=Kind.choices)
    wanted = models.CharField(_("language asked for"), max_length=12, blank=True)
    number = models.PositiveIntegerField(_("how often"), default=0)

    class Meta:
        ordering = ["-day", "-number", "page"]
        verbose_name = _("click of readers")
        verbose_name_plural = _("clicks of readers")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "page", "language", "kind", "wanted"], name="one_count_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.page} {self.language} {self.kind} {self.wanted}".strip()
