"""The words of the register: whose data it is, on which ground it is kept, how it goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Whose(models.TextChoices):
    """Categories of people (GDPR, article 30 (1) (c))."""

    EDITORS = "editors", _("People with an account")
    STATES = "states", _("People who answer for a state")
    RESPONDENTS = "respondents", _("People who are asked in a survey")
    PARTICIPANTS = "participants", _("People who register for an event")
    FOLLOWERS = "followers", _("People who follow something by mail")
    PROPOSERS = "proposers", _("Readers who propose something for the glossary")
    READERS = "readers", _("Readers who search")
    VISITORS = "visitors", _("Whoever tries to sign in")
    NAMED = "named", _("People whom published texts name")


class Ground(models.TextChoices):
    """The letters of article 6 (1) of the GDPR."""

    CONSENT = "a", _("the person agreed")
    CONTRACT = "b", _("a contract with the person needs it")
    LAW = "c", _("the law demands it")
    VITAL = "d", _("somebody's life depends on it")
    PUBLIC_TASK = "e", _("the contact point's task in the public interest needs it")
    INTEREST = "f", _("a legitimate interest outweighs")

    @property
    def cited(self) -> str:
        """Such as “6 (1) (e)”."""
        return f"6 (1) ({self.value})"


class Erased(models.TextChoices):
    """What becomes of it when the person is erased."""

    ROW = "row", pgettext_lazy("personal data", "deleted")
    NULL = "null", pgettext_lazy("personal data", "the name is taken off, the work stays")
    BLANK = "blank", pgettext_lazy("personal data", "emptied")
    WORDS = "words", pgettext_lazy("personal data", "the address is taken out of the text")
    STAYS = "stays", pgettext_lazy("personal data", "stays")
