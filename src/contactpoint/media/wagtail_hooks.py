"""Names in the admin's menu, the address that reads a file again, and the dashboard's part."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from contactpoint.kit import dashboard
from contactpoint.media.admin_api import DocumentsAPI, readable
from contactpoint.media.admin_views import read_again
from contactpoint.media.collections import speak_plainly
from contactpoint.media.dashboard import held_files, unread_files
from contactpoint.media.models import CustomDocument, DocumentScan
from contactpoint.media.scanning import held
from contactpoint.media.signals import document_text_changed

dashboard.register(held_files)
dashboard.register(unread_files)
speak_plainly()


@hooks.register("register_admin_urls")
def file_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [path("files/<int:document_id>/read/", read_again, name="media_read_again")]


@hooks.register("construct_admin_api", order=1)
def readable_documents_api(router: Any) -> None:
    """In the place of Wagtail's."""
    router.register_endpoint("documents", DocumentsAPI)


@hooks.register("construct_document_chooser_queryset")
def choosable_documents(documents: Any, request: HttpRequest) -> Any:
    """What one may not read one can't attach."""
    return readable(request.user, documents)


@hooks.register("before_serve_document", order=1_000)
def missing_document(document: CustomDocument, request: HttpRequest) -> None:
    """After it was asked who may have it; Wagtail looks on a disk alone whether it is there."""
    if not document.file.storage.exists(document.file.name):
        raise Http404


@hooks.register("before_serve_document", order=900)
def held_document(document: CustomDocument, request: HttpRequest) -> HttpResponse | None:
    """After it was asked who may have it. One in which something was found is there for nobody,
    one that was not looked at yet for nobody now."""
    why = held(document)
    if not why:
        return None
    if why != DocumentScan.State.WAITING:
        raise Http404
    response = render(request, "media/held.html", status=503)
    response["Retry-After"] = "60"
    response["Cache-Control"] = "no-store"
    return response


@hooks.register("construct_main_menu")
def name_recordings(request: HttpRequest, items: list[MenuItem]) -> None:
    """“Media” would say nothing beside images and documents."""
    for item in items:
        if item.name == "media":
            item.label = _("Recordings")


@hooks.register("after_bulk_action")
def tell_of_moved_documents(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Wagtail moves many documents into a collection at once without a signal for each."""
    moved = [one.pk for one in objects if isinstance(one, CustomDocument)]
    with transaction.atomic():
        for pk in moved:
            document_text_changed.send(CustomDocument, pk=pk)
