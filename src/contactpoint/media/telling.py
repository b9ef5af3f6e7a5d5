"""What the form of a document tells an editor of its file: whether it was checked for viruses, and
what it says of its makers. Read before publishing, when it can still be mended."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contactpoint.media.models import CustomDocument, DocumentScan

NAMES: Final = {
    "author": gettext_lazy("Author"),
    "editor": gettext_lazy("Changed last by"),
    "company": gettext_lazy("Organisation"),
    "manager": gettext_lazy("Manager"),
    "title": gettext_lazy("Title"),
    "subject": gettext_lazy("Subject"),
    "keywords": gettext_lazy("Keywords"),
    "remark": gettext_lazy("Remark"),
    "program": gettext_lazy("Program"),
    "maker": gettext_lazy("Made by"),
    "made": gettext_lazy("Made on"),
    "changed": gettext_lazy("Changed on"),
}


def facts(about: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the file says in words, each with what it is."""
    return [(str(label), str(about[name])) for name, label in NAMES.items() if about.get(name)]


def warnings(about: Mapping[str, Any]) -> list[str]:
    """What readers would find in the file that is not on its pages, as sentences."""
    told = []
    if count := _count(about, "comments"):
        told.append(
            ngettext(
                "It holds %(count)s comment.", "It holds %(count)s comments.", count
            ) % {"count": count}
        )  # fmt: skip
    if count := _count(about, "changes"):
        told.append(
            ngettext(
                "It remembers %(count)s change: what was deleted can be read.",
                "It remembers %(count)s changes: what was deleted can be read.",
                count,
            ) % {"count": count}
        )  # fmt: skip
    if count := _count(about, "hidden"):
        told.append(
            ngettext(
                "%(count)s sheet is hidden, and can be shown by anybody.",
                "%(count)s sheets are hidden, and can be shown by anybody.",
                count,
            ) % {"count": count}
        )  # fmt: skip
    if count := _count(about, "inside"):
        told.append(
            ngettext(
                "%(count)s other file is inside.", "%(count)s other files are inside.", count
            ) % {"count": count}
        )  # fmt: skip
    if about.get("position"):
        told.append(_("A picture in it tells where it was taken."))
    if about.get("incomplete"):
        told.append(_("Not all of it could be looked at."))
    return told


def safety(document: CustomDocument) -> str:
    """A sentence on the check for viruses; empty where there is none and nothing was found."""
    scan = DocumentScan.objects.filter(document_id=document.pk).first()
    state = DocumentScan.State
    if scan is not None and scan.state == state.FOUND:
        return _("A virus was found (%(name)s). Nobody can have the file; delete it.") % {
            "name": scan.found
        }
    if settings.CLAMAV is None:
        return ""
    if scan is not None and scan.state == state.REFUSED:
        return _("It could not be checked for viruses (%(reason)s). Nobody can have the file.") % {
            "reason": scan.found
        }
    if scan is None or scan.state == state.WAITING or scan.name != document.file.name:
        return _("It waits to be checked for viruses. Nobody can have the file until then.")
    return _("Checked for viruses; nothing was found.")


def _count(about: Mapping[str, Any], name: str) -> int:
    value = about.get(name, 0)
    return value if isinstance(value, int) else 0
