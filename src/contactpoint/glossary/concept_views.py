"""Concepts in the admin: every form works on the draft, and nothing is ever deleted."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic
from wagtail.log_actions import log
from wagtail.permissions import ModelPermissionPolicy

from contactpoint.accounts.models import User
from contactpoint.glossary.draft_forms import ConceptDraftForm
from contactpoint.glossary.models import Concept, ConceptDraft
from contactpoint.kit.reference import ReferenceIndexView

NOTHING_CHANGED: Final = gettext_lazy("“%(object)s” is as readers see it; the draft has no change.")


class NeverDeleted(ModelPermissionPolicy):
    """A concept is deprecated, not deleted: addresses and old versions lead to it."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(
        self, user: User | AnonymousUser, action: str, instance: Any
    ) -> bool:
        return action != "delete" and super().user_has_permission_for_instance(
            user, action, instance
        )


class ConceptIndexView(ReferenceIndexView):
    """The list of what readers see, with a mark where a change waits."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("draft")


class _DraftView:
    """What adding and editing have in common."""

    form: ConceptDraftForm
    submit_button_label = gettext_lazy("Save in the draft")

    def _keep(self, action: str) -> ConceptDraft | None:
        user: User = self.request.user  # type: ignore[attr-defined]
        draft = self.form.save_draft(user)
        log(instance=self.form.row or draft, action=action, content_changed=True)
        return draft

    def get_success_url(self) -> str:
        """To the draft, where the change stands among the others."""
        return reverse("glossary_draft")


class ConceptAddView(_DraftView, generic.CreateView):
    """A concept that no version has yet; `?draft=` opens one that waits."""

    success_message = gettext_lazy("“%(object)s” stands in the draft.")

    @cached_property
    def draft(self) -> ConceptDraft | None:
        """The new concept that is opened again."""
        key = self.request.GET.get("draft", "")
        if not (key.isascii() and key.isdecimal()):
            return None
        return ConceptDraft.objects.filter(pk=key, concept=None).first()

    def get_add_url(self) -> str:
        address = str(super().get_add_url())
        return f"{address}?{urlencode({'draft': self.draft.pk})}" if self.draft else address

    def get_edit_url(self) -> str:
        return f"{reverse('concepts:add')}?{urlencode({'draft': self.object.pk})}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Concept(), "draft": self.draft}

    def save_instance(self) -> Any:
        return self._keep("wagtail.create")


class ConceptEditView(_DraftView, generic.EditView):
    """A published concept as the next version shall have it."""

    success_message = gettext_lazy(
        "The change to “%(object)s” stands in the draft. "
        "Readers see it when a version is published."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        draft = ConceptDraft.objects.filter(concept=self.object).first()
        return {**super().get_form_kwargs(), "draft": draft}

    def save_instance(self) -> Any:
        self.has_content_changes = self.form.has_changed()
        if self._keep("wagtail.edit") is None:
            self.success_message = NOTHING_CHANGED
        return self.object
