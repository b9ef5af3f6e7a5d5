"""The mail that asks whether somebody wants to be told: until they say so nothing is kept of them.

It goes out while they wait, because a job that did so later would keep the address.
"""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.dissemination.following.limits import may_mail
from contactpoint.dissemination.following.links import Asked, confirm_url
from contactpoint.dissemination.matching.rules import described
from contactpoint.dissemination.models import Subscription
from contactpoint.kit import mail
from contactpoint.kit.composing.document import Document, Paragraph, Run
from contactpoint.kit.letters import Letter, letter


def consent(language: str) -> str:
    """The sentence beside the button."""
    with override(language):
        return _(
            "%(site)s may keep my address and write to me about this until I stop it; each mail has"
            " a link to do so."
        ) % {"site": settings.SITE_NAME}


def ask(asked: Asked) -> None:
    """One mail; none where the address has had some already, which nobody is told.

    Raises what `kit.mail.send_now` does.
    """
    if may_mail(asked.address):
        made = question(asked)
        mail.send_now(
            asked.address, made.subject, made.text, html=made.html, language=asked.language
        )


def question(asked: Asked) -> Letter:
    """What is asked, in the language of the mails."""
    what = "; ".join(described(rule, asked.language, quotes=False) for rule in asked.rules)
    with override(asked.language):
        rhythm = str(Subscription.Rhythm(asked.rhythm).label)
        blocks = [
            Paragraph([Run(what, bold=True), Run(f" · {rhythm}" if asked.groups else "")]),
            Paragraph([Run(_("Yes, write to me"), bold=True, url=confirm_url(asked))]),
            Paragraph([
                Run(
                    _(
                        "The link is good for one day. If you did not ask for this, do nothing:"
                        " your address is kept nowhere, and you get no other mail."
                    )
                )
            ]),
        ]  # fmt: skip
        document = Document(
            title=_("Do you want to be told?"),
            language=asked.language,
            publisher=settings.SITE_NAME,
            made_at=timezone.now(),
            summary=_("Somebody, perhaps you, asked %(site)s to write to this address about:")
            % {"site": settings.SITE_NAME},
            blocks=blocks,
        )
    return letter(document)
