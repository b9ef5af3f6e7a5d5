"""Every address of the admin that is ours, or that needs no object, asked by every role.

A view is told from the URL conf. One that wants an object needs a sample in `wanted`; one that is
added without is an error that names it.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.db import models, transaction
from django.template.backends.django import Template
from django.urls import URLPattern, URLResolver, get_resolver
from permissions.minimal import row
from permissions.roles import Asker

OF_NOBODYS_CONCERN = {
    "admin/login/": "leads to the sign-in, for everybody",
    "admin/logout/": "ends the session",
    "admin/test404/": "Wagtail's page for developers; nothing is in it",
    "admin/failwhale/": "Wagtail's page for developers; it fails on purpose",
    "admin/localize/jsi18n/": "words of the interface",
    "admin/embeds/chooser/upload/": "asks other sites; without finders there are none",
}
SHUT_TO_ALL = {
    "admin/followers/new/": "addresses are seen and erased, never made",
    "admin/snippets/": "each kind has a room of its own",
    "admin/outputs/missing/": "wants a page in its query; without one there is nothing",
    "admin/desk/links/<int:pk>/again/": "wants a link that some page has",
    "admin/redirects/import/process/": "takes a list that was sent before",
    "admin/social/<int:page_id>/<slug:name>.picture": "wants a channel that is set up",
}
"""Refused to everybody as it is asked here, with the reason."""
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Address:
    """One entry of the URL conf."""

    pattern: str
    name: str
    namespace: str
    is_ours: bool
    model: type[models.Model] | None

    @property
    def is_bare(self) -> bool:
        """Whether it can be asked as it stands."""
        return not re.search(r"[<(^$]", self.pattern)


def addresses() -> list[Address]:
    """Those of the admin, in the order in which Django tries them; what is shadowed is left out."""
    found: dict[str, Address] = {}
    for address in _walk(get_resolver(), "", ""):
        if address.pattern.startswith("admin/"):
            found.setdefault(address.pattern, address)
    return [
        address
        for address in found.values()
        if (address.is_ours or address.is_bare) and address.pattern not in OF_NOBODYS_CONCERN
    ]


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _walk(entry, pattern, entry.namespace or namespace)
        else:
            yield _address(entry, pattern, namespace)


def _address(entry: URLPattern, pattern: str, namespace: str) -> Address:
    view: Any = entry.callback
    given = getattr(view, "view_initkwargs", {})
    view = getattr(view, "view_class", view)
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return Address(
        pattern=pattern,
        name=entry.name or "",
        namespace=namespace,
        is_ours=view.__module__.startswith("contactpoint."),
        model=given.get("model") or getattr(view, "model", None),
    )


def path(address: Address, wanted: Callable[[Address], dict[str, Any]]) -> str:
    """The address with a sample in each of its places."""
    if address.is_bare:
        return f"/{address.pattern}"
    values = wanted(address)

    def value(match: re.Match[str]) -> str:
        return str(values[match["name"]])

    return f"/{PARAMETER.sub(value, address.pattern)}"


def answer(asker: Asker, where: str, *, acts: bool) -> str:
    """What somebody may do there: look, act, both or nothing. Nothing that is done stays done.

    A view that fails with so little as it is sent has let them in.
    """
    may = []
    ways = [("look", asker.browser.get), ("act", asker.browser.post)]
    for verb, method in ways if acts else ways[:1]:
        point = transaction.savepoint()
        response = method(where)
        transaction.savepoint_rollback(point)
        if response.status_code == 405:
            continue
        if not _is_refused(response):
            may.append(verb)
    return " ".join(may)


def _is_refused(response: Any) -> bool:
    """Refused by 403, by the way to the sign-in or back to the beginning, or by being unknown."""
    if response.status_code in (403, 404):
        return True
    to = response.headers.get("Location", "")
    return response.status_code == 302 and (to == "/admin/" or to.startswith("/account/"))


def cells(
    people: list[Asker], wanted: Callable[[Address], dict[str, Any]]
) -> dict[str, dict[str, str]]:
    """By address and role what the role may do there. Nothing is drawn: whether a page is given is
    the question, not how it looks."""
    table: dict[str, dict[str, str]] = {}
    logging.disable(logging.CRITICAL)
    with mock.patch.object(Template, "render", return_value=""):
        for address in addresses():
            where = path(address, wanted)
            table[address.pattern] = {
                asker.role: answer(asker, where, acts=address.is_ours) for asker in people
            }
    logging.disable(logging.NOTSET)
    return table


def sample_row(model: type[models.Model]) -> Any:
    """The newest row of a model, made where there is none."""
    return model._default_manager.order_by("-pk").first() or row(model)
