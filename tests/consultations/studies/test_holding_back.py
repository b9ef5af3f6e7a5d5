"""A page that holds what a state doesn't tell any more goes off the web, whatever the way."""

import re
import zlib
from random import Random
from typing import Any

import pytest
from consulting import made_instrument, made_round, state_answers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from factories import MadeSite, make_site
from wagtail.models import Page

from contactpoint.consultations.actions.publishing import withdraw_round
from contactpoint.consultations.models import Answer, Instrument, ReportPage, Response, Round
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions import Kind, Question, Section
from contactpoint.consultations.studies.family import write
from contactpoint.consultations.studies.holding_back import held_back
from contactpoint.outputs.models import Family, FamilyLink, Printing, Publication

WORD = re.compile(r"word[0-9]+x")
STATES = ("BE", "DE", "FR", "NL")


@pytest.fixture
def site(db: None, settings: Any, tmp_path: Any) -> MadeSite:
    settings.MEDIA_ROOT = tmp_path
    return make_site(("en", "fr"), standard=False)


def asking(code: str, *kinds: Kind) -> Asked:
    questions = (Question(f"q{at}", kind, {"en": f"Q {at}?"}) for at, kind in enumerate(kinds))
    return Asked(code, ("en",), sections=(Section("a", questions=tuple(questions)),))


def made_study(asked: Asked) -> Round:
    return made_round(
        made_instrument(asked, kind=Instrument.Kind.STUDY),
        code=asked.code, access=Round.Access.STATES, status=Round.Status.CLOSED,
        closes_at=timezone.now() - timezone.timedelta(days=1), labels={"en": "Borders"},
    )  # fmt: skip


@pytest.fixture
def study(site: MadeSite) -> Round:
    """France and Belgium say one thing each, and it is published."""
    made = made_study(asking("borders", Kind.LONG_TEXT))
    state_answers(made, "FR", {"q0": "mots ouverts"})
    state_answers(made, "BE", {"q0": "open words"})
    write(made, publish=True)
    made.refresh_from_db()
    return made


def report(slug: str = "borders-fr") -> Publication:
    return Publication.objects.get(slug=slug)


def copied(slug: str = "borders-fr-2", **options: Any) -> Publication:
    page = report().copy(update_attrs={"slug": slug, "title": "A copy"}, **options)
    assert isinstance(page, Publication)
    return page


def row() -> Answer:
    return Answer.objects.get(response__country__code="FR")


def with_(instance: Any, **fields: Any) -> Any:
    for name, value in fields.items():
        setattr(instance, name, value)
    return instance


WAYS = {
    "a mark that is saved": lambda: with_(row(), dissemination="network").save(),
    "a mark by a query": lambda: Answer.objects.filter(pk=row().pk).update(dissemination=""),
    "marks of many rows": lambda: Answer.objects.bulk_update(
        [with_(row(), dissemination="network")], ["dissemination"]
    ),
    "a deleted answer": lambda: row().delete(),
    "deleted answers": lambda: Answer.objects.filter(pk=row().pk).delete(),
    "other words": lambda: with_(row(), value="mots nouveaux").save(),
    "another remark": lambda: with_(row(), remark="Sauf ici.").save(),
    "a response that is taken back": lambda: with_(row().response, status="begun").save(),
    "a deleted response": lambda: row().response.delete(),  # noqa: PLW0108 — there is no row yet
    "a round that is not told of": lambda: with_(row().response.round, is_listed=False).save(),
    "a round that is taken back": lambda: with_(row().response.round, published_at=None).save(),
    "a round published later": lambda: with_(
        row().response.round, published_at=timezone.now() + timezone.timedelta(days=1)
    ).save(),
    "deleted responses": lambda: Response.objects.all().delete(),
}  # fmt: skip


HOW = [*((way, "cleared") for way in WAYS), *(("a mark that is saved", one) for one in (
    "", "family", "links"))]  # fmt: skip


