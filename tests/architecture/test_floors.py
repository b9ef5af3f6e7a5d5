"""Model relations point down only: what import-linter can't see in strings, this reads."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).parents[2]
EXEMPT = {settings.AUTH_USER_MODEL, settings.WAGTAILIMAGES_IMAGE_MODEL}


def floors() -> dict[str, int]:
    """App name to floor number, 0 at the top, as import-linter reads them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "floors")["layers"]
    return {
        app.strip(" ()"): number for number, layer in enumerate(layers) for app in layer.split("|")
    }


def test_every_relation_between_our_models_points_to_the_same_floor_or_down() -> None:
    floor = floors()
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("contactpoint."):
            continue
        mine = model._meta.app_label
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target is None or not target.__module__.startswith("contactpoint."):
                continue
            if target._meta.label in EXEMPT or target._meta.app_label == mine:
                continue
            if floor[target._meta.app_label] <= floor[mine]:
                wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert not wrong


def test_every_app_of_ours_stands_on_a_floor() -> None:
    folders = {path.parent.name for path in (ROOT / "src/contactpoint").glob("*/__init__.py")}
    assert folders <= set(floors())
    assert {"outputs", "glossary", "kit", "intake"} <= folders
