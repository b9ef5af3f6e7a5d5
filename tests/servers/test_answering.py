"""Respondents of a real server: many at once, and one that is killed while they answer."""

import threading
import time
from pathlib import Path

import pytest
from answering_at_once import Portal, Told, compared, crowd, serving
from made_once import empty_site

pytestmark = pytest.mark.xdist_group("servers")


@pytest.fixture
def portal(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
) -> Portal:
    url = request.getfixturevalue("postgresql") if request.param == "PostgreSQL" else ""
    made = Portal(empty_site(tmp_path_factory, tmp_path), url)
    made.run(
        "from contactpoint.config.site import prepare; prepare()\n"
        "from contactpoint.consultations.models import Instrument, Response, Round\n"
        "Response.objects.all().delete(); Round.objects.filter(code='crowd').delete()\n"
        "Instrument.objects.filter(code='crowd').delete()"
    )
    return made


@pytest.mark.parametrize(
    "portal", [pytest.param("SQLite", marks=pytest.mark.soak), "PostgreSQL"], indirect=True
)
def test_a_server_that_is_killed_loses_no_confirmed_answer_and_all_go_on(portal: Portal) -> None:
    portal.make(is_anonymous=True)
    told = Told()
    with serving(portal):
        answering = threading.Thread(
            target=crowd, args=(portal.address, 12), kwargs={"at_once": 6, "told": told}
        )
        answering.start()
        for _kill in range(2):
            before = len(told.confirmed)
            until = time.monotonic() + 60
            while len(told.confirmed) < before + 3 and time.monotonic() < until:
                time.sleep(0.05)
            portal.kill()
            portal.start()
        answering.join()
    assert told.asked_again > 0, "nobody noticed that it was killed"
    assert len(told.sent) == 12
    found = compared(portal.stored(), told)
    assert (found["lost"], found["doubled"], found["mixed"]) == (0, 0, 0)
    assert (found["sent"], found["stored"]) == (12, 12 * 30)


@pytest.mark.parametrize(
    "portal", ["SQLite", pytest.param("PostgreSQL", marks=pytest.mark.soak)], indirect=True
)
def test_double_clicks_of_many_store_once_and_the_quota_holds(portal: Portal) -> None:
    portal.make(quota=5)
    with serving(portal):
        told = crowd(portal.address, 10, at_once=10, twice=True)
    found = compared(portal.stored(), told)
    assert (found["lost"], found["doubled"], found["mixed"]) == (0, 0, 0)
    assert found["sent"] == len(told.sent) == 5
    assert len(told.refused) == 5
