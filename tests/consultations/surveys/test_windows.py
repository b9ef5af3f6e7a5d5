"""Two windows of one respondent: neither writes over what the other saved without a word."""

from typing import Any

import pytest
from answering import Reader
from consulting import made_instrument, made_round
from django.core.files.uploadedfile import SimpleUploadedFile

from contactpoint.consultations.actions import answering
from contactpoint.consultations.models import Answer, Attachment, Response
from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.surveys import meanwhile

pytestmark = pytest.mark.django_db

BOTH = "Something else was saved here since you opened this page"


def answers() -> dict[str, Any]:
    return dict(Answer.objects.values_list("question", "value"))


def two_windows(*questions: Question) -> tuple[Reader, Reader]:
    """The same page, opened twice before anything was saved."""
    asked = Instrument(
        "two", ("en",), {"en": "Two windows"}, sections=(
            Section("one", questions=questions or (
                Question("town", Kind.TEXT, {"en": "Your town"}),
                Question("many", Kind.INTEGER, {"en": "How many?"}),
                Question("way", Kind.ONE, {"en": "Which way?"}, choices="ways"),
            )),
            Section("two", questions=(Question("last", Kind.TEXT, {"en": "And else?"}),)),
        ),
        choice_sets={"ways": (Choice("a", {"en": "The first"}), Choice("b", {"en": "The second"}))},
    )  # fmt: skip
    first = Reader().begin(made_round(made_instrument(asked)))
    second = Reader().open(first.path)
    return first, second


def test_what_another_window_saved_is_shown_beside_what_is_written_here() -> None:
    first, second = two_windows()
    first.press(town="Ghent", many="2", way="a")
    second.press(town="Liège", way="b")
    assert second.answer.status_code == 409
    assert BOTH in second.text
    assert answers() == {"town": "Ghent", "many": 2, "way": "a"}, "nothing is written over"
    assert second.page.css_first("[id='q-town']").attributes["value"] == "Liège"
    box = second.page.css_first("[id='q-town:both']")
    assert "Ghent" in box.text()
    assert "The first" in second.page.css_first("[id='q-way:both']").text()
    assert "q-town:both" in (
        second.page.css_first("[id='q-town']").attributes["aria-describedby"] or ""
    )
    assert second.page.css_first("[id='q-many:both']") is None, "here it was left as it was"
    assert second.page.css_first("[id='q-many']").attributes["value"] == "2"


def test_going_on_keeps_what_stands_in_the_field_or_what_was_ticked() -> None:
    first, second = two_windows()
    first.press(town="Ghent", many="2", way="a")
    second.press(town="Liège", way="b").press(take="way")
    assert second.answer.status_code == 200
    assert "And else?" in second.text
    assert answers() == {"town": "Liège", "many": 2, "way": "a"}


def test_what_changed_once_more_while_one_chose_is_shown_once_more() -> None:
    first, second = two_windows()
    first.press(town="Ghent")
    second.press(town="Liège")
    Reader().open(second.path).press(town="Mons")
    second.press(take="town")
    assert BOTH in second.text
    assert "Mons" in second.page.css_first("[id='q-town:both']").text()
    assert answers()["town"] == "Mons"


def test_an_answer_that_one_took_back_elsewhere_does_not_come_back_in_silence() -> None:
    first, second = two_windows()
    first.press(town="Ghent")
    third = Reader().open(second.path)
    second.open(second.path)
    third.press(town="")
    second.press(town="Ghent!")
    assert "No answer" in second.page.css_first("[id='q-town:both']").text()
    assert "town" not in answers()


def test_what_cannot_be_read_here_does_not_hide_what_was_saved_there() -> None:
    first, second = two_windows()
    first.press(many="5")
    second.press(many="some")
    assert second.answer.status_code == 422
    assert "whole number" in second.text
    assert "5" in second.page.css_first("[id='q-many:both']").text()
    second.press(many="7")
    assert answers()["many"] == 7


@pytest.mark.parametrize("to", ["on", "back", "later", "language:en"])
def test_no_button_leaves_the_page_before_one_has_chosen(to: str) -> None:
    first, second = two_windows()
    first.press(town="Ghent")
    second.press(to, town="Liège")
    assert BOTH in second.text
    assert answers() == {"town": "Ghent"}


def test_a_form_that_comes_twice_or_from_an_old_page_is_no_other_window() -> None:
    first, second = two_windows()
    first.press(town="Ghent", many="2", way="a")
    old = second.press(town="Ghent", many="2", way="a")
    assert BOTH not in old.text
    assert "And else?" in old.text
    back = Reader().open(first.path.replace("/two/", "/one/"))
    back.press(town="Namur")
    assert BOTH not in back.text
    assert answers() == {"town": "Namur", "many": 2, "way": "a"}


def test_a_page_from_before_says_nothing_of_what_it_showed_and_is_saved_as_it_was() -> None:
    first, second = two_windows()
    first.press(town="Ghent")
    second.press(town="Liège", seen="")
    assert answers()["town"] == "Liège"


def test_files_of_both_windows_are_kept_and_the_same_file_once() -> None:
    first, second = two_windows(Question("paper", Kind.FILE, {"en": "A paper?"}))
    headers = {"Sec-Fetch-Site": "same-origin"}
    path, data = first.form()
    _path, other = second.form()

    def send(form: dict[str, Any], name: str) -> None:
        content = SimpleUploadedFile(name, f"Words of {name}".encode())
        sent = first.client.post(path, {**form, "q-paper:new": content}, headers=headers)
        assert sent.status_code == 303

    send(data, "a.txt")
    send(data, "a.txt")
    send(other, "b.txt")
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.txt", "b.txt"]
    assert len(answers()["paper"]) == 2


def test_what_is_saved_in_the_very_moment_is_seen_too(monkeypatch: pytest.MonkeyPatch) -> None:
    _first, second = two_windows()
    real, came = answering.save, []

    def save(response: Response, *args: Any, **kwargs: Any) -> None:
        if not came:
            came.append(1)
            real(Response.objects.get(), {"town": "Ghent"}, today=kwargs["today"])
        real(response, *args, **kwargs)

    monkeypatch.setattr(answering, "save", save)
    second.press(town="Liège")
    assert BOTH in second.text
    assert answers() == {"town": "Ghent"}


def test_a_print_tells_nothing_apart_that_is_no_answer() -> None:
    many = Question("many", Kind.MANY, {"en": "Which?"}, choices="ways")
    assert not meanwhile.is_other(many, meanwhile.seen_now([many], {}), [])
    assert meanwhile.is_other(many, meanwhile.seen_now([many], {"many": ["a"]}), ["a", "b"])
