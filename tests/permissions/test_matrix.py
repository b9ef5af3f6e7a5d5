"""The matrix of rights as it is: whole, printed, and never more than a role's work needs."""

import os
from pathlib import Path

import pytest
from permissions.admin_views import SHUT_TO_ALL
from permissions.matrix import Matrix, printed, worked_out
from permissions.roles import EVERY_RIGHT, NOBODY

pytestmark = pytest.mark.xdist_group("permissions")  # it takes a minute to work out
PRINTED = Path(__file__).resolve().parents[2] / "docs" / "security" / "permissions.md"
OUTSIDE = (NOBODY, "Contact points of states")
IN_PUBLIC = {"public", "own, public", "taken back", "translation, public"}


_known: list[Matrix] = []


@pytest.fixture
def matrix(db: None) -> Matrix:
    """Worked out once, by the first test that asks; it holds names, and nothing of the database."""
    if not _known:
        _known.append(worked_out())
    return _known[0]


def states(matrix: Matrix, action: str, role: str) -> set[str]:
    """The states of any kind of page in which the role may."""
    return set().union(*(matrix.pages[kind, action, role] for kind in matrix.states))


def test_the_printed_matrix_is_the_one_of_the_code(matrix: Matrix) -> None:
    text = printed(matrix)
    if os.environ.get("CONTACTPOINT_WRITE_DOCS"):
        PRINTED.parent.mkdir(exist_ok=True)
        PRINTED.write_text(text, encoding="utf-8")
    assert PRINTED.read_text(encoding="utf-8") == text, "Look at what changed, then: make docs"


def test_every_address_is_asked_in_a_way_that_it_takes(matrix: Matrix) -> None:
    closed = [where for where, answers in matrix.views.items() if not answers[EVERY_RIGHT]]
    assert set(closed) == set(SHUT_TO_ALL), "The sample in permissions/samples.py does not fit."


@pytest.mark.parametrize("role", OUTSIDE)
def test_nothing_of_the_admin_is_for_people_outside(matrix: Matrix, role: str) -> None:
    assert {where for where, answers in matrix.views.items() if answers[role]} == set()
    assert {label for label, by_role in matrix.models.items() if by_role[role]} == set()
    assert [action for action in matrix.actions if states(matrix, action, role)] == []


def test_contributors_write_drafts_and_publish_nothing(matrix: Matrix) -> None:
    for action in ("can_publish", "can_unpublish", "can_publish_subpage", "can_lock", "can_move"):
        assert not states(matrix, action, "Contributors") & IN_PUBLIC - {"own, public"}, action
    assert not states(matrix, "can_publish", "Contributors")
    assert not states(matrix, "can_edit", "Contributors") & {"draft", "public", "taken back"}
    assert not states(matrix, "can_delete", "Contributors") & (IN_PUBLIC | {"draft"})


def test_translators_change_translations_alone(matrix: Matrix) -> None:
    assert states(matrix, "can_edit", "Translators") == {
        "translation, draft",
        "translation, public",
    }
    for action in ("can_publish", "can_add_subpage", "can_publish_subpage"):
        assert not states(matrix, action, "Translators"), action


def test_only_administrators_take_away_what_was_public(matrix: Matrix) -> None:
    may = {role for role in matrix.roles if states(matrix, "can_delete", role) & IN_PUBLIC}
    assert may == {"Administrators", EVERY_RIGHT}


def test_two_pairs_of_eyes_are_two_pairs_for_everybody(matrix: Matrix) -> None:
    may = {
        role for role in matrix.roles if "two pairs of eyes" in states(matrix, "can_publish", role)
    }
    assert may <= {EVERY_RIGHT}


def test_editors_of_the_glossary_change_no_page(matrix: Matrix) -> None:
    for action in ("can_edit", "can_publish", "can_delete", "can_add_subpage", "can_move"):
        assert not states(matrix, action, "Glossary editors"), action


@pytest.mark.parametrize("app", ["auth", "axes", "mfa", "sessions", "contenttypes", "wagtailusers"])
def test_no_role_has_rights_to_what_keeps_the_portal_shut(matrix: Matrix, app: str) -> None:
    for label, by_role in matrix.models.items():
        if label.startswith(f"{app}."):
            assert {role for role, rights in by_role.items() if rights} <= {EVERY_RIGHT}, label


def test_accounts_are_for_administrators(matrix: Matrix) -> None:
    may = {
        role
        for where, answers in matrix.views.items()
        if where.startswith("admin/users/")
        for role, answer in answers.items()
        if answer
    }
    assert may == {"Administrators", EVERY_RIGHT}
    assert matrix.models["accounts.user"]["Editors"] == ["write_originals"]
    assert "delete" not in matrix.models["accounts.user"]["Administrators"]


@pytest.mark.parametrize("room", ["admin/groups/", "admin/sites/", "admin/locales/"])
def test_roles_sites_and_languages_are_for_whoever_runs_the_portal(
    matrix: Matrix, room: str
) -> None:
    for where, answers in matrix.views.items():
        if where.startswith(room):
            assert {role for role, answer in answers.items() if answer} == {EVERY_RIGHT}, where
