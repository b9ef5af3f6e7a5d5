"""Whether an output is there already."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from contactpoint.desk.likeness.finding import alike, dismissed, known_of
from contactpoint.desk.models.likeness import By
from contactpoint.kit.checking import Finding, checks
from contactpoint.outputs.models import Output

_MOST: Final = 3


@checks(Output)
def duplicates(page: Output) -> Iterator[Finding]:
    """The most alike, but those that an editor said are others."""
    found = alike(known_of(page), page.locale.language_code, but=page.translation_key)
    not_these = dismissed(page) if page.pk and found else set()
    kept = [one for one in found if one.page.pk not in not_these]
    for one in kept[:_MOST]:
        said = {
            By.SOURCE: _("Has the same source address as another item."),
            By.TITLE: _("Looks like another item, by its title (%(percent)s%%)."),
            By.TEXT: _("Looks like another item, by its text (%(percent)s%%)."),
        }
        text = said[one.by] % {"percent": one.percent} if one.by != By.SOURCE else said[one.by]
        url = reverse("wagtailadmin_pages:edit", args=[one.page.pk])
        yield Finding("duplicate", text, _("Look at it"), url, one.page.get_admin_display_title())
