"""Nothing of anybody is kept that the register does not know."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from contactpoint.kit.persons import declaring, overlooked
from contactpoint.kit.persons.kinds import Erased
from contactpoint.kit.persons.overlooked import is_suspect


def test_every_model_and_every_field_that_looks_personal_is_declared() -> None:
    assert list(overlooked.overlooked()) == []


def test_a_model_that_nobody_declared_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(declaring._declared, "events.Registration")
    assert "events.Registration is not declared" in "\n".join(overlooked.overlooked())


def test_a_field_that_nobody_declared_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    said = declaring._declared["events.Registration"]
    less = declaring.Declared(said.label, said.data[1:], said.person, said.other)
    monkeypatch.setitem(declaring._declared, said.label, less)
    found = "\n".join(overlooked.overlooked())
    for name in ("name", "email", "organisation", "needs"):
        assert f"events.Registration.{name} looks personal" in found


def test_a_declared_field_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    more = declaring.Declared("home.HomePage", other={"shoe_size": "of nobody"})
    monkeypatch.setitem(declaring._declared, "home.HomePage", more)
    assert list(overlooked.overlooked()) == [
        "home.HomePage has no field shoe_size, and declares it."
    ]


@pytest.mark.parametrize(
    ("field", "is_found"),
    [
        (models.EmailField(), True),
        (models.GenericIPAddressField(), True),
        (models.FileField(), True),
        (models.ForeignKey("accounts.User", models.CASCADE), True),
        (models.CharField(name="first_name"), True),
        (models.CharField(name="phone"), True),
        (models.CharField(name="user_agent"), True),
        (models.TextField(name="remark"), True),
        (models.CharField(name="postal_address"), True),
        (models.CharField(name="colour"), False),
        (models.IntegerField(name="by"), False),
        (models.CharField(name="contact", choices=[("a", "A")]), False),
    ],
)
@isolate_apps()
def test_fields_are_suspected_by_type_or_name(field: Any, is_found: bool) -> None:
    class Kept(models.Model):
        class Meta:
            app_label = "kit"

        def __str__(self) -> str:
            return "kept"

    field.contribute_to_class(Kept, field.name or "thing")
    if field.is_relation:
        field.remote_field.model = apps.get_model("accounts.User")
    assert is_suspect(field) is is_found


def test_whatever_stays_says_why() -> None:
    for one in declaring.with_data():
        for data in one.data:
            assert (data.erased == Erased.STAYS) == bool(data.stays), one.label
            assert data.purpose, one.label
            assert data.kept.until, one.label
