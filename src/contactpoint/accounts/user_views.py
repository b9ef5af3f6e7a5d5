"""Accounts in the admin: who has not every right can't give it.

An administrator of the portal may add and change users. Without this, that right alone would be
the way to every other, by a tick in the form.
"""

from typing import Any

from wagtail.users.views.users import CreateView, EditView, UserViewSet


class _OnlyOwnRights:
    """Without the field for every right where the one who edits has it not; what is sent for it
    then counts for nothing."""

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if not self.request.user.is_superuser:  # type: ignore[attr-defined]
            form.fields.pop("is_superuser", None)
        return form


class UserCreateView(_OnlyOwnRights, CreateView):
    """A new account."""


class UserEditView(_OnlyOwnRights, EditView):
    """An account that is there; `wagtail_hooks` keeps those with every right from others."""


class PortalUserViewSet(UserViewSet):
    """Wagtail's, with our views."""

    add_view_class = UserCreateView
    edit_view_class = UserEditView
