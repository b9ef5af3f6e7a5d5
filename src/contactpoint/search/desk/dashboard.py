"""What readers looked for, on the admin's dashboard."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.kit.dashboard import Line, Section
from contactpoint.search.desk.rights import SEE_LOOKED_FOR
from contactpoint.search.models import LookedFor


def looked_for(request: HttpRequest) -> Section | None:
    """How many questions wait; what strangers typed is read on its own page."""
    if not request.user.has_perm(SEE_LOOKED_FOR):
        return None
    number = LookedFor.objects.filter(status=LookedFor.Status.WAITING).count()
    if not number:
        return None
    text = ngettext(
        "%(count)s question that found nothing", "%(count)s questions that found nothing", number
    )
    line = Line(text % {"count": number}, reverse("search_looked_for"))
    return Section("looked-for", _("Readers looked for"), 25, lines=[line])
