"""The desk's page that shares an item in social networks: compose, look, approve, follow up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.log_actions import log

from contactpoint.dissemination.models import Post
from contactpoint.dissemination.social.approving import approve, take_back, try_again
from contactpoint.dissemination.social.channels import channels
from contactpoint.dissemination.social.composing import composed
from contactpoint.dissemination.social.doubles import AlreadyPostedError, standing
from contactpoint.dissemination.social.forms import PostForm
from contactpoint.dissemination.social.items import Shared, pages_of_readers, shared
from contactpoint.dissemination.social.limits import BY_HAND, LIMITS
from contactpoint.dissemination.social.pictures import NoPictureError, image, offered_pictures
from contactpoint.kit.admin_pages import framed, paged
from contactpoint.outputs.models import Output
from contactpoint.outputs.rights import editable, reads_all

APPROVED, REMOVED = "dissemination.post_approved", "dissemination.post_removed"
MAY_SHARE, MAY_REMOVE = "dissemination.add_post", "dissemination.delete_post"
_NOT_TO_COME = (Post.State.REMOVING, Post.State.REMOVED, Post.State.DROPPED)


@dataclass(frozen=True, slots=True)
class ByHand:
    """A text to copy."""

    name: str
    label: Any
    text: str
    count: int
    most: int


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, page_id: int) -> HttpResponse:
    """A form for each account, all sent together: `check` counts and shows, `approve` sends one.

    What was written for the others is in the answer, and where readers can't see the item any
    more, all is.
    """
    page = _editable(request, page_id)
    language = page.locale.language_code
    item = shared(page.translation_key, language)
    name = request.POST.get("approve") or request.POST.get("check") or ""
    makers = _makers(page, item)
    sent = {one: make(request.POST) for one, make in makers.items() if f"{one}-key" in request.POST}
    forms = {
        one: make(initial=sent[one].written) if one in sent else make()
        for one, make in makers.items()
        if item or one in sent
    }
    if item is None and "approve" in request.POST:
        messages.error(request, _("Nothing was posted: readers can't see this page any more."))
    elif item and name:
        if name not in sent:
            raise Http404
        form = sent.pop(name)
        is_approved = "approve" in request.POST
        if is_approved and form.is_valid() and _approve(request, page, item, form):
            if not any(other.is_changed for other in sent.values()):
                return HttpResponseRedirect(reverse("social_share", args=[page.pk]))
            forms[name] = _makers(page, item)[name]()
        else:
            forms[name] = form if form.doubles else _checked(form, makers[name])
    return render(request, "dissemination/admin/share.html", _context(page, item, forms))


@require_safe
def picture(request: HttpRequest, page_id: int, name: str) -> HttpResponse:
    """As it would be posted; kept by nobody."""
    page = _editable(request, page_id)
    item = shared(page.translation_key, page.locale.language_code)
    if item is None:
        raise Http404
    try:
        made = image(item, name, "", "")
    except NoPictureError:
        raise Http404 from None
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """What was approved of items that this editor may edit; what failed stands first."""
    if not request.user.has_perm(MAY_SHARE):
        raise PermissionDenied
    own = Output.objects.filter(pk__in=editable(request.user).values("pk"))
    rows = Post.objects.annotate(has_failed=Q(state=Post.State.FAILED)).order_by(
        "-has_failed", "-pk"
    )
    if not reads_all(request.user):
        rows = rows.filter(item__in=own.values("translation_key"))
    context = framed(_("Social posts"), **paged(request, rows))
    pages = {
        (page.translation_key, page.locale.language_code): page.pk
        for page in own.filter(
            translation_key__in=[row.item for row in context["items"]]
        ).select_related("locale")
    }
    context["posts"] = [
        {**told, "share_url": _share_url(pages.get((told["row"].item, told["row"].language)))}
        for told in _shown(context["items"])
    ]
    return render(request, "dissemination/admin/all_posts.html", context)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """What failed is tried again."""
    post, page = _post(request, pk, MAY_SHARE)
    if try_again(post):
        messages.success(request, _("It is tried again."))
    return _back(page)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Deleted in the network, or not posted at all."""
    post, page = _post(request, pk, MAY_REMOVE)
    if take_back(post):
        if page is not None:
            log(instance=page, action=REMOVED, user=request.user, data={"where": post.channel})
        messages.success(request, _("It is taken back."))
    return _back(page)


