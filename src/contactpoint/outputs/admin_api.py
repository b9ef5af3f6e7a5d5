"""What the admin's scripts may ask of pages: to read those that the visitor may read, no more."""

from typing import Any, ClassVar

from wagtail.admin.api.views import PagesAdminAPIViewSet


class PagesAPI(PagesAdminAPIViewSet):
    """Wagtail's own also copies, publishes and moves. No script of the admin asks for that, and it
    would go past what the forms see to: that a copy is a draft, above all."""

    actions: ClassVar[dict[str, Any]] = {}
