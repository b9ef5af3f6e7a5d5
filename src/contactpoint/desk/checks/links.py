"""Links that lead nowhere: addresses that were asked, and pages and files of our own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page

from contactpoint.desk.checks.facts import CONTENT, form_of
from contactpoint.desk.links.collecting import digest_of, is_outside, links_of
from contactpoint.desk.models import Link
from contactpoint.kit.checking import Finding, checks
from contactpoint.media.models import CustomDocument


@checks(Page)
def links(page: Page) -> Iterator[Finding]:
    """Three queries where there are links of each kind, none where there are none."""
    found = list(links_of(page))
    if not found:
        return
    digests = {digest_of(one.url) for one in found if is_outside(one.url)}
    pages = {one.page for one in found if one.page}
    documents = {one.document for one in found if one.document}
    known = {row.digest: row for row in _bad(digests)}
    live = set(_live(pages))
    there = set(_there(documents))
    url = form_of(page) + CONTENT
    for one in found:
        words = one.words or one.url
        if one.page and one.page not in live:
            text = _("A link leads to a page that is not published.")
            yield Finding("link", text, _("Change the link"), url, words)
        elif one.document and one.document not in there:
            text = _("A link leads to a file that is gone.")
            yield Finding("link", text, _("Change the link"), url, words)
        elif one.url and digest_of(one.url) in known:
            yield Finding(
                "link", sentence(known[digest_of(one.url)]), _("Change the link"), url, words
            )
        elif not one.url and not one.page and not one.document:
            yield Finding("link", _("A link leads nowhere."), _("Change the link"), url, words)


def sentence(link: Link) -> str:
    """What is wrong with an address, or what is known of it."""
    if link.state == Link.State.MOVED:
        return _("Has moved for good: %(address)s") % {"address": link.leads_to}
    if link.state == Link.State.DEAD:
        return _("Dead link: %(why)s") % {"why": why(link)}
    return why(link) or str(link.get_state_display())


def why(link: Link) -> str:
    """The problem of a link in words."""
    if link.problem.isdigit():
        gone = link.problem in ("404", "410")
        text = _("the page is gone (%(status)s)") if gone else _("the server answers %(status)s")
        return text % {"status": link.problem}
    said = {
        "name": _("there is no server of this name"),
        "certificate": _("the server's certificate is not valid"),
        "connection": _("the server can't be reached"),
        "slow": _("the server takes too long"),
        "redirects": _("it leads from one address to the next without end"),
        "broken": _("the answer can't be read"),
        "address": _("not an address that is asked"),
        "private": _("not an address of the public internet"),
    }
    return said.get(link.problem, link.problem)


def _bad(digests: set[str]) -> "list[Link]":
    if not digests:
        return []
    return list(Link.objects.filter(digest__in=digests, state=Link.State.DEAD))


def _live(pages: set[int]) -> list[int]:
    if not pages:
        return []
    return list(Page.objects.filter(pk__in=pages, live=True).values_list("pk", flat=True))


def _there(documents: set[int]) -> list[int]:
    if not documents:
        return []
    return list(CustomDocument.objects.filter(pk__in=documents).values_list("pk", flat=True))
