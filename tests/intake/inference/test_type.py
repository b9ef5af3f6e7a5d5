"""The type follows the keyword, then what the text says, and tells which."""

import pytest

from contactpoint.intake.inference.type import type_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Myria is recruiting an adviser.", "vacancy"),
        ("A short video was created to explain it.", "video"),
        ("The ministry has made a short film about it.", "video"),
        ("On 4 May the EMN hosted a webinar on detention.", "event"),
        ("The EMN organised its annual conference.", "event"),
        ("The EMN invites you to a conference on detention.", "event"),
        ("The policy note on asylum was published.", "development"),
        ("The minister presented her General Policy Note in Parliament.", "development"),
        ("As of 1 September, the rules change.", "development"),
        ("The law enters into force in May.", "development"),
        ("Eurostat published an infographic on asylum.", "publication"),
        ("The latest report from Myria was published.", "publication"),
        ("This new inform focuses on housing.", "publication"),
        ("The Commission is presenting its Second Report on trafficking.", "publication"),
        ("The EMN invites you to answer a survey.", "news-item"),
        ("Georgia has joined the EMN.", "news-item"),
        ("Since the first publication of the glossary, it has grown.", "news-item"),
    ],
)
def test_the_text_tells_the_type(text: str, kind: str) -> None:
    found = type_of(text, "en", [])
    assert found.type == kind
    assert found.reason == ("default" if kind == "news-item" else "text")


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Myria recrute un conseiller.", "fr", "vacancy"),
        ("Le REM a organisé une conférence sur l'asile.", "fr", "event"),
        ("Eurostat publie un rapport sur l'asile.", "fr", "publication"),
        ("La note de politique générale a été présentée.", "fr", "development"),
        ("Myria werft een adviseur aan.", "nl", "vacancy"),
        ("Het EMN organiseerde een studiedag over asiel.", "nl", "event"),
        ("De beleidsnota over asiel werd gepubliceerd.", "nl", "development"),
        ("Er werd een video over asiel gemaakt.", "nl", "news-item"),
        ("Das EMN veranstaltete eine Tagung über Asyl.", "de", "event"),
        ("Das Gesetz tritt am 1. Mai in Kraft.", "de", "development"),
    ],
)
def test_it_does_so_in_each_language_of_the_portal(text: str, language: str, kind: str) -> None:
    assert type_of(text, language, []).type == kind


def test_a_keyword_that_names_a_kind_goes_before_the_text() -> None:
    found = type_of("The report was published.", "en", [("video", "vidéo")])
    assert (found.type, found.reason, found.evidence) == ("video", "keyword", "vidéo")


@pytest.mark.parametrize(
    ("text", "publication_type"),
    [
        ("This EMN inform focuses on visas.", "emn-inform"),
        ("The EMN published a study on visas.", "study"),
        ("The EMN published a report on visas.", "report"),
        ("The EMN published a factsheet on visas.", "country-factsheet"),
    ],
)
def test_a_publication_says_which_sort_it_is(text: str, publication_type: str) -> None:
    assert type_of(text, "en", []).publication_type == publication_type
