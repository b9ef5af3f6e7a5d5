"""The draft of the next version in the admin: what changed, what is wrong, and its publication."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from contactpoint.accounts.models import User
from contactpoint.glossary.drafting import digest, draft_scheme, drafts, published_scheme
from contactpoint.glossary.finding_sentences import SEVERITIES, sentence
from contactpoint.glossary.models import ConceptDraft, SchemeVersion
from contactpoint.glossary.numbering import NUMBER, is_newer, next_number
from contactpoint.glossary.proposals.rights import SEE as SEE_PROPOSALS
from contactpoint.glossary.publishing import (
    PublicationError,
    before_and_after,
    is_ahead,
    publish,
    state_of,
)
from contactpoint.glossary.snapshots import newest
from contactpoint.glossary.telling import groups
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.vocabulary import Scheme
from contactpoint.vocabulary.check import check
from contactpoint.vocabulary.diff import diff

SEE: Final = "glossary.view_schemeversion"
EDIT: Final = "glossary.change_concept"
PUBLISH: Final = "glossary.publish_schemeversion"
_SHOWN: Final = ("error", "warning")
MOST_FINDINGS: Final = 50


class PublishForm(forms.Form):
    """A number above the newest, and what the version brings."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=20)
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What this version brings, for readers. In English."),
        max_length=5_000,
    )

    def clean_number(self) -> str:
        """A higher number than that of any version."""
        number = str(self.cleaned_data["number"]).strip()
        version = newest()
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError(_("Write digits with dots, such as 1.2."))
        if version is not None and not is_newer(number, version.number):
            raise forms.ValidationError(
                _("The newest version is %(number)s. Write a higher number.")
                % {"number": version.number}
            )
        return number


@require_GET
def draft(request: HttpRequest) -> HttpResponse:
    """All changes that wait, as readers will see them, with what is wrong."""
    _require(request.user, SEE)
    return _draft_page(request)


