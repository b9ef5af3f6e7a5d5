"""What stands above every compilation, unless the editors wrote their own."""

from django.utils.translation import gettext as _

from contactpoint.consultations.reaching import Circle


def disclaimer(circle: Circle, *, is_example: bool) -> str:
    """In the active language."""
    said = []
    if is_example:
        said.append(
            _("This is an example. No state gave these answers; they show what the portal can do.")
        )
    said.append(
        _(
            "States answered to inform each other, as well as they knew on the day that stands "
            "beside each answer. An answer doesn’t state the official position of a state, and is "
            "no legal advice."
        )
    )
    if circle is Circle.NETWORK:
        said.append(
            _(
                "This version is for the network. It holds answers that are not for wider "
                "dissemination: please don’t pass it on, and quote from the public version."
            )
        )
    return " ".join(said)
