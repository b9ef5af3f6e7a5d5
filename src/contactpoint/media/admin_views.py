"""The admin's own pages about files: a document is read once more."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.documents.permissions import permission_policy

from contactpoint.media.actions import read_again_later
from contactpoint.media.models import CustomDocument


@require_POST
def read_again(request: HttpRequest, document_id: int) -> HttpResponse:
    """For whoever may change the document; back to its form."""
    document = get_object_or_404(CustomDocument, pk=document_id)
    if not permission_policy.user_has_permission_for_instance(request.user, "change", document):
        raise PermissionDenied
    read_again_later(document)
    messages.success(request, _("“%(title)s” will be read again.") % {"title": document.title})
    return redirect("wagtaildocs:edit", document.pk)
