"""The whole matrix, worked out once, and how it is printed for people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from factories import make_site
from permissions import admin_views, model_rights, page_rights
from permissions.roles import askers
from permissions.samples import samples
from wagtail.models import Page

PageCells = dict[tuple[type[Page], str, str], set[str]]
"""By kind, action and role the states in which the role may."""


@dataclass(frozen=True)
class Matrix:
    """What is printed and tested."""

    roles: list[str]
    states: dict[type[Page], list[str]]
    actions: list[str]
    pages: PageCells
    models: dict[str, dict[str, list[str]]]
    views: dict[str, dict[str, str]]


def worked_out() -> Matrix:
    """Asks everything of everybody; call it in a transaction that is rolled back."""
    site, people = make_site(), askers()
    made = page_rights.samples(site, [one.user for one in people if one.role == "Contributors"])
    pages: PageCells = defaultdict(set)
    states: dict[type[Page], dict[str, None]] = defaultdict(dict)
    for kind, state, action, role, allowed in page_rights.cells(people, made):
        states[kind][state] = None
        if allowed:
            pages[kind, action, role].add(state)
    models = model_rights.cells(people)
    return Matrix(
        roles=[one.role for one in people],
        states={kind: list(names) for kind, names in states.items()},
        actions=[page_rights.SEEN, *page_rights.actions()],
        pages=pages,
        models=models,
        views=admin_views.cells(people, samples(site)),
    )


def printed(matrix: Matrix) -> str:
    """`docs/security/permissions.md`"""
    lines = [
        "# Who may do what",
        "",
        "Written by `make docs` from the code itself: every kind of page, every right that the",
        "database knows, and every address of the admin that is ours or needs no object, asked for",
        "every role. `tests/permissions` compares this page with the code, so a new page, right or",
        "address can't be forgotten. Roles are `src/contactpoint/config/roles.py`; *Nobody* is",
        "whoever is not signed in, *Every right* the superuser. A *–* is a refusal.",
        "",
        "## Pages",
        "",
        "A cell says in which states a role may do it. *Own* is what the person began, *own",
        "institution* is that for which a contributor writes.",
    ]
    for kinds in _alike(matrix):
        lines += ["", f"### {', '.join(sorted(kind.__name__ for kind in kinds))}", ""]
        lines += _head("action", matrix.roles)
        first = kinds[0]
        for action in matrix.actions:
            cells = [_states(matrix, first, action, role) for role in matrix.roles]
            lines.append(_row(action.removeprefix("can_").replace("_", " "), cells))
    lines += [
        "",
        "## Rights to everything else",
        "",
        "What Django and Wagtail are asked before anything is shown or changed.",
        "",
        *_head("kind", matrix.roles),
    ]
    for label, by_role in matrix.models.items():
        cells = [", ".join(by_role[role]) or "–" for role in matrix.roles]
        lines.append(_row(f"`{label}`", cells))
    lines += [
        "",
        "## Addresses of the admin",
        "",
        "*look* is a page that is given, *act* a form that is taken; each was asked by a request.",
        "What fails after it let somebody in, for want of what it works on, counts as open too:",
        "so do the files of translations, whose own tests tell who may (`tests/languages`).",
        "",
        *_head("address", matrix.roles),
    ]
    for address, answers in matrix.views.items():
        cells = [answers[role].replace(" ", ", ") or "–" for role in matrix.roles]
        lines.append(_row(f"`{address}`", cells))
    return "\n".join(lines) + "\n"


def _alike(matrix: Matrix) -> list[list[type[Page]]]:
    """Kinds of page with the same rights stand together."""
    groups: dict[Any, list[type[Page]]] = defaultdict(list)
    for kind, states in matrix.states.items():
        every = tuple(
            frozenset(matrix.pages[kind, action, role])
            for action in matrix.actions
            for role in matrix.roles
        )
        groups[every, tuple(states)].append(kind)
    return list(groups.values())


def _states(matrix: Matrix, kind: type[Page], action: str, role: str) -> str:
    allowed, all_states = matrix.pages[kind, action, role], matrix.states[kind]
    if not allowed:
        return "–"
    if len(allowed) == len(all_states):
        return "always"
    missing = [state for state in all_states if state not in allowed]
    if len(missing) <= 2:
        return f"not: {'; '.join(missing)}"
    return "; ".join(state for state in all_states if state in allowed)


def _head(first: str, roles: Iterable[str]) -> list[str]:
    names = [first, *roles]
    return [_row(names[0], names[1:]), "|" + "---|" * len(names)]


def _row(first: str, cells: Iterable[str]) -> str:
    return "| " + " | ".join([first, *cells]) + " |"