@pytest.mark.parametrize(("way", "without"), HOW)
def test_a_report_goes_with_what_it_tells_whatever_the_family_of_its_round(
    client: Client, study: Round, way: str, without: str
) -> None:
    if without == "family":
        FamilyLink.objects.all().delete()
        Family.objects.all().delete()
    elif without == "cleared":
        with_(study, family=None).save()
    elif without == "links":
        study.states.all().delete()
    address = report().url
    assert client.get(address).status_code == client.get(f"{address}print.pdf").status_code == 200
    WAYS[way]()
    assert client.get(address).status_code == client.get(f"{address}print.pdf").status_code == 404
    assert not report().live
    assert Printing.objects.get(page=report()).size == 0, "what was printed doesn't come back"


@pytest.mark.parametrize("way", ["taken back", "not told of", "deleted"])
def test_the_whole_study_goes_when_it_is_taken_back(client: Client, study: Round, way: str) -> None:
    pages = list(Publication.objects.filter(live=True))
    assert {page.slug for page in pages} == {
        "borders", "borders-template", "borders-be", "borders-fr",
    }  # fmt: skip
    assert [client.get(page.url).status_code for page in pages] == [200] * 4
    if way == "taken back":
        withdraw_round(study, user=None)
    elif way == "not told of":
        with_(study, is_listed=False).save()
    else:
        study.delete()
    assert [client.get(page.url).status_code for page in pages] == [404] * 4
    for page in pages:
        assert client.get(f"{page.url}print.pdf").status_code == 404


def test_a_study_that_is_written_before_it_is_public_stays_where_an_editor_puts_it(
    site: MadeSite,
) -> None:
    made = made_study(asking("early", Kind.TEXT))
    write(made)
    Publication.objects.get(slug="early-template").get_latest_revision().publish()
    with_(made, reference="7").save()
    assert Publication.objects.get(slug="early-template").live


def test_what_says_no_other_words_stays(study: Round) -> None:
    with_(row(), confirmed_on=timezone.localdate(), valid_until=timezone.localdate()).save()
    with_(study, family=None).save()
    assert report().live
    with_(row(), dissemination="network").save()
    assert not report().live
    assert report("borders-be").live


def test_a_copy_goes_with_the_report(client: Client, study: Round) -> None:
    live = copied("live", keep_live=True)
    late = copied("late", keep_live=False)
    late.get_latest_revision().publish()
    alias = report().create_alias(update_slug="alias", parent=report().get_parent())
    pages = [report(), live, late, alias]
    assert [client.get(one.url).status_code for one in pages] == [200] * 4
    with_(row(), dissemination="network").save()
    assert [client.get(one.url).status_code for one in pages] == [404] * 4


def test_no_copy_of_it_can_be_published_afterwards(client: Client, study: Round) -> None:
    copy = copied(keep_live=False)
    alias = copy.create_alias(update_slug="alias", parent=copy.get_parent())
    with_(row(), dissemination="network").save()
    sign_in(client, administrator=True)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={copy.pk}&next=/admin/")
    copy.get_latest_revision().publish()
    with_(copy, live=True).save()
    report().copy(update_attrs={"slug": "again"}, keep_live=True)
    assert not Publication.objects.filter(live=True, title__contains="FR").exists()
    assert not Publication.objects.filter(live=True, pk__in=[copy.pk, alias.pk]).exists()


def test_words_of_before_stay_away_though_the_state_answers_anew(study: Round) -> None:
    copy = copied(keep_live=False)
    with_(row(), value="mots nouveaux").save()
    write(study, publish=True)
    assert report().live
    copy.get_latest_revision().publish()
    report().revisions.order_by("pk").first().publish()
    assert not Publication.objects.filter(live=True, slug__startswith="borders-fr").exists()


def test_it_is_known_which_answers_have_to_go_from_a_copy(study: Round) -> None:
    copy = copied(keep_live=False)
    assert held_back(copy) == []
    with_(row(), dissemination="network").save()
    assert held_back(copy) == ["q0"]


def test_pages_without_answers_cost_no_query(site: MadeSite, study: Round) -> None:
    page = Publication.objects.get(slug="borders")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page.save()
    assert not [one for one in asked.captured_queries if "consultations_report" in one["sql"]]
    assert set(ReportPage.objects.values_list("page__slug", flat=True)) == {
        "borders-be", "borders-fr",
    }  # fmt: skip


