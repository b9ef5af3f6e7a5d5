"""No door tells a word of guidance that isn't published, whatever becomes of texts and places; what
is published is found through each that shows it, in whichever language somebody asks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import search.guidance_doors  # noqa: F401 — its doors are tried here
from django.db import transaction
from factories import make_site
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from search.doors import DOORS, Asked, Reader
from search.guidance_doors import LANGUAGES
from search.test_doors import coined, search_in

from contactpoint.api.dumps import kept as kept_dumps
from contactpoint.api.dumps.making import make as make_dump
from contactpoint.guidance.everywhere import making, pack
from contactpoint.guidance.models import Guide, GuideText, GuideTheme, Place
from contactpoint.search.indexing.keeping import catch_up

OF_GUIDANCE = ("guide", "place")
BESIDE = ("sitemap", "sound_of_guides", "typing", "dumps_of_before")


@pytest.fixture(autouse=True)
def site(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    search_in(tmp_path, monkeypatch)
    make_site()
    theme = GuideTheme.objects.create(code="procedure", icon="road")
    for code in ("first", "second", "always"):
        Guide.objects.create(theme=theme, code=code, icon="hand")
    publish(GuideText(guide=Guide.objects.get(code="always"), language="en"), coined(900))


def body(word: str) -> list[dict[str, Any]]:
    return [
        {"id": "about", "kind": "paragraph", "text": f"{word} stands here."},
        {"id": "minor", "kind": "paragraph", "text": f"{word} too.", "for": ["minor"]},
    ]


def publish(text: GuideText, word: str) -> None:
    text.title = text.summary = f"About {word}"
    text.body = body(word)
    text.save()
    text.save_revision().publish()


class Texts:
    """A text in a language: the words that readers may see, and those that they may not."""

    def __init__(self, code: str, language: str, at: int) -> None:
        self.code, self.language, self.at = code, language, at
        self.public = ""
        self.secret: set[str] = set()

    @property
    def row(self) -> GuideText | None:
        return GuideText.objects.filter(guide__code=self.code, language=self.language).first()

    def coin(self) -> str:
        self.at += 10
        return coined(self.at)

    def drop(self) -> None:
        self.secret |= {self.public} - {""}
        self.public = ""

    def publish(self) -> None:
        self.drop()
        self.public = self.coin()
        row = self.row or GuideText(guide=Guide.objects.get(code=self.code), language=self.language)
        publish(row, self.public)

    def draft(self) -> None:
        word = self.coin()
        self.secret.add(word)
        row = self.row
        if row is None:
            row = GuideText(
                guide=Guide.objects.get(code=self.code), language=self.language, live=False,
                title=word, summary=word, body=body(word),
            )  # fmt: skip
            row.save()
        row.title = row.summary = f"About {word}"
        row.body = body(word)
        row.save_revision()

    def unpublish(self) -> None:
        if (row := self.row) is not None and row.live:
            row.unpublish()
            self.drop()

    def delete(self) -> None:
        if (row := self.row) is not None:
            row.delete()
            self.drop()


ACTIONS: list[Callable[[Texts], None]] = [
    Texts.publish, Texts.draft, Texts.unpublish, Texts.delete,
]  # fmt: skip


def told(
    word: str, language: str = "en", *, is_stale: bool = False, reader: Reader | None = None
) -> dict[str, str]:
    reader = reader or Reader()
    return {
        name: door.function(reader, Asked(word, language)).lower()
        for name, door in DOORS.items()
        if {*OF_GUIDANCE} & door.shows or name in BESIDE
        if not (is_stale and door.lags)
    }


def make_packs() -> None:
    for language in LANGUAGES:
        if GuideText.objects.filter(language=language, live=True).exists():
            making.make(language)
        else:
            pack.forget(language)  # of another plan


def check(texts: list[Texts], *, is_stale: bool = False) -> None:
    if not is_stale:
        make_packs()
    secret = {word for one in texts for word in one.secret}
    public = {one.public: one for one in texts if one.public}
    reader = Reader()  # nothing changes between two questions: an address is fetched once
    for word in (*sorted(secret)[:2], *public, "nothing"):
        for language in ("en", "fr"):
            for name, answer in told(word, language, is_stale=is_stale, reader=reader).items():
                # A page repeats what it was asked.
                said = answer.replace(word, "") if word in secret else answer
                assert not {one for one in secret if one in said}, name
                if word in public and "guide" in DOORS[name].shows and not is_stale:
                    assert word in said, name
                    if name == "guidance_in_the_results":
                        one = public[word]
                        assert f"/{one.language}/guidance/procedure/{one.code}/" in said


PLANS = st.lists(
    st.tuples(
        st.sampled_from(["first", "second"]),
        st.sampled_from(["en", "ar"]),
        st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=4),
    ),
    min_size=1, max_size=3, unique_by=lambda one: one[:2],
)  # fmt: skip


@given(plan=PLANS)
@settings(
    max_examples=8, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_whatever_becomes_of_texts_drafts_are_told_by_no_door(plan: Any) -> None:
    point = transaction.savepoint()
    for one in kept_dumps.dumps():  # of another plan, whose words may be secret in this one
        one.remove()
    try:
        texts = []
        for number, (code, language, actions) in enumerate(plan):
            texts.append(Texts(code, language, number))
            for action in actions:
                action(texts[-1])
        assert catch_up()
        check(texts)
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("taking", [Texts.unpublish, Texts.delete])
def test_a_text_that_was_taken_back_this_moment_is_told_by_no_door(
    taking: Callable[[Texts], None],
) -> None:
    texts = [Texts("first", "en", 0), Texts("second", "ar", 1)]
    for one in texts:
        one.publish()
    assert catch_up()
    make_packs()
    make_dump()
    taking(texts[0])
    check(texts, is_stale=True)
    assert catch_up()
    check(texts)


def test_a_place_is_found_until_it_is_deleted() -> None:
    word = coined(700)
    place = Place.objects.create(code="there", kind="office", names={"en": f"Office {word}"})
    assert catch_up()
    for name, said in told(word).items():
        if "place" in DOORS[name].shows:
            assert f"office {word}" in said, name
    place.delete()
    for is_stale in (True, False):
        for said in told(word, is_stale=is_stale).values():
            assert f"office {word}" not in said
        assert catch_up()
