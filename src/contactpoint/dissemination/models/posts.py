"""What an editor approved for a social network, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Post(models.Model):
    """One post of one item, in one language, in one account.

    `key` is made when the editor's form is made and names the post in the network: as the record's
    key in Bluesky, as `Idempotency-Key` in Mastodon. So a form that is sent twice is one post, and
    so is one that is tried again. Accounts and their tokens are settings, not rows.
    """

    class State(models.TextChoices):
        """Where it stands; a worker that is at one has it until `taken_until`."""

        WAITING = "waiting", _("is being sent")
        SENT = "sent", _("posted")
        FAILED = "failed", _("not posted")
        DROPPED = "dropped", _("not posted, the item is not public")
        REMOVING = "removing", _("is being deleted")
        REMOVED = "removed", _("deleted")

    class Problem(models.TextChoices):
        """Why it could not be sent, or deleted, the last time."""

        UNREACHABLE = "unreachable", _("The server can't be reached.")
        SLOW = "slow", _("The server took too long to answer.")
        BUSY = "busy", _("The server has trouble of its own.")
        LIMITED = "limited", _("The server wants us to wait: too much was posted at once.")
        UNAUTHORISED = (
            "unauthorised",
            _("The server does not accept our account. An operator has to give it a new token."),
        )
        REFUSED = "refused", _("The server refused the post.")
        MISUNDERSTOOD = "misunderstood", _("The server's answer could not be understood.")
        NO_CHANNEL = "no channel", _("The account is not among those of this portal any more.")
        NO_PICTURE = "no picture", _("The picture could not be made.")

    item = models.UUIDField(editable=False, db_index=True)
    """The translation key of the output."""
    language = models.CharField(_("language"), max_length=12, editable=False)
    title = models.CharField(_("title"), max_length=255, editable=False)
    channel = models.CharField(_("account"), max_length=40, editable=False)
    network = models.CharField(_("network"), max_length=20, editable=False)
    text = models.TextField(_("text"))
    picture = models.CharField(_("picture"), max_length=40, blank=True)
    alt = models.TextField(_("alternative text"), blank=True)
    key = models.CharField(max_length=13, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING, editable=False
    )
    due_at = models.DateTimeField(editable=False)
    taken_until = models.DateTimeField(null=True, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    """When it was taken for the first time."""
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=20, blank=True, choices=Problem.choices, editable=False)
    said = models.CharField(max_length=300, blank=True, editable=False)
    """The server's own words."""
    remote = models.CharField(max_length=200, blank=True, editable=False)
    """What the network calls it."""
    url = models.URLField(max_length=500, blank=True, editable=False)
    approved_at = models.DateTimeField(_("approved"), auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("approved by"),
    )
    sent_at = models.DateTimeField(_("posted"), null=True, editable=False)
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("social post")
        verbose_name_plural = _("social posts")
        default_permissions = ("add", "delete", "view")
        indexes = [
            models.Index(
                fields=["due_at"],
                name="post_due",
                condition=models.Q(state__in=["waiting", "removing"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.key}"

    @property
    def standing(self) -> str:
        """The state in words; only what a worker is at is being sent."""
        is_taken = self.taken_until is not None and self.taken_until > timezone.now()
        if self.state == self.State.WAITING and not is_taken:
            return gettext("waits")
        return str(self.get_state_display())
