"""Labels and their form: a field a language, lines for the others, and nothing lost."""

import json

import pytest
from django import forms
from django.http import QueryDict

from contactpoint.kit.finding import all_names, ranked
from contactpoint.kit.forms import (
    DefinitionsFormField,
    LabelsFormField,
    NamesFormField,
    from_lines,
    to_lines,
)
from contactpoint.kit.labels import LabelsField, pick


def _form(*, other_languages: bool = True, required: bool = True) -> type[forms.Form]:
    class LabelsForm(forms.Form):
        labels = LabelsFormField(other_languages=other_languages, required=required)

    return LabelsForm


def _posted(**texts: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, text in texts.items():
        data[f"labels_{name}"] = text
    return data


def test_a_label_falls_back_to_english_and_then_to_any() -> None:
    assert pick({"en": "Asylum", "fr": "Asile"}, "fr-be") == "Asile"
    assert pick({"en": "Asylum", "fr": ""}, "fr") == "Asylum"
    assert pick({"es": "Asilo"}, "fr") == "Asilo"
    assert pick({}, "fr") == ""


def test_each_language_of_the_portal_has_a_labelled_input_in_that_language() -> None:
    html = str(_form()(initial={"labels": {"en": "Asylum", "fr": "L'“asile”", "es": "asilo"}}))
    for code, name in (("en", "English"), ("fr", "Français"), ("nl", "Nederlands"), ("de", "Deut")):
        assert f'<label for="id_labels_{code}" lang="{code}">{name}' in html
        assert f'id="id_labels_{code}"' in html
    assert 'value="L&#x27;“asile”"' in html
    assert "es: asilo</textarea>" in html


def test_languages_without_an_input_are_carried_along_unseen() -> None:
    form_class = _form(other_languages=False)
    labels = {"en": "Asylum", "es": "asilo", "ar": "لجوء", "zh-Hant": "庇護"}
    html = str(form_class(initial={"labels": labels}))
    assert '<div class="labels__others" hidden>' in html
    form = form_class(_posted(en="Asylum", fr="Asile", others=to_lines(labels | {"en": ""})))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["labels"] == labels | {"fr": "Asile"}


def test_an_emptied_input_removes_the_language() -> None:
    form = _form()(_posted(en="Asylum", fr=" "), initial={"labels": {"en": "Asylum", "fr": "A"}})
    assert form.is_valid()
    assert form.cleaned_data["labels"] == {"en": "Asylum"}
    assert form.has_changed()
    same = _form()(_posted(en="Asylum"), initial={"labels": {"en": "Asylum"}})
    assert not same.has_changed()


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({"en": ""}, "Write the English label."),
        ({"en": "a", "others": "es asilo"}, "Line 1: write a language"),
        ({"en": "a", "others": "es: asilo\n\nfr: asile"}, "Line 3: Français has a field"),
        ({"en": "a", "others": "es: asilo\nes: refugio"}, "Line 2: “es” stands there twice."),
        ({"en": "a", "others": "<b>: x"}, "Line 1"),
        ({"en": "a", "others": f"es: {'x' * 201}"}, "Line 1 is longer than 200"),
        ({"en": "x" * 201}, "English is longer than 200"),
    ],
)
def test_an_error_names_the_line_and_keeps_what_was_typed(
    posted: dict[str, str], message: str
) -> None:
    form = _form()(_posted(nl="getypt", **posted))
    assert not form.is_valid()
    assert message in form.errors["labels"][0]
    html = str(form)
    assert "getypt" in html
    assert posted.get("others", "").replace("<b>", "&lt;b&gt;") in html


def test_english_is_not_required_where_the_field_is_not() -> None:
    form = _form(required=False)(_posted(fr="Asile"))
    assert form.is_valid()
    assert form.cleaned_data["labels"] == {"fr": "Asile"}


def test_the_model_field_brings_this_form_field_and_no_json() -> None:
    field = LabelsField(verbose_name="labels").formfield()
    assert isinstance(field, LabelsFormField)
    assert field.required


def test_names_are_lines_both_ways() -> None:
    field = NamesFormField(required=False)
    names = {"en": ["Commissioner", "The office"], "fr": ["CGRA"]}
    assert field.prepare_value(names) == "en: Commissioner\nen: The office\nfr: CGRA"
    assert field.clean(field.prepare_value(names)) == names
    assert not field.has_changed(names, field.prepare_value(names))
    with pytest.raises(forms.ValidationError, match="Line 2"):
        field.clean("fr: CGRA\nfr: CGRA")
    assert list(from_lines("fr: a: b")) == [(1, "fr", "a: b")]


def test_definitions_keep_their_source_and_the_languages_that_are_not_shown() -> None:
    class DefinitionForm(forms.Form):
        labels = DefinitionsFormField(required=False)

    initial = {
        "en": {"text": "A <place>.", "source": "Directive"},
        "es": {"text": "Lugar", "source": ""},
    }
    html = str(DefinitionForm(initial={"labels": initial}))
    assert "A &lt;place&gt;." in html
    rest = json.dumps({"es": initial["es"]})
    form = DefinitionForm(_posted(en_text="New", en_source="Law", others=rest))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["labels"] == {
        "en": {"text": "New", "source": "Law"},
        "es": {"text": "Lugar", "source": ""},
    }
    for broken in ("[]", "{", '{"es": 1}', '{"es": {"source": "x"}}'):
        assert not DefinitionForm(_posted(others=broken)).is_valid()


def test_a_name_is_found_without_accents_case_or_the_words_between() -> None:
    names = list(all_names("be", {"fr": "Hébergement d'urgence"}, {"nl": ["noodopvang", "x"]}))
    assert names == ["be", "Hébergement d'urgence", "noodopvang", "x"]
    for query in ("HEBERGEMENT", "urgence heberg", "Noodopv", "BE"):
        assert list(ranked(query, [(1, names)])) == [1], query
    rows = [(1, ["Hébergement d'urgence"]), (2, ["urgence"])]
    assert list(ranked("urgence", rows)) == [2, 1]
    assert ranked("hebergement urgence", rows) == {1: "Hébergement d'urgence"}
