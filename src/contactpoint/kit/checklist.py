"""The checklist before publishing, as a panel of a page's form: calm, and never in the way."""

from typing import Any

from wagtail.admin.panels import Panel

from contactpoint.kit.checking import findings


class Checklist(Panel):
    """What the checks find in the page as it was saved last."""

    class BoundPanel(Panel.BoundPanel):
        """Reads the draft that the form shows."""

        template_name = "kit/admin/checklist.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | checklist(self.instance)


def checklist(page: Any) -> dict[str, Any]:
    """What `kit/admin/checklist.html` shows of a page; nothing is asked of one that is new."""
    found = findings(page) if page.pk else []
    return {
        "is_new": not page.pk,
        "to_do": [one for one in found if not one.note],
        "notes": [one for one in found if one.note],
        "language": page.locale.language_code if page.pk else "",
    }
