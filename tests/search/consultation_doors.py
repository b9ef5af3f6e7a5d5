"""The doors of consultations: what somebody who isn't signed in gets of what states answered.

Rounds that the doors knock at have the codes of `ROUNDS`; one that isn't there, or isn't public,
tells nothing.
"""

from typing import Final

from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from search.doors import THEME, Asked, Reader, door

from contactpoint.consultations.compilations import showing
from contactpoint.consultations.compilations.formats import FORMATS
from contactpoint.consultations.compilations.gathering import found_round
from contactpoint.consultations.models import Attachment
from contactpoint.consultations.reaching import Circle
from contactpoint.outputs.models import Publication

ROUNDS: Final = ("round-0", "round-1", "round-2", "round-3")
STATES: Final = ("AT", "BE", "DE", "ES", "FR", "NL", "PL", "SE")
QUESTIONS: Final = ("one", "many", "matrix", "text", "long", "rich", "file")
"""By which an address narrows."""


def _base(asked: Asked, code: str) -> str:
    return f"/{asked.language}/consultations/{code}/"


@door()
def lists_of_consultations(reader: Reader, asked: Asked) -> str:
    names = ("", "feed.atom", "feed.json", "feed.rss", "consultations.json", "room/")
    return "".join(reader.get(_base(asked, "")[:-1] + name) for name in names)


@door()
def pages_of_rounds(reader: Reader, asked: Asked) -> str:
    told = ""
    for code in ROUNDS:
        told += reader.get(_base(asked, code))
        told += reader.get(_base(asked, code), state=list(STATES[:2]), question="text")
    return told


@door("answer")
def queries_for_programs(reader: Reader, asked: Asked) -> str:
    return reader.get("/api/v1/queries", limit=100) + "".join(
        reader.get(f"/api/v1/queries/{code}") for code in ROUNDS
    )


@door("answer")
def compilations_in_pages(reader: Reader, asked: Asked) -> str:
    """As the page of a round includes them, whatever stands around."""
    told = ""
    for code in ROUNDS:
        for query in ({}, {"state": list(STATES), "question": list(QUESTIONS)}):
            key = f"{asked.language} {code} {sorted(query)}"
            if key not in reader.kept:
                reader.kept[key] = _rendered(asked, code, query)
            told += reader.kept[key]
    return told


def _rendered(asked: Asked, code: str, query: dict[str, list[str]]) -> str:
    round = found_round(Circle.PUBLIC, code)
    if round is None:
        return ""
    request = RequestFactory().get(_base(asked, code), query)
    with override(asked.language):
        return render_to_string(showing.TEMPLATE, showing.context(round, request), request)


@door("answer")
def compilations_as_files(reader: Reader, asked: Asked) -> str:
    endings = set(FORMATS) - {"pdf"}
    return "".join(
        reader.get(f"{_base(asked, code)}compilation.{ending}")
        for code in ROUNDS
        for ending in sorted(endings)
    )


@door("answer")
def compilations_on_paper(reader: Reader, asked: Asked) -> str:
    return "".join(reader.get(f"{_base(asked, code)}compilation.pdf") for code in ROUNDS)


@door()
def results_of_surveys(reader: Reader, asked: Asked) -> str:
    return "".join(
        reader.get(f"{_base(asked, code)}results.{ending}")
        for code in ROUNDS
        for ending in ("csv", "xlsx", "json")
    )


@door()
def what_is_for_the_network(reader: Reader, asked: Asked) -> str:
    told = reader.get(f"{_base(asked, 'room')}validity/")
    for code in ROUNDS:
        told += reader.get(f"{_base(asked, code)}network/")
        for ending in FORMATS:
            told += reader.get(f"{_base(asked, code)}network/compilation.{ending}")
    return told


@door()
def attachments(reader: Reader, asked: Asked) -> str:
    """Somebody knows every reference there is, and to which round it belongs."""
    if asked.language != "en":
        return ""  # the language changes nothing of a file
    rows = Attachment.objects.order_by("reference")
    known = rows.values_list("response__round__code", "reference")
    return "".join(
        reader.get(f"{_base(asked, code)}{path}{reference}/")
        for code, reference in known
        for path in ("attachments/", "network/attachments/")
    )


@door("answer")
def comparing_states(reader: Reader, asked: Asked) -> str:
    told = ""
    for states in (STATES[:6], STATES[2:]):
        for query in ({}, {"theme": THEME}):
            told += reader.get(_base(asked, "compare"), state=list(states), **query)
    return told + reader.get(_base(asked, "compare"))


@door()
def reports_of_states(reader: Reader, asked: Asked) -> str:
    """Somebody knows the address of each report, and of each copy of one."""
    pages = Publication.objects.filter(locale__language_code=asked.language).order_by("pk")
    return "".join(reader.get(f"{page.url}{more}") for page in pages for more in ("", "print.pdf"))
