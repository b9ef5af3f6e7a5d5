"""Editors write the synthesis beside the answers, chapter by chapter."""

from typing import Any

import pytest
from consulting import housing, made_instrument, made_round, state_answers
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from factories import MadeSite, make_site

from contactpoint.consultations.models import Instrument, Round, SynthesisChapter
from contactpoint.consultations.studies.family import write
from contactpoint.outputs.models import Publication


@pytest.fixture
def site(db: None, settings: Any, tmp_path: Any) -> MadeSite:
    settings.MEDIA_ROOT = tmp_path
    return make_site(("en", "nl"), standard=False)


@pytest.fixture
def study(site: MadeSite) -> Round:
    made = made_round(
        made_instrument(housing(), kind=Instrument.Kind.STUDY),
        code="study", access=Round.Access.STATES, status=Round.Status.CLOSED,
        closes_at=timezone.now() - timezone.timedelta(days=1), labels={"en": "A study"},
    )  # fmt: skip
    state_answers(made, "BE", {"feasible": "no", "why": "openword"})
    state_answers(made, "FR", {"feasible": "yes", "why": "closedword"}, "network")
    state_answers(made, "NL", {"why": "unsentword"}, status="begun")
    return made


def test_the_answers_stand_beside_the_text_with_their_marks(client: Client, study: Round) -> None:
    address = reverse("consultations_synthesis", args=[study.pk])
    assert client.get(address).status_code == 302
    sign_in(client, administrator=True)
    assert address in client.get(reverse("consultations_round", args=[study.pk])).content.decode()
    page = client.get(address, {"section": "found"}).content.decode()
    assert "openword" in page
    assert "closedword" in page
    assert page.count("Within the network only: don’t quote it") == 1
    assert "unsentword" not in page
    assert "openword" not in client.get(address, {"section": "search"}).content.decode()
    assert client.get(address, {"section": "nowhere"}, follow=True).status_code == 404


def test_what_is_written_comes_into_the_synthesis_report(client: Client, study: Round) -> None:
    sign_in(client, administrator=True)
    address = f"{reverse('consultations_synthesis', args=[study.pk])}?section=found&language=en"
    text = "Few found a flat, of [[first-time-applicants BE 2018]] people."
    client.post(address, {"text": text, "revision": "0"})
    late = client.post(address, {"text": "Mine.", "revision": "0"})
    assert late.status_code == 422
    assert "Few found a flat" in late.content.decode()
    wrong = client.post(address, {"text": "[[no-such-figure BE 2018]]", "revision": "1"})
    assert "no-such-figure" in wrong.content.decode()
    assert wrong.status_code == 422
    assert SynthesisChapter.objects.get().texts == {"en": text}
    write(study)
    body = Publication.objects.get(publication_type="study").body
    assert [one.block_type for one in body] == ["heading", "paragraph", "paragraph"]
    assert body[0].value == "What was found"
    assert "[[first-time-applicants BE 2018]]" in body[1].value.source
