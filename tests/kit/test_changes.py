"""Statements tell which tables they change and read, whoever wrote them."""

import pytest

from contactpoint.kit.changes import APART, EVERYTHING, UNSEEN, _read, _written, group_of


@pytest.mark.parametrize(("sql", "table"), [
    ('INSERT INTO "outputs_output" ("a") VALUES (%s)', "outputs_output"),
    ("INSERT OR IGNORE INTO `outputs_output` VALUES (1)", "outputs_output"),
    ('UPDATE "outputs_output" SET "a" = (SELECT 1 FROM "glossary_theme")', "outputs_output"),
    ('DELETE FROM "outputs_output" WHERE "id" IN (1)', "outputs_output"),
    ('SELECT "a" FROM "outputs_output" FOR UPDATE', ""),
    ("SAVEPOINT s1", ""),
    ("PRAGMA data_version", ""),
    ("WITH one AS (SELECT 1) SELECT * FROM one", ""),
    ("WITH one AS (SELECT 1) UPDATE outputs_output SET a = 1", EVERYTHING),
    ("ALTER TABLE outputs_output ADD a integer", EVERYTHING),
    ("TRUNCATE outputs_output", EVERYTHING),
])  # fmt: skip
def test_the_table_that_is_written_is_known_or_everything_is_taken_for_changed(
    sql: str, table: str
) -> None:
    assert _written(sql) == table


def test_a_statement_tells_the_tables_apart_that_it_reads() -> None:
    sql = (
        'SELECT 1 FROM "consultations_round" INNER JOIN "consultations_answer" ON 1 = 1 '
        'LEFT OUTER JOIN "outputs_output" ON 1 = 1'
    )
    assert _read(sql) == {"consultations_round", "consultations_answer"}


def test_tables_that_readers_see_are_told_of() -> None:
    for table in (
        *("outputs_output", "wagtailcore_page", "glossary_concept", "home_homepage"),
        *("dissemination_post", "dissemination_issue"),  # an item's page links to its posts
    ):
        assert not UNSEEN.match(table)
        assert group_of(table) == EVERYTHING
    assert APART.match("consultations_answer")
    assert group_of("consultations_answer") == "consultations_answer"
    for table in (
        "django_session",
        "wagtailcore_revision",
        "kit_pagereads",
        "search_askedquestion",
    ):
        assert UNSEEN.match(table)