@require_http_methods(["POST"])
def publish_draft(request: HttpRequest) -> HttpResponse:
    """Make a version of all that waits; what is in the way is said beside the form."""
    _require(request.user, PUBLISH)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, form)
    user = request.user if isinstance(request.user, User) else None
    try:
        version = publish(
            form.cleaned_data["number"],
            form.cleaned_data["notes"],
            user,
            seen=request.POST.get("seen", ""),
        )
    except PublicationError as error:
        text = _("Not published: the draft has errors.") if error.findings else _("Not published.")
        form.add_error(None, text if error.findings else f"{text} {error}")
        return _draft_page(request, form)
    log(instance=version, action="glossary.publish", content_changed=True)
    messages.success(request, _("Version %(number)s is published.") % {"number": version.number})
    return redirect("glossary_draft")


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop one change, once it was shown whose it is and what is lost; the log keeps it."""
    _require(request.user, EDIT)
    found = get_object_or_404(ConceptDraft.objects.select_related("concept", "edited_by"), pk=pk)
    state = digest([found.slug, found.payload, found.forgotten])
    if request.method != "POST" or request.POST.get("seen") != state:
        return _discard_page(request, found, state)
    log(
        instance=found.concept or found,
        action="glossary.discard",
        content_changed=True,
        data={"slug": found.slug, "payload": found.payload, "forgotten": found.forgotten},
    )
    set_aside = found.proposals.filter(version=None).count()
    found.delete()
    told = _("The change to “%(concept)s” is discarded.") % {"concept": found.slug}
    if set_aside:
        told += " " + ngettext(
            "A reader's proposal that was accepted into it is set aside.",
            "%(count)d readers' proposals that were accepted into it are set aside.",
            set_aside,
        ) % {"count": set_aside}
    messages.success(request, told)
    return redirect("glossary_draft")


def _discard_page(request: HttpRequest, found: ConceptDraft, state: str) -> HttpResponse:
    published = published_scheme()
    after = draft_scheme(published, [found])
    label = after.concepts[found.slug].label(_language())
    title = _("Discard the change to “%(concept)s”?") % {"concept": label}
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "history",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("glossary_draft"), "label": _("Next version of the glossary")},
            {"url": "", "label": title},
        ],
        "draft": found,
        "is_of_another": found.edited_by is not None and found.edited_by != request.user,
        "seen": state,
        "is_changed_since": request.method == "POST",
        "groups": groups(diff(published, after).as_json(), _language(), with_unseen=True),
        "forgotten": [f"{text} ({language})" for language, text in found.forgotten],
    }
    return render(request, "glossary/admin/discard.html", context)


def _draft_page(request: HttpRequest, form: PublishForm | None = None) -> HttpResponse:
    waiting = drafts()
    prefetch_related_objects(waiting, "proposals")
    published = published_scheme()
    before, after = before_and_after(published, waiting)
    version = newest()
    number = next_number(version.number if version else "")
    findings = _findings(after, {one.slug for one in waiting})
    title = _("Next version of the glossary")
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "history",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
        "waiting": [
            {
                "draft": one,
                "address": _address(one),
                "label": after.concepts[one.slug].label(_language()),
                "proposals": one.proposals.all(),
                "forgotten": [f"{text} ({language})" for language, text in one.forgotten],
            }
            for one in waiting
        ],
        "groups": groups(diff(before, after).as_json(), _language(), with_unseen=True),
        "findings": findings[:MOST_FINDINGS],
        "more_findings": max(0, len(findings) - MOST_FINDINGS),
        "has_errors": any(one["severity"] == "error" for one in findings),
        "form": form or PublishForm(initial={"number": number}),
        "seen": state_of(published, waiting),
        "may_be_published": bool(waiting) or is_ahead(published),
        "version": version,
        "versions": SchemeVersion.objects.defer("diff").select_related("published_by"),
        "may_edit": request.user.has_perm(EDIT),
        "may_see_proposals": request.user.has_perm(SEE_PROPOSALS),
        "may_publish": request.user.has_perm(PUBLISH),
        "language": _language(),
    }
    return render(request, "glossary/admin/draft.html", context)


def _findings(scheme: Scheme, drafted: set[str]) -> list[dict[str, Any]]:
    """Errors first, then all that is said of what is being changed, then the rest's warnings."""
    found = [one for one in check(scheme) if one.severity in _SHOWN or one.concept in drafted]
    found.sort(key=lambda one: (one.severity != "error", one.concept not in drafted))
    return [
        {
            "severity": one.severity,
            "severity_name": SEVERITIES[one.severity],
            "concept": scheme.concepts[one.concept].label(_language()),
            "language": one.language,
            "sentence": sentence(one),
        }
        for one in found
    ]


def _address(draft: ConceptDraft) -> str:
    if draft.concept_id:
        return reverse("concepts:edit", args=[draft.concept_id])
    return f"{reverse('concepts:add')}?draft={draft.pk}"


def _language() -> str:
    return (get_language() or FALLBACK_LANGUAGE).split("-")[0]


def _require(user: User | AnonymousUser, permission: str) -> None:
    if not user.has_perm(permission):
        raise PermissionDenied


class GlossaryVersionsViewSet(ViewSet):
    """“Glossary versions” under “Reference”."""

    name = "glossary_versions"
    url_prefix = "glossary-versions"
    menu_label = gettext_lazy("Glossary versions")
    icon = "history"

    def get_menu_item(self, order: int | None = None) -> Any:
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(SEE)
        return item

    @property
    def menu_url(self) -> str:
        return reverse("glossary_draft")

    def get_urlpatterns(self) -> list[URLPattern]:
        """None under the viewset's own name: they stand beside the others of the admin."""
        return []


def urlpatterns() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("glossary-versions/", draft, name="glossary_draft"),
        path("glossary-versions/publish/", publish_draft, name="glossary_publish"),
        path("glossary-versions/discard/<int:pk>/", discard, name="glossary_discard"),
    ]
