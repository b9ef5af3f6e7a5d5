"""Sends somebody their link to come back, at once and without keeping where to.

A job would hold the address and the link in one row until it is done. So the mail is handed over
while the page waits; where that fails, the person copies the link.
"""

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Round
from contactpoint.consultations.surveys.reading_in import reading_in
from contactpoint.consultations.surveys.visiting import Visit
from contactpoint.consultations.surveys.walking_on import address
from contactpoint.kit.labels import pick
from contactpoint.kit.mail import send_now
from contactpoint.kit.public_forms import PublicForm


class AddressForm(PublicForm):
    """Where the link goes; it is kept nowhere."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("We send one mail with the link there, and don't keep the address."),
    )


def full_address(visitor: Visit, language: str) -> str:
    """The link by itself, as one copies it."""
    with reading_in(language):
        return f"{settings.BASE_URL}{address('link', visitor.round.code, visitor.secret)}"


def mail_link(email: str, visitor: Visit, language: str) -> None:
    """Hand over one mail now. Raises what `kit.mail.send_now` does."""
    round: Round = visitor.round
    name = " ".join(pick(round.labels, language).split())
    with reading_in(language):
        text = _(
            "Somebody, probably you, is answering “%(name)s” and wanted the link to come back. "
            "Everything saved so far is there:\n\n%(link)s\n\n"
            "Whoever has this link can read and change the answers until they are sent, so don't "
            "pass it on. If it wasn't you, you need do nothing: your address was not kept."
        ) % {"name": name, "link": full_address(visitor, language)}
        send_now(
            email,
            _("Your link: %(name)s") % {"name": name},
            f"{text}\n",
            language=get_language() or language,
        )
