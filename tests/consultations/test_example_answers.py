"""What the demo's editors say of the examples agrees with the examples."""

import tomllib

import pytest

from contactpoint.consultations.demonstration import FOLDER

SAID = {
    "en": "Six of the eight keep a counter",
    "fr": "Six sur huit gardent un guichet",
    "nl": "Zes van de acht houden een loket",
    "de": "Sechs von acht behalten einen Schalter",
}


@pytest.mark.parametrize("language", SAID)
def test_as_many_states_keep_a_counter_as_the_summary_says(language: str) -> None:
    (round,) = tomllib.loads((FOLDER / "digital-services.toml").read_text())["rounds"]
    channels = [one["answers"]["channels"]["value"] for one in round["responses"]]
    assert (len(channels), sum("counter" in one for one in channels)) == (8, 6)
    assert SAID[language] in round["summaries"][language]
