"""From what happens to the mail in somebody's language, for each way of following."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from factories import MadeSite, make_concept, make_country, make_output, make_site, make_theme

from contactpoint.dissemination.alerts import composing  # noqa: F401 — registers its composer
from contactpoint.dissemination.alerts.forgetting import forget_happenings, forget_matches
from contactpoint.dissemination.alerts.occasions import begin_due
from contactpoint.dissemination.delivering.mailings import composer_of
from contactpoint.dissemination.matching import rounds
from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.matching.listening import output_key
from contactpoint.dissemination.matching.rules import interest_for, parse
from contactpoint.dissemination.models import Delivery, Happening, Mailing, Match, Subscriber
from contactpoint.glossary.models import SchemeVersion
from contactpoint.outputs.models import Output
from contactpoint.search import engines
from contactpoint.search.asking import answering
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.indexing.keeping import catch_up

Letters = list[tuple[str, str]]
TODAY = timezone.localdate()


@pytest.fixture
def site(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeSite:
    settings.BASE_URL = "https://portal.example.org"
    found = EmbeddedEngine(tmp_path / "index")
    monkeypatch.setattr(engines, "engine", lambda: found)
    monkeypatch.setattr(answering, "engine_of_process", lambda: found)
    monkeypatch.setattr(rounds, "_percolator", None)
    made = make_site()
    make_country("BE", en="Belgium", fr="Belgique")
    make_country("FR", en="France", fr="France")
    make_theme("asylum", en="Asylum", fr="Asile")
    make_theme("return", en="Return", fr="Retour")
    make_concept(
        "housing",
        en="housing",
        fr="logement",
        definitions={"en": {"text": "A place to live."}, "fr": {"text": "Un lieu de vie."}},
    )
    return made


def follows(written: str, *, language: str = "en", rhythm: str = "at-once") -> Subscriber:
    reader, _made = Subscriber.objects.get_or_create(
        address=f"{language}@example.org",
        defaults={"language": language, "confirmed_at": timezone.now(), "consented_to": "Yes"},
    )
    interest = interest_for(parse(QueryDict(written), language))
    row = reader.subscriptions.create(interest=interest, rhythm=rhythm)
    type(row).objects.filter(pk=row.pk).update(since=timezone.now() - timedelta(days=9))
    return reader


def letters(later: timedelta = timedelta(minutes=3)) -> Letters:
    """Language and subject of the mails that are due after a while."""
    while rounds.match_waiting():
        pass
    while begin_due(timezone.now() + later):
        pass
    found = []
    for row in Delivery.objects.select_related("mailing", "subscriber").order_by("pk"):
        letter = composer_of("alert").compose(row)
        if letter is not None:
            said = letter.subject.replace("\N{NO-BREAK SPACE}", " ")
            found.append((letter.language, said))
    return found


def published(site: MadeSite, title: str, french: str = "", **more: Any) -> Output:
    page = make_output(site, "publication", title=title, published_on=TODAY, **more)
    if french:
        make_output(
            site, "publication", title=french, language="fr", translation_of=page, **more
        )  # fmt: skip
    Happening.objects.filter(thing=output_key(page)).delete()
    happened(output_key(page), What.NEW)
    return page


@pytest.mark.parametrize(
    ("rhythm", "early", "late"),
    [
        ("at-once", timedelta(minutes=1), timedelta(minutes=3)),
        ("daily", timedelta(minutes=3), timedelta(days=1, minutes=3)),
        ("weekly", timedelta(minutes=3), timedelta(days=7, minutes=3)),
    ],
)
def test_each_hears_as_often_as_they_want_in_their_language(
    site: MadeSite, rhythm: str, early: timedelta, late: timedelta
) -> None:
    begin_due()
    follows("theme=asylum", language="fr", rhythm=rhythm)
    follows("theme=asylum", language="en", rhythm=rhythm)
    published(site, "Living together", "Vivre ensemble", themes=["asylum"])
    assert letters(early) == []
    told = letters(late)
    assert sorted(told) == [("en", "New: Living together"), ("fr", "Nouveau : Vivre ensemble")]


def test_a_concept_is_followed_over_all_kinds_and_languages(site: MadeSite) -> None:
    follows("concept=housing", language="fr")
    published(site, "A report", concepts=["housing"])
    event = make_output(
        site, "event", title="A meeting", concepts=["housing"], starts_at=timezone.now()
    )
    happened(output_key(event), What.CHANGED, mark="later")
    happened("concept:housing", What.DEFINITION, mark="2")
    published(site, "Something else")
    [(_language, subject)] = letters()
    assert subject == "1 événement modifié · 1 nouveauté · 1 nouvelle définition"
    [row] = Delivery.objects.all()
    letter = composer_of("alert").compose(row)
    assert letter is not None
    for words in ("A report", "A meeting", "logement", "Nouvelle définition"):
        assert words in letter.text
    assert "Something else" not in letter.text


def test_a_definition_is_new_to_those_who_read_it(site: MadeSite) -> None:
    for language in ("en", "fr"):
        follows("concept=housing", language=language)
    field = {"field": "definition", "language": "fr", "before": [], "after": []}
    change = {"kind": "changed", "concept": "housing", "label": "housing", "fields": [field]}
    SchemeVersion.objects.create(number="1", published_on=TODAY)
    SchemeVersion.objects.create(number="2", published_on=TODAY, diff={"changes": [change]})
    assert [language for language, _subject in letters()] == ["fr"]
    both = [field, {**field, "language": "en"}]
    SchemeVersion.objects.create(
        number="3", published_on=TODAY, diff={"changes": [{**change, "fields": both}]}
    )
    assert {language for language, _subject in letters()} == {"en", "fr"}


def test_one_item_is_followed_for_its_corrections_and_translations(site: MadeSite) -> None:
    page = published(site, "Living together")
    other = published(site, "Another")
    Happening.objects.all().delete()
    for language in ("en", "fr"):
        follows(f"thing={output_key(page)}", language=language)
    happened(output_key(page), What.CORRECTED, mark="1", note="Table 2 was of 2024.")
    happened(output_key(other), What.CORRECTED, mark="1")
    assert [subject for _language, subject in letters()] == [
        "Corrected: Living together",
        "Corrigé : Living together",
    ]
    long_ago = timezone.now() - timedelta(days=9)
    Output.objects.filter(pk=page.pk).update(first_published_at=long_ago)
    make_output(site, "publication", title="Vivre", language="fr", translation_of=page)
    Happening.objects.filter(what="translated").delete()
    before = timezone.now() - timedelta(minutes=10)
    happened(output_key(page), What.TRANSLATED, mark="fr", language="fr", at=before)
    told = letters()
    assert len(told) == 3, "who reads English is not told of a French version"
    assert told[-1] == ("fr", "Disponible dans une autre langue : Vivre") or told[-1][0] == "fr"


def test_what_changed_of_an_event_is_said_with_what_was(site: MadeSite) -> None:
    follows("theme=asylum", language="fr", rhythm="daily")
    starts = timezone.make_aware(datetime(TODAY.year + 1, 3, 5, 9, 30))
    event = make_output(
        site, "event", title="Meeting", themes=["asylum"], starts_at=starts, place="Ghent"
    )
    event.called_off = True
    event.save()
    told = _mailed()
    assert "annulé" in told, "said, and not only that something is other"
    assert "Annulé · " in told, "and not only that something is other"
    event.called_off = False
    event.save()
    assert "aura bien lieu" in _mailed()
    event.place, event.starts_at = "Liège", starts + timedelta(days=1)
    event.save()
    event.place = "Namur"
    event.save()
    said = _mailed()
    assert "aura bien lieu" not in said
    for words in ("Namur · avant : Ghent", "6 mars", "09:30 · avant : ", "5 mars"):
        assert words in said
    assert "Liège" not in said, "one mail tells from where to where"


def _mailed() -> str:
    """The text of what is due to one reader now, which is forgotten."""
    letters(timedelta(days=1, minutes=3))
    letter = composer_of("alert").compose(Delivery.objects.get())
    Delivery.objects.all().delete()
    Mailing.objects.all().delete()
    Happening.objects.update(matched_at=timezone.now() - timedelta(days=91))
    assert letter is not None
    return letter.text.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")


def test_and_means_all_and_or_means_any(site: MadeSite) -> None:
    follows("theme=asylum&country=BE", language="en")
    follows("follow=theme:return,country:FR", language="fr")
    published(site, "Only asylum", themes=["asylum"])
    published(site, "Asylum in Belgium", themes=["asylum"], countries=["BE"])
    published(site, "Return", themes=["return"])
    told = dict.fromkeys(letters())
    assert ("en", "New: Asylum in Belgium") in told
    assert ("fr", "Nouveau : Return") in told
    assert len(told) == 2


def test_a_search_with_filters_tells_of_what_its_page_lists(site: MadeSite) -> None:
    assert catch_up()
    follows("q=reception+-war&theme.not=return", language="en")
    published(site, "Reception in houses", themes=["asylum"])
    published(site, "Reception and war", themes=["asylum"])
    published(site, "Reception before return", themes=["return"])
    assert letters() == [("en", "New: Reception in houses")]


def test_what_is_withdrawn_before_the_mail_goes_is_not_told(site: MadeSite) -> None:
    follows("theme=asylum")
    page = published(site, "Too early", themes=["asylum"])
    assert letters() == [("en", "New: Too early")]
    page.unpublish()
    assert letters() == []
    gone = published(site, "Gone", themes=["asylum"])
    Output.objects.get(pk=gone.pk).unpublish()
    assert letters() == [], "and nothing is matched that nobody may see"


def test_old_matches_and_happenings_are_forgotten_and_nothing_is_new_twice(
    site: MadeSite, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    follows("theme=asylum")
    page = published(site, "Living together", themes=["asylum"])
    letters()
    Delivery.objects.all().delete()
    assert (Match.objects.count(), forget_matches(), forget_happenings()) == (1, 0, 0)
    Happening.objects.update(matched_at=timezone.now() - timedelta(days=91))
    with django_assert_max_num_queries(3):
        assert forget_matches() == 1
    assert forget_happenings() == 0
    assert not happened(output_key(page), What.NEW), "it is still known"
    Happening.objects.update(matched_at=timezone.now() - timedelta(days=401))
    Mailing.objects.update(filled_at=timezone.now() - timedelta(days=401))
    kept = Mailing.objects.count()
    assert forget_happenings() >= 1
    assert not Happening.objects.exists()
    assert Mailing.objects.filter(key__startswith="daily:").exists()
    assert Mailing.objects.count() <= kept
