"""What readers propose for the glossary, what was decided, and, apart, whom to tell."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contactpoint.glossary.models.concepts import Concept
from contactpoint.glossary.models.versions import ConceptDraft, SchemeVersion


class Proposal(models.Model):
    """A term, a translation or a change, as a reader typed it. Nothing here tells who that was.

    `reference` is unguessable and the reader's address of the status page. Before an editor has
    set `is_public`, nothing of it is shown to anybody else.
    """

    class Kind(models.TextChoices):
        TERM = "term", _("New term")
        TRANSLATION = "translation", _("Translation")
        CHANGE = "change", _("Change")

    class Part(models.TextChoices):
        LABEL = "label", _("A name of it")
        DEFINITION = "definition", _("Its definition")
        PLACE = "place", _("Its place among other concepts")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("proposal", "Received")
        REVIEW = "review", pgettext_lazy("proposal", "Under review")
        ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
        DECLINED = "declined", pgettext_lazy("proposal", "Declined")

    reference = models.CharField(max_length=40, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    concept = models.ForeignKey(
        Concept,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
        verbose_name=_("concept"),
    )
    # The change that it was taken over into, as long as that waits, and its identifier then. A
    # proposal that an editor carries out by hand has neither.
    draft = models.ForeignKey(
        ConceptDraft,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
        editable=False,
    )
    slug = models.SlugField(max_length=100, blank=True, editable=False)
    part = models.CharField(_("what changes"), max_length=12, choices=Part.choices, blank=True)
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("proposed text"))
    definition = models.TextField(_("definition"), blank=True)
    source = models.TextField(_("source"))
    remark = models.TextField(_("remark to the editors"), blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.RECEIVED, db_index=True
    )
    is_public = models.BooleanField(_("shown to the public"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    version = models.ForeignKey(
        SchemeVersion,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
        verbose_name=_("in version"),
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True, db_index=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "change")
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language}) #{self.pk}"

    def get_absolute_url(self) -> str:
        """The status page, in the active language; whoever knows it may see it."""
        return reverse("proposal", args=[self.reference])

    @property
    def is_open(self) -> bool:
        """Whether nobody has accepted or declined it."""
        return self.status in OPEN

    @property
    def is_set_aside(self) -> bool:
        """Whether it was taken over into a draft that was discarded before any version had it."""
        is_waiting = self.draft_id is not None or self.version_id is not None
        return self.status == self.Status.ACCEPTED and bool(self.slug) and not is_waiting

    @property
    def status_name(self) -> str:
        """Its status in words, with what became of it later."""
        return str(SET_ASIDE) if self.is_set_aside else self.get_status_display()


SET_ASIDE = pgettext_lazy("proposal", "Set aside")
OPEN = (Proposal.Status.RECEIVED, Proposal.Status.REVIEW)


class ProposalStep(models.Model):
    """What an editor did with a proposal: who and when, kept when the editor has left."""

    class Kind(models.TextChoices):
        SHOWN = "shown", _("Shown to the public")
        WITHHELD = "withheld", _("Kept from the public")
        ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
        DECLINED = "declined", pgettext_lazy("proposal", "Declined")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=254)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.name}"


class ProposalAddress(models.Model):
    """Where to write the outcome; deleted once it is told, or when nobody confirms in time."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="address")
    email = models.EmailField()
    language = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField(auto_now_add=True, db_index=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"address of proposal {self.proposal_id}"
