"""`contactpoint statistics` says in plain words what it did and what to do next."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from made_answers import applicants

from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.management.commands.statistics import Command
from contactpoint.statistics.models import Dataset

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> str:
    out = io.StringIO()
    call_command("statistics", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_file_is_stored_once(answer_file: Path) -> None:
    said = run("load", answer_file, "--extracted", "2019-06-17")
    assert said.strip() == (
        "migr_asyappctzm: 12 cells in 2 series are stored, extracted 2019-06-17."
    )
    assert "nothing is new; the figures are those of 2019-06-17" in run("load", answer_file)


def test_a_day_that_nobody_told_is_named(answer_file: Path) -> None:
    assert "the day on which the file was saved; --extracted tells another" in run(
        "load", answer_file
    )


def test_loading_can_be_read_by_a_machine(answer_file: Path) -> None:
    said = json.loads(run("load", answer_file, "--extracted", "2019-06-17", "--json"))
    assert (said["dataset"], said["new"], said["cells"]) == ("migr_asyappctzm", True, 12)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("load", "nothing"), "nothing is neither a file nor a dataset that is fetched"),
        (("load", "/nowhere/x.tsv"), "/nowhere/x.tsv: No such file or directory"),
        (("load", "/dev"), "is no regular file|Is a directory"),
        (("load", "migr_eiord", "--dataset", "x"), "are for files"),
        (("load", "{file}", "--extracted", "soon"), "'soon' is no day. Write one as 2019-06-17"),
        (("load", "{file}", "--mapping", "/nowhere.toml"), "/nowhere.toml: No such file"),
        (("report", "2018Q4", "--known", "2018-13-01"), "'2018-13-01' is no day"),
        (
            ("report", "2018Q4", "--country", "XX"),
            "No country is known as XX. There are: AM, AT, .* UA, UK",
        ),
        (("report", "2018Q4", "--country", "EU28"), "No country is known as EU28"),
        (("write", "2018Q4", "--country", "<b>"), "No country is known as <B>"),
        (("report", "2018Q7"), "'2018Q7' is no period"),
        (("report", "2018Q4", "--language", "xx"), "invalid choice: 'xx'"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    answer_file: Path, arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        run(*(one.format(file=answer_file) for one in arguments))


def test_a_bad_day_leaves_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        Command().run_from_argv(
            ["contactpoint", "statistics", "report", "2018Q4", "--known", "2018-13-01"]
        )
    assert "'2018-13-01' is no day. Write one as 2019-06-17." in capsys.readouterr().err


def test_a_surprise_says_where_it_is_and_what_to_do(answer_file: Path) -> None:
    run("load", answer_file, "--extracted", "2019-06-17")
    answer_file.write_bytes(applicants(BE=[1] * 6, XX=[1] * 6))
    with pytest.raises(CommandError, match="The code XX in geo is new; its first cell is") as told:
        run("load", answer_file)
    assert "--accept" in str(told.value)
    assert "set aside" in run("status")
    assert "are stored" in run("load", answer_file, "--accept")


def test_a_report_of_what_is_shipped_is_true() -> None:
    load_shipped()
    said = run("report", "2018Q4")
    assert "151,000 people applied for asylum for the first time in the EU-28, up 3" in said
    assert "Belgium: Nothing of migr_asyappctzm is stored yet. Load it: contactpoint" in said
    assert "extracted 17 June 2019" in said
    assert json.loads(run("report", "2018Q4", "--json"))["period"] == "2018-Q4"


def test_a_country_may_be_named_as_others_do(answer_file: Path) -> None:
    answer_file.write_bytes(applicants(EL=[1000] * 6))
    run("load", answer_file)
    assert "3,000 people applied for asylum for the first time in Greece" in run(
        "report", "2018Q4", "--country", "gr"
    )


def test_the_status_says_how_old_figures_are_and_what_is_wrong(
    answer_file: Path, django_assert_num_queries: Any
) -> None:
    load_shipped()
    run("load", answer_file, "--extracted", "2019-06-17")
    Dataset.objects.filter(code="migr_eiord").update(problem="The server took too long.")
    text = run("status")
    assert "migr_eiord: The server took too long." in text
    assert "CONTACTPOINT_LOAD_STATISTICS is no" in text
    assert "The glossary has no concept pending-application" in text
    with django_assert_num_queries(3):
        run("status", "--json")
    rows = {one["code"]: one for one in json.loads(run("status", "--json"))["datasets"]}
    assert rows["migr_asyappctzm"]["newest"] == "2019-06-17"
    assert rows["migr_asyappctzm"]["days"] > 2000
    assert (rows["migr_eiord"]["newest"], rows["migr_eiord"]["vintages"]) == (None, 0)
    assert rows["published-figures"]["vintages"] == 10
