"""Results that are taken back are gone for everybody at once."""

import pytest
from django.test import Client

from contactpoint.consultations.models import Round


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_nobody_between_hands_out_a_file_that_was_taken_back(
    client: Client, survey: Round, ending: str
) -> None:
    address = f"/en/consultations/{survey.code}/results.{ending}"
    assert client.get(address)["Cache-Control"] == "public, no-cache"
    survey.published_at = None
    survey.save()
    assert client.get(address).status_code == 404
