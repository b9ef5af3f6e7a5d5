"""Every kind of page, in every state that matters, asked for every action: rights, not requests.

`permissions_for_user` is what Wagtail's views, menus and bulk actions ask, so it is the truth.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest import mock

from django.utils import timezone
from factories import MODELS, MadeSite, make_institution, make_output, place
from permissions.roles import Asker
from wagtail.models import Page, get_page_models

from contactpoint.kit.rights import PageRights
from contactpoint.network.models import Institution
from contactpoint.outputs.models import OutputInstitution
from contactpoint.outputs.rights import readable

OF_TWO_PAGES = {"can_copy_to", "can_move_to"}
"""Ask for a second page; what they allow follows from adding there and from moving here."""
SEEN = "see it in the admin"


def actions() -> list[str]:
    """Every question that can be asked of one page; a new one is asked without a word here."""
    found = []
    for name, method in inspect.getmembers(PageRights, inspect.isfunction):
        if not name.startswith("can_"):
            continue
        needed = [
            each
            for each in list(inspect.signature(method).parameters.values())[1:]
            if each.default is inspect.Parameter.empty
        ]
        if needed:
            assert name in OF_TWO_PAGES, f"{name} asks for more than the matrix gives it."
        else:
            found.append(name)
    return found


def kinds() -> list[type[Page]]:
    """Every model of page that somebody can make."""
    return [model for model in get_page_models() if model.is_creatable and model is not Page]


@dataclass(frozen=True)
class State:
    """How a page stands when it is asked for."""

    name: str
    fields: dict[str, Any]
    only_outputs: bool = False
    of: str = "original"


def states(user: Any) -> list[State]:
    """All that changes what somebody may do with a page."""
    public = {"live": True, "first_published_at": timezone.now()}
    draft: dict[str, Any] = {"live": False, "first_published_at": None}
    return [
        State("draft", draft),
        State("own draft", draft | {"owner_id": user.pk}),
        State("public", public),
        State("own, public", public | {"owner_id": user.pk}),
        State("taken back", public | {"live": False}),
        State("locked", public | {"locked": True, "locked_by_id": -1}),
        State("translation, draft", draft, of="translation"),
        State("translation, public", public, of="translation"),
        State("own institution's draft", draft, only_outputs=True, of="institution"),
        State("own institution's, public", public, only_outputs=True, of="institution"),
        State("two pairs of eyes", draft, only_outputs=True, of="two pairs"),
    ]


def samples(site: MadeSite, contributors: list[Any]) -> dict[type[Page], dict[str, Page]]:
    """An original and a translation of each kind; of an output also one of the contributors'
    institution and one of an institution that wants two pairs of eyes."""
    own = make_institution("own")
    own.contributors.set(contributors)
    make_institution("careful")
    Institution.objects.filter(slug="careful").update(two_pairs_of_eyes=True)
    made: dict[type[Page], dict[str, Page]] = {}
    for model in kinds():
        kind = next((name for name, each in MODELS.items() if each is model), "")
        if kind:
            original = make_output(site, kind)
            made[model] = {
                "original": original,
                "translation": make_output(site, kind, language="fr", translation_of=original),
                "institution": make_output(site, kind, institutions=["own"]),
                "two pairs": make_output(site, kind, institutions=["careful"]),
            }
            OutputInstitution.objects.update(role=OutputInstitution.Role.AUTHOR)
            continue
        first = place(site.homes["en"], model(title=model.__name__, slug=model.__name__.lower()))
        made[model] = {
            "original": first,
            "translation": place(
                site.homes["fr"],
                model(
                    title=model.__name__,
                    slug=model.__name__.lower(),
                    translation_key=first.translation_key,
                ),
            ),
        }
    return made


def cells(
    people: list[Asker], pages: dict[type[Page], dict[str, Page]]
) -> Iterator[tuple[type[Page], str, str, str, bool]]:
    """(kind, state, action, role, whether allowed) of every combination."""
    asked = actions()
    with _asked_once(pages):
        for asker in people:
            enters = asker.user.is_active and asker.user.has_perm("wagtailadmin.access_admin")
            for model, made in pages.items():
                for state in states(asker.user):
                    if state.of not in made:
                        continue
                    page = _standing(made[state.of], state)
                    rights = page.permissions_for_user(asker.user)
                    for action in asked:
                        allowed = bool(getattr(rights, action)())
                        yield model, state.name, action, asker.role, allowed
                    Page.objects.filter(pk=page.pk).update(live=page.live)
                    shown = (
                        enters and readable(asker.user, Page.objects.filter(pk=page.pk)).exists()
                    )
                    yield model, state.name, SEEN, asker.role, bool(shown)


def _standing(page: Page, state: State) -> Page:
    usual = {"owner_id": None, "locked": False, "locked_by_id": None}
    for name, value in (usual | state.fields).items():
        setattr(page, name, value)
    return page


@contextmanager
def _asked_once(pages: dict[type[Page], dict[str, Page]]) -> Iterator[None]:
    """No page here waits for approval, and which is the original does not change: neither is asked
    of the database ten thousand times."""
    for made in pages.values():
        for page in made.values():
            page.is_original = partial(bool, page.is_original())
    with (
        mock.patch.object(Page, "current_workflow_task", None),
        mock.patch.object(Page, "workflow_in_progress", False),
    ):
        yield
