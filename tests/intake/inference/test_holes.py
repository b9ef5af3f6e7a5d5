"""Places where the text of a link was lost are found; whole sentences are left alone."""

import pytest

from contactpoint.intake.inference.holes import holes, stray_spaces, unpaired_quotes


@pytest.mark.parametrize(
    ("text", "language", "before", "after"),
    [
        ("The office (CGRS) launched This new site helps.", "en", "launched", "This new"),
        ("It opened the new platform The site is mobile.", "en", "platform", "The site"),
        ("Read more on .", "en", "on", "."),
        ("It is to be found via, for instance, mail.", "en", "via", ", for"),
        ("L'office a lancé Ce site aide.", "fr", "lancé", "Ce site"),
        ("De dienst lanceerde Deze site helpt.", "nl", "lanceerde", "Deze site"),
        ("See the annex () for more.", "en", "annex", "() for"),
    ],
)
def test_a_hole_is_found_between_its_words(
    text: str, language: str, before: str, after: str
) -> None:
    [hole] = holes(text, language)
    assert hole.before.endswith(before)
    assert hole.after.startswith(after)


@pytest.mark.parametrize(
    "text",
    [
        "The Court sat in The Hague. This is news.",
        "A study on “The state of asylum” is out.",
        'The report "The long way home" tells more.',
        "The EMN and the OECD met. They agreed.",
        "What will they agree to?",
        "He moved in. It was time.",
    ],
)
def test_a_whole_sentence_has_no_hole(text: str) -> None:
    assert holes(text, "en") == []


def test_a_stray_space_is_told_apart_from_a_hole() -> None:
    text = "Data for 2018 . It rose : 4% more."
    assert holes(text, "en") == []
    assert [hole.before for hole in stray_spaces(text, "en")] == [
        "Data for 2018",
        "Data for 2018 . It rose",
    ]


def test_french_may_set_a_space_before_a_colon() -> None:
    assert stray_spaces("Voici : trois mesures ; ou quatre ?", "fr") == []
    assert len(stray_spaces("Données de 2018 .", "fr")) == 1


def test_a_quotation_without_its_partner_is_seen() -> None:
    assert unpaired_quotes('A study on "asylum')
    assert unpaired_quotes("Une étude «asile")
    assert not unpaired_quotes('A study on "asylum”.')
