"""Countries and institutions: one row each for all languages; and how an institution approves."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models.workflows import AbstractGroupApprovalTask

from contactpoint.kit.labels import Labelled


class Country(Labelled):
    """A state by its ISO 3166-1 code and its place in the network."""

    class Status(models.TextChoices):
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")
        NONE = "none", _("Outside the network")

    code = models.CharField(_("code"), max_length=2, unique=True)
    emn_status = models.CharField(
        _("place in the network"), max_length=10, choices=Status.choices, default=Status.NONE
    )
    joined = models.CharField(
        _("joined"), max_length=10, blank=True, help_text=_("Year, month or day, such as 2021-03.")
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Institution(Labelled):
    """An authority, agency or organisation that writes, publishes or is spoken of."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    alternatives = models.JSONField(_("other names"), default=dict, blank=True)
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
        verbose_name=_("country"),
    )
    homepage = models.URLField(_("website"), blank=True)
    two_pairs_of_eyes = models.BooleanField(
        _("two pairs of eyes"),
        default=False,
        help_text=_("Nobody publishes a text of this institution alone: another editor approves."),
    )
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="institutions",
        verbose_name=_("people who write for it"),
        help_text=_("Contributors among them change what is by this institution, and only that."),
    )

    class Meta:
        ordering = ["slug"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")


class SecondReading(AbstractGroupApprovalTask):
    """The step of a workflow in which somebody approves who wrote none of it."""

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Who wrote part of it may send it back, and not approve it."""
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if wrote(obj, user):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Also not who changes it while approving: that would be read by nobody else."""
        if action_name == "approve" and wrote(task_state.workflow_state.content_object, user):
            raise PermissionDenied(gettext("You wrote part of this: somebody else approves it."))
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        """For the list of kinds of steps."""
        return _("Members of the chosen groups approve what they did not write")


def wrote(page: Any, user: Any) -> bool:
    """Whether a person wrote any of what would become public now."""
    revisions = page.revisions.filter(user=user.pk)
    published = page.live_revision
    if published is not None:
        revisions = revisions.filter(created_at__gt=published.created_at)
    return bool(revisions.exists())
