"""Who corrects a text while approving it is told that somebody else approves it now.

What was corrected is kept. Wagtail knows no step that refuses after the form was saved, and drops
an action without a word that is not offered any more, as after a draft that saved itself.
"""

from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from contactpoint.network.models import SecondReading, WroteItError, wrote


def tell_second_readers() -> None:
    """Called once, when Django starts."""
    theirs = EditView.perform_workflow_action

    def perform_workflow_action(view: EditView) -> HttpResponse:
        """Called when the form was sent with one of the step's buttons."""
        try:
            answer: HttpResponse = theirs(view)
        except WroteItError:
            return _kept_for_another(view.request, view.page)
        return answer

    EditView.perform_workflow_action = perform_workflow_action


def after_saving(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The form came with an approval that could not be given: a draft of theirs was there."""
    if request.POST.get("workflow-action-name") != "approve" or not _waits_for_another(
        request.user, page
    ):
        return None
    for _said in get_messages(request):
        pass  # “Saved” is said below, in one sentence with what follows from it
    return _kept_for_another(request, page)


def before_changing(request: HttpRequest, page: Page) -> None:
    """Whoever looks for the button that was there learns why it is not."""
    if request.method != "GET" or len(get_messages(request)) > 0:
        return
    if _waits_for_another(request.user, page):
        messages.info(request, _("You wrote part of this: somebody else approves it."))


def _waits_for_another(user: Any, page: Page) -> bool:
    if not page.workflow_in_progress:
        return False
    step = page.current_workflow_task
    return isinstance(step.specific if step else None, SecondReading) and wrote(page, user)


def _kept_for_another(request: HttpRequest, page: Page) -> HttpResponse:
    text = _(
        "What you changed is saved. Since you changed it, somebody else has to approve it now."
    )
    messages.warning(request, text)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