def _editable(request: HttpRequest, page_id: int) -> Output:
    page = get_object_or_404(Output.objects.select_related("locale"), pk=page_id)
    may = request.user.has_perm(MAY_SHARE)
    if not may or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _post(request: HttpRequest, pk: int, permission: str) -> tuple[Post, Output | None]:
    """A post, and the page that it tells of, where there is one still."""
    post = get_object_or_404(Post, pk=pk)
    rows = Output.objects.filter(
        translation_key=post.item, locale__language_code=post.language, alias_of=None
    )
    page = rows.select_related("locale").first()
    may = request.user.has_perm(permission)
    if not may or (page and not page.permissions_for_user(request.user).can_edit()):
        raise PermissionDenied
    return post, page


def _back(page: Output | None) -> HttpResponse:
    if page is None:
        return HttpResponseRedirect(reverse("social_posts"))
    return HttpResponseRedirect(reverse("social_share", args=[page.pk]))


def _makers(page: Output, item: Shared | None) -> dict[str, Callable[..., PostForm]]:
    """What makes the form of each account, by its name."""
    language = page.locale.language_code
    found = [one for one in channels().values() if one.speaks(language)]
    pictures = offered_pictures(item) if found and item else []
    seen = standing(page.translation_key, language) if found else {}
    return {
        one.name: partial(
            PostForm,
            channel=one,
            language=language,
            item=item,
            pictures=pictures,
            seen=seen.get(one.name, ()),
        )
        for one in found
    }


def _checked(form: PostForm, make: Callable[..., PostForm]) -> PostForm:
    """What was mended by the check is shown, with the same key."""
    if not form.is_valid():
        return form
    return make(initial={**form.cleaned_data, "key": form.written["key"]})


def _approve(request: HttpRequest, page: Output, item: Shared, form: PostForm) -> bool:
    """Whether it is done; the form has what its editor is to be asked about first."""
    said = {name: form.cleaned_data[name] for name in ("key", "text", "picture", "alt")}
    try:
        is_new = approve(item, form.channel, user=request.user, known=form.known, **said)
    except AlreadyPostedError as error:
        form.doubles = error.doubles
        return False
    if is_new:
        log(instance=page, action=APPROVED, user=request.user, data={"where": form.channel.name})
        messages.success(request, _("It is on its way to %(account)s.") % {"account": form.channel})
    else:
        messages.warning(request, _("This form was sent before: it is one post."))
    return True


def _context(page: Output, item: Shared | None, forms: dict[str, PostForm]) -> dict[str, Any]:
    rows = Post.objects.filter(item=page.translation_key).order_by("-pk")
    by_hand = [
        ByHand(name, limits.label, text, limits.count(text), limits.most)
        for name in BY_HAND
        if item and (limits := LIMITS[name]) and (text := composed(item, limits))
    ]
    return framed(
        _("Share on social networks"),
        ("wagtailadmin_explore_root", _("Pages")),
        (reverse("wagtailadmin_pages:edit", args=[page.pk]), page.get_admin_display_title()),
        page=page,
        language=dict(settings.LANGUAGES).get(page.locale.language_code),
        language_code=page.locale.language_code,
        is_public=item is not None,
        forms=list(forms.values()),
        by_hand=by_hand,
        posts=_shown(rows),
    )


def _shown(rows: Iterable[Post]) -> list[dict[str, Any]]:
    """Posts for a list; an orphan leads to a page that readers can't see in its language."""
    found, names, accounts = list(rows), dict(settings.LANGUAGES), channels()
    seen = pages_of_readers(row.item for row in found if row.state == Post.State.SENT)
    return [
        {
            "row": row,
            "account": accounts.get(row.channel, row.channel),
            "language": names.get(row.language, row.language),
            "is_orphan": row.state == Post.State.SENT and (row.item, row.language) not in seen,
            "may_end": row.state not in _NOT_TO_COME,
        }
        for row in found
    ]


def _share_url(page_id: int | None) -> str:
    return reverse("social_share", args=[page_id]) if page_id else ""
