"""Who may propose, and what they proposed: tokens of institutions, and the proposals themselves.

A token is shown once and kept as a digest. A proposal is what a partner said, sieved; it is decided
by an editor and publishes nothing by itself.
"""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from contactpoint.api.harvesting.models import Harvested

__all__ = ["ApiToken", "Harvested", "Proposal", "Scope"]


class Scope(models.TextChoices):
    """What a token allows."""

    OUTPUTS = "propose:outputs", _("Propose news, publications, videos, vacancies, developments")
    EVENTS = "propose:events", _("Propose events")
    CORRECTIONS = "propose:corrections", _("Propose corrections of what is published")
    TRANSLATIONS = "propose:translations", _("Propose translations of what is published")


class ApiToken(models.Model):
    """What an institution's program shows with what it proposes.

    `digest` is the SHA-256 of the token, which has 256 bits of chance; `beginning` is what people
    know it by again. It is never deleted while anything was proposed with it: it is revoked.
    """

    wagtail_reference_index_ignore = True
    institution = models.ForeignKey(
        "network.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("institution"),
        help_text=_("Stands as the publisher of what is proposed with it."),
    )
    title = models.CharField(
        _("what it is for"), max_length=200, help_text=_("Which program of theirs uses it.")
    )
    scopes = models.JSONField(_("what it allows"), default=list)
    beginning = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    last_used_at = models.DateTimeField(_("used last"), null=True, editable=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        default_permissions = ("view", "add", "change")

    def __str__(self) -> str:
        return f"{self.title} ({self.beginning}…)"

    @property
    def is_valid(self) -> bool:
        """Whether it opens anything now."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def last_day(self) -> date:
        """The last day on which it is valid, in the portal's time zone; it ends with it."""
        return timezone.localdate(self.expires_at - timedelta(microseconds=1))

    @property
    def allows(self) -> list[str]:
        """Its scopes in words."""
        return [str(Scope(one).label) for one in self.scopes if one in Scope.values]


class Proposal(models.Model):
    """Something that a partner proposes. `content` is what they said, as told to them again; `read`
    is what the sieve made of it (`outputs.proposing`). `said` is what the editors say to them.

    `key` is the partner's own (Idempotency-Key): sent again with the same content, it is the same
    proposal.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("To review")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn by the partner")

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="proposals")
    institution = models.ForeignKey(
        "network.Institution", on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=20)
    title = models.CharField(_("title"), max_length=255, blank=True)
    content = models.JSONField(default=dict)
    read = models.JSONField(default=dict)
    about = models.UUIDField(null=True)
    state = models.CharField(
        _("status"), max_length=10, choices=State.choices, default=State.WAITING
    )
    said = models.TextField(_("what you say to the partner"), blank=True, max_length=2000)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("proposal of a partner")
        verbose_name_plural = _("proposals of partners")
        default_permissions = ("view", "change")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["token", "key"], name="one_proposal_a_key"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["state", "-made_at"], name="proposal_state"),
            models.Index(fields=["token", "made_at"], name="proposal_token"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.pk)

    @property
    def waits(self) -> bool:
        """Whether nobody has decided."""
        return self.state == self.State.WAITING
