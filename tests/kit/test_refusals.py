"""What is refused is refused in our own words and look."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("en", "The form was not sent"), ("fr", "pas été envoyé")]
)
def test_a_form_that_was_open_for_too_long_is_refused_in_the_readers_language(
    language: str, words: str
) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"/{language}/search/", {"q": "x"})
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert f'lang="{language}"' in answer.content.decode()