def test_what_respondents_write_is_not_looked_up(site: MadeSite) -> None:
    survey = made_round(made_instrument(asking("survey", Kind.TEXT)))
    response = Response.objects.create(
        round=survey, version=survey.version, begun_on=timezone.localdate()
    )
    with CaptureQueriesContext(connection) as asked:
        Answer.objects.create(
            response=response, question="q0", value="x", answered_on=timezone.localdate()
        )
        response.delete()
    assert not [one for one in asked.captured_queries if "consultations_report" in one["sql"]]


def test_nobody_between_keeps_what_may_be_taken_off(client: Client, study: Round) -> None:
    address = report().url
    for path in (address, f"{address}print.pdf", "/en/consultations/borders/"):
        assert "no-cache" in client.get(path)["Cache-Control"], path


def world(random: Random, asked: Asked) -> Round:
    """A study whose answers each have a word of their own."""
    made = made_study(asked)
    for state in STATES:
        answers = {one.code: f"<p>{coined(state, one.code)}</p>" for one in asked.questions()}
        status = random.choice(["sent", "sent", "sent", "checking", "begun"])
        response = state_answers(made, state, answers, status=status)
        for one in response.answers.all():
            one.dissemination = random.choice(["wide", "wide", "network", ""])
            one.remark = coined(state, f"{one.question} remark")
            one.sources = [{"title": coined(state, f"{one.question} source"), "url": ""}]
            one.save()
    return made


def coined(state: str, name: str) -> str:
    return f"word{zlib.crc32(f'{state} {name}'.encode())}x"


def public_words(round: Round) -> set[str]:
    """Those that may be told, by the rows alone."""
    if round.published_at is None or not round.is_listed:
        return set()
    rows = Answer.objects.filter(response__round=round, response__status="sent",
                                 dissemination="wide")  # fmt: skip
    return {
        coined(state, name)
        for state, code in rows.values_list("response__country__code", "question")
        for name in (code, f"{code} remark", f"{code} source")
    }


def told() -> set[str]:
    """All that stands in any page or revision."""
    said = "".join(
        f"{page.title}{page.teaser}{page.body.raw_data!r}{page.get_latest_revision().content}"
        for page in Publication.objects.all()
    )
    return set(WORD.findall(said))


def shown(client: Client) -> set[str]:
    """Words of whatever of it anybody may read on the web."""
    said = ""
    for page in Page.objects.type(Publication):
        answer = client.get(page.url)
        said += answer.content.decode() if answer.status_code == 200 else ""
    return set(WORD.findall(said))


def taken(random: Random, one: Answer, at: int) -> None:
    """By one of the ways in which a mark goes."""
    change = random.choice([
        lambda: with_(one, dissemination="network").save(),
        lambda: Answer.objects.filter(pk=one.pk).update(dissemination="network"),
        one.delete,
        lambda: with_(one, value=f"<p>new{at}</p>").save(),
        lambda: with_(one.response, status="begun").save(),
        one.response.delete,
    ])  # fmt: skip
    change()


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_world_only_what_may_be_told_is_told(
    client: Client, site: MadeSite, seed: int
) -> None:
    random = Random(seed)
    kinds = [random.choice([Kind.LONG_TEXT, Kind.RICH_TEXT]) for _each in range(6)]
    round = world(random, asking(f"world-{seed}", *kinds))
    write(round, publish=True)
    round.refresh_from_db()
    public = public_words(round)
    assert told() == shown(client) == public
    for page in list(Publication.objects.filter(family_links__part="national")):
        copy = page.copy(
            update_attrs={"slug": f"{page.slug}-copy"}, keep_live=random.random() < 0.5
        )
        if random.random() < 0.3:
            copy.get_latest_revision().publish()
    if random.random() < 0.5:
        Round.objects.update(family=None)
    for at, one in enumerate(Answer.objects.filter(dissemination="wide")):
        if random.random() < 0.15 and Answer.objects.filter(pk=one.pk).exists():
            taken(random, one, at)
            assert shown(client) <= public_words(round)
    for page in Publication.objects.filter(live=False):
        page.get_latest_revision().publish()
    assert shown(client) <= public_words(round)
    with_(Round.objects.get(pk=round.pk), is_listed=False).save()
    assert shown(client) == set()
