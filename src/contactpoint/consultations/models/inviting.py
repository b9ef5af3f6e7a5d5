"""The links that respondents were given, and the mails that brought them."""

from typing import ClassVar

from django.db import models

from contactpoint.consultations.models.rounds import Respondent


class PersonalLink(models.Model):
    """A link that somebody was given, by the digest of its secret. Each mail has its own, because
    the secret of the one before is not known any more; all of them stay good."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"link {self.pk}"


class Mailing(models.Model):
    """A mail to a respondent, once for each turn: 0 invites, every further one reminds.

    Who sends it takes it first (`taken_at`), for some minutes; who dies on the way loses it to the
    next. So no turn reaches anybody twice, and none is lost.
    """

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="mailings")
    turn = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    is_undeliverable = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["respondent", "turn"], name="mailed_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["turn"],
                condition=models.Q(sent_at=None, is_undeliverable=False),
                name="mailing_waits",
            )
        ]

    def __str__(self) -> str:
        return f"mailing {self.pk}"
