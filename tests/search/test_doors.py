"""Nothing that a reader may not see is told by any door, and what they may see is told by each.

A plan says what becomes of some things: they are closed, moved, unpublished, edited, deleted, in
any order. Whatever the plan, none of the words that no reader may see stands in any answer. A twin
that stays public has the same facts and words of its own, and is found through every door, so that
a door that shows nothing at all is noticed.
"""

import datetime
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import search.consultation_doors  # noqa: F401 — its doors are tried here, too
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from factories import (
    MadeSite,
    make_concept,
    make_family,
    make_institution,
    make_output,
    make_site,
    place,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_answers import applicants
from search.doors import (
    CONCEPT,
    DOORS,
    LISTS,
    SERIES,
    SHARED,
    SOURCES,
    STUDY,
    THEME,
    Asked,
    Reader,
    counts,
)
from storing import kept
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from contactpoint.api.dumps import kept as kept_dumps
from contactpoint.api.dumps.making import make as make_dump
from contactpoint.api.harvesting import records
from contactpoint.glossary.models import ConceptDraft, Proposal
from contactpoint.home.models import StandardPage
from contactpoint.media.models import CustomDocument, DocumentReading, DocumentText
from contactpoint.media.reading import spaced
from contactpoint.network.models import Institution
from contactpoint.outputs.models import (
    Classification,
    Family,
    Output,
    OutputFile,
    OutputInstitution,
)
from contactpoint.search import engines
from contactpoint.search.asking import answering, suggesting
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.indexing.keeping import catch_up
from contactpoint.statistics.models import CodeList, Extraction

KINDS = ("news-item", "publication", "page", "file")
_SYLLABLES = [a + b for a in "bdfgklmnprtvz" for b in "aeiou"]


def coined(number: int) -> str:
    """A word that stands in no text: three syllables of 65, and an ending that no stemmer cuts."""
    parts = [_SYLLABLES[(number * factor + 7) % 65] for factor in (1, 17, 41)]
    return f"{''.join(parts)}xt"


@dataclass
class Thing:
    """Something with words of its own; `told` are those that a reader may see now."""

    kind: str
    words: tuple[str, str]
    page: Page | None = None
    file: CustomDocument | None = None
    is_live: bool = True
    is_expired: bool = False
    is_closed: bool = False
    is_sheltered: bool = False
    drafted: tuple[str, str] | None = None
    never: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class World:
    """A site with things in it, and what readers may see of it."""

    site: MadeSite
    shelter: Page
    vault: Collection
    numbers: Iterator[int]
    things: list[Thing] = field(default_factory=list)
    is_shelter_closed: bool = False
    families: list[Family] = field(
        default_factory=lambda: [make_family(STUDY, "study"), make_family(SERIES, "series")]
    )

    def coin(self) -> tuple[str, str]:
        return coined(next(self.numbers)), coined(next(self.numbers))

    def is_open(self, thing: Thing) -> bool:
        sheltered = thing.is_sheltered and self.is_shelter_closed
        return (
            thing.page is not None
            and thing.is_live
            and not (thing.is_expired or thing.is_closed or sheltered)
        )


def make_world(site: MadeSite) -> World:
    shelter = place(site.homes["en"], StandardPage(title="Shelter", slug="shelter", live=True))
    vault = Collection.get_first_root_node().add_child(name="Vault")
    CollectionViewRestriction.objects.create(
        collection=vault, restriction_type=CollectionViewRestriction.LOGIN
    )
    make_concept(CONCEPT, en="reception")
    return World(site, shelter, vault, itertools.count(1))


def text(words: tuple[str, str]) -> dict[str, str]:
    return {"title": f"{words[0]} {words[1]}", "teaser": f"On {words[0]}, {words[1]}."}


def add(world: World, kind: str, *, is_live: bool = True) -> Thing:
    """Something that is public, unless it is not live; published as an editor does it."""
    words = world.coin()
    number = len(world.things)
    fields: dict[str, Any] = {**text(words), "slug": f"thing-{number}", "live": is_live}
    thing = Thing(kind, words, is_live=is_live)
    body = f"{SHARED}. They say {words[0]} and {words[1]}."
    if kind == "page":
        body_blocks = [("paragraph", f"<p>{body}</p>")]
        parent = world.site.homes["en"]
        thing.page = place(parent, StandardPage(body=body_blocks, **fields))
    else:
        if kind == "file":
            host = ("host", "of a file")
            fields |= {"title": f"Host {number}", "teaser": "Of a file."}
            body = f"{SHARED}. {' '.join(host)}"
            thing.file = _make_file(words, number)
        thing.page = make_output(
            world.site,
            "publication" if kind == "file" else kind,
            text=body,
            themes=[THEME],
            concepts=[CONCEPT],
            families=world.families,
            source_url="" if kind == "file" else f"{SOURCES}{words[0]}",
            published_on=datetime.date(1950 - number, 1, 1),
            **fields,
        )
        if kind == "file":
            OutputFile.objects.create(page=thing.page, document=thing.file)
        else:
            _name(thing.page, words)
    if is_live:
        thing.page.specific.save_revision().publish()
    else:
        thing.page.specific.save_revision()
    world.things.append(thing)
    return thing


def _name(page: Output, words: tuple[str, str]) -> None:
    """What only this thing has: an institution, and a keyword that is no concept."""
    OutputInstitution.objects.create(page=page, institution=_institution(words))
    Classification.objects.create(page=page, keyword=f"Keyword {words[1]}")


def _institution(words: tuple[str, str]) -> Institution:
    return make_institution(f"i-{words[0]}", en=f"Institute {words[0]}")


def _make_file(words: tuple[str, str], number: int) -> CustomDocument:
    told = f"{SHARED} {words[0]} {words[1]}"
    file = ContentFile(told.encode(), name=f"file-{number}.txt")
    document = CustomDocument.objects.create(title=f"File {words[0]} {words[1]}", file=file)
    DocumentReading.objects.update_or_create(
        document=document, defaults={"state": DocumentReading.State.READ, "pages": 1}
    )
    DocumentText.objects.filter(document=document).delete()
    DocumentText.objects.create(document=document, number=1, text=told, words=spaced(told))
    return document


# --- what may become of a thing ---


def unpublish(world: World, thing: Thing) -> None:
    thing.page.specific.unpublish()
    thing.is_live = False


def publish(world: World, thing: Thing) -> None:
    """The newest version, with what was edited."""
    thing.page.specific.get_latest_revision().publish()
    thing.is_live, thing.is_expired = True, False
    if thing.drafted:
        thing.never.append(thing.words)
        thing.words, thing.drafted = thing.drafted, None


def edit(world: World, thing: Thing) -> None:
    """A draft of something with new words, which are nobody's business yet."""
    if thing.kind == "file":
        return
    if thing.drafted:
        thing.never.append(thing.drafted)
    thing.drafted = world.coin()
    page = thing.page.specific.get_latest_revision_as_object()
    for name, value in text(thing.drafted).items():
        setattr(page, name, value)
    body = f"<p>{SHARED}. Now {thing.drafted[0]} and {thing.drafted[1]}.</p>"
    page.body = [("paragraph", body)]
    if isinstance(page, Output):
        institution = _institution(thing.drafted)
        page.source_url = f"{SOURCES}{thing.drafted[0]}"
        page.institution_links = [OutputInstitution(institution=institution)]
        kept = [one for one in page.classifications.all() if one.concept_id]
        page.classifications = [*kept, Classification(keyword=f"Keyword {thing.drafted[1]}")]
    page.save_revision()


def expire(world: World, thing: Thing) -> None:
    page = thing.page.specific
    page.expire_at = timezone.now() - datetime.timedelta(minutes=2)
    page.save()
    thing.is_expired = True


def close(kind: str) -> Callable[[World, Thing], None]:
    def closed(world: World, thing: Thing) -> None:
        row = PageViewRestriction.objects.create(
            page=thing.page, restriction_type=kind, password="open" if kind == "password" else ""
        )
        if kind == "groups":
            row.groups.add(Group.objects.get_or_create(name="Readers")[0])
        thing.is_closed = True

    closed.__name__ = f"close_by_{kind}"
    return closed


def reopen(world: World, thing: Thing) -> None:
    for row in PageViewRestriction.objects.filter(page=thing.page):
        row.delete()
    thing.is_closed = False


def move_in(world: World, thing: Thing) -> None:
    if not thing.is_sheltered:
        _moved(thing, world.shelter)
        thing.is_sheltered = True


def move_out(world: World, thing: Thing) -> None:
    if thing.is_sheltered:
        name = {"page": "", "news-item": "news"}.get(thing.kind, "publications")
        home = world.site.homes["en"]
        _moved(thing, world.site.lists["en"][name] if name else home)
        thing.is_sheltered = False


def _moved(thing: Thing, parent: Page) -> None:
    page = Page.objects.get(pk=thing.page.pk)
    page.specific.move(Page.objects.get(pk=parent.pk), pos="last-child")
    thing.page = Page.objects.get(pk=page.pk)


def close_shelter(world: World, thing: Thing) -> None:
    if not world.is_shelter_closed:
        PageViewRestriction.objects.create(page=world.shelter, restriction_type="login")
    world.is_shelter_closed = True


def open_shelter(world: World, thing: Thing) -> None:
    for row in PageViewRestriction.objects.filter(page=world.shelter):
        row.delete()
    world.is_shelter_closed = False


def lock_the_file_away(world: World, thing: Thing) -> None:
    if thing.file is not None:
        thing.file.collection = world.vault
        thing.file.save()
        thing.never.append(thing.words)


def translate(world: World, thing: Thing) -> None:
    """A version in French that is closed, and one in Dutch that is a draft."""
    if not isinstance(thing.page.specific, Output) or thing.kind == "file":
        return
    for language, state in (("fr", {"private": True}), ("nl", {"live": False})):
        words = world.coin()
        if Output.objects.filter(
            translation_key=thing.page.translation_key, locale__language_code=language
        ).exists():
            return
        version = make_output(
            world.site, thing.kind, language=language, translation_of=thing.page.specific,
            text=f"{SHARED}. {words[0]} {words[1]}", **text(words), **state,
        )  # fmt: skip
        version.save()
        thing.never.append(words)


def delete(world: World, thing: Thing) -> None:
    Page.objects.get(pk=thing.page.pk).specific.delete()
    thing.page = None


ACTIONS = [
    unpublish, publish, edit, expire, close("login"), close("password"), close("groups"), reopen,
    move_in, move_out, close_shelter, open_shelter, lock_the_file_away, translate, delete,
]  # fmt: skip
HIDING: dict[str, list[Callable[[World, Thing], None]]] = {
    "unpublished": [unpublish],
    "expired": [expire],
    "login": [close("login")],
    "password": [close("password")],
    "groups": [close("groups")],
    "moved below a closed page": [close_shelter, move_in],
    "below a page that is closed": [move_in, close_shelter],
    "edited": [edit],
    "edited and published": [edit, publish],
    "edited, published and closed": [edit, publish, close("login")],
    "edited, published and unpublished": [edit, publish, unpublish],
    "translated in secret": [translate],
    "deleted": [delete],
    "file locked away": [lock_the_file_away],
}


def carry_out(world: World, thing: Thing, actions: list[Callable[[World, Thing], None]]) -> None:
    for action in actions:
        if thing.page is None:
            return
        action(world, thing)
        if thing.page is not None:
            thing.page = Page.objects.get(pk=thing.page.pk)


# --- what must hold ---


def secrets(world: World) -> dict[str, str]:
    """Every word that no reader may see, and whose it is."""
    found: dict[str, str] = {}
    for thing in world.things:
        pairs = [*thing.never, *([thing.drafted] if thing.drafted else [])]
        if not world.is_open(thing):
            pairs.append(thing.words)
        for pair in pairs:
            found |= dict.fromkeys(pair, f"{thing.kind} {world.things.index(thing)}")
    return found


def check(world: World, *, is_stale: bool = False) -> None:
    """No door tells a secret, and each that is to show what is public does, once the index has
    caught up."""
    reader = Reader()
    kept = secrets(world)
    pairs = {pair for thing in world.things for pair in (thing.words, *thing.never)}
    pairs |= {thing.drafted for thing in world.things if thing.drafted}
    asked = [(pair, thing) for thing in world.things for pair in pairs if _is_of(pair, thing)]
    for (word, mark), thing in asked:
        url = thing.page.specific.url if thing.page is not None else ""
        # Who knows the address of a file may have it unless its collection is closed, whatever
        # becomes of the page.
        is_asked_for = thing.file and (
            world.is_open(thing) or thing.file.collection_id == world.vault.pk
        )
        file_url = thing.file.url if thing.file and is_asked_for else ""
        # Of what is hidden one word is known: the first or the other, by turns; once the index has
        # caught up, and before, it is not the same.
        is_other = word in kept and (world.things.index(thing) + is_stale) % 2
        known = mark if is_other else word
        question = Asked(known, url=url or "", file_url=file_url)
        for name, door in DOORS.items():
            if is_stale and door.lags:
                continue
            told = door.function(reader, question).lower()
            leaked = [one for one in kept if one != known and one in told]
            assert not leaked, f"{name} tells {leaked[0]} of {kept[leaked[0]]}, asked {known}"
            kind = thing.kind if thing.kind in ("page", "file") else "output"
            # What was taken from readers a moment ago takes its open versions along.
            if word not in kept and kind in door.shows and not is_stale:
                assert mark in told, f"{name} does not show the public {thing.kind} {word}"


def _is_of(pair: tuple[str, str], thing: Thing) -> bool:
    return pair == thing.words or pair in thing.never or pair == thing.drafted


def check_counts(world: World) -> None:
    """Totals and facets count what is public, and nothing else."""
    public = [thing for thing in world.things if world.is_open(thing)]
    for name, counted in counts("en"):
        assert counted.total == len(public), name
        kinds = counted.facets.get("kind", {})
        assert sum(kinds.values()) == len(public), name


def search_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Index and search there, and keep dumps there."""
    engine = EmbeddedEngine(folder / "index")
    for module in (engines, answering, suggesting):
        name = "engine" if module is engines else "engine_of_process"
        monkeypatch.setattr(module, name, lambda: engine)
    monkeypatch.setattr(kept_dumps, "folder", lambda: folder / "dumps")


@pytest.fixture
def world(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    search_in(tmp_path, monkeypatch)
    return make_world(make_site())


def test_a_public_twin_of_each_kind_is_found_through_every_door(world: World) -> None:
    for kind in KINDS:
        add(world, kind)
    assert catch_up()
    check(world)
    check_counts(world)


@pytest.mark.parametrize("state", HIDING)
def test_nothing_hidden_is_told_by_any_door(world: World, state: str) -> None:
    for kind in KINDS:
        carry_out(world, add(world, kind), HIDING[state])
    for kind in ("news-item", "publication"):
        add(world, kind)
    assert catch_up()
    check(world)
    check_counts(world)


@pytest.mark.parametrize("state", sorted(set(HIDING) - {"edited and published"}))
def test_what_was_hidden_this_moment_is_not_shown_from_an_older_index(
    world: World, state: str
) -> None:
    for kind in KINDS:
        add(world, kind)
    assert catch_up()
    make_dump()
    records.note_all()
    for thing in list(world.things):
        carry_out(world, thing, HIDING[state])
    check(world, is_stale=True)


def test_what_was_published_anew_this_moment_is_found_by_what_the_index_has(world: World) -> None:
    """So nothing vanishes while a worker is away; to take a text back at once, unpublish it."""
    thing = add(world, "news-item")
    assert catch_up()
    word, mark = thing.words
    carry_out(world, thing, [edit, publish])
    told = DOORS["searching"].function(Reader(), Asked(word)).lower()
    assert mark in told
    assert thing.words[0] not in told
    carry_out(world, thing, [unpublish])
    assert mark not in DOORS["searching"].function(Reader(), Asked(word)).lower()


def test_what_is_not_published_yet_is_told_by_no_door(world: World) -> None:
    for kind in KINDS:
        add(world, kind, is_live=False)
    planned = add(world, "news-item", is_live=False).page.specific
    planned.go_live_at = timezone.now() + datetime.timedelta(days=1)
    planned.save_revision(approved_go_live_at=planned.go_live_at)
    add(world, "news-item")
    assert catch_up()
    check(world)
    check_counts(world)


PLANS = st.lists(
    st.tuples(
        st.sampled_from(KINDS), st.booleans(), st.lists(st.sampled_from(ACTIONS), max_size=5)
    ),
    min_size=1,
    max_size=4,
)


@given(plans=PLANS)
@settings(
    max_examples=6,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a plan is short enough to be read, and each takes seconds
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_becomes_of_things_what_is_hidden_stays_so(world: World, plans: Any) -> None:
    point = transaction.savepoint()
    try:
        here = make_plan(world, plans)
        add(here, "news-item")
        assert catch_up()
        check(here)
        check_counts(here)
    finally:
        transaction.savepoint_rollback(point)


def make_plan(world: World, plans: Any) -> World:
    """The same site with nothing in it, and the things of a plan after all that became of them."""
    here = World(world.site, Page.objects.get(pk=world.shelter.pk), world.vault, itertools.count(1))
    for kind, is_live, actions in plans:
        carry_out(here, add(here, kind, is_live=is_live), actions)
    return here


def test_a_draft_of_a_concept_and_a_proposal_are_told_by_no_door(world: World) -> None:
    drafted, proposed = world.coin(), world.coin()
    ConceptDraft.objects.create(
        concept=None, slug=drafted[0], payload={"labels": [{"text": drafted[1], "language": "en"}]}
    )
    Proposal.objects.create(
        reference="r", kind="term", language="en", text=" ".join(proposed), source="A law"
    )
    public = world.coin()
    make_concept(public[0], en=" ".join(public))
    reader = Reader()
    for word, mark in (drafted, proposed, public):
        for known, other in ((word, mark), (mark, word)):
            for name, door in DOORS.items():
                told = door.function(reader, Asked(known)).lower()
                if word != public[0]:
                    assert other not in told, name
                elif "concept" in door.shows:
                    assert other in told, name


def test_figures_that_were_set_aside_are_told_by_no_door(world: World) -> None:
    public, (word, mark) = world.coin(), world.coin()
    make_concept("first-time-applicant", en=f"{public[0]} {public[1]}")
    known = kept(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765])).extraction
    Extraction.objects.create(
        dataset=known.dataset, first=known.first, last=known.last, state="aside", checksum="x",
        source=word, publisher=mark, updated=mark, unit=mark, findings=[{"message": mark}],
    )  # fmt: skip
    CodeList.objects.create(
        dataset=known.dataset, language="fr", dimension="geo", labels={"EL": mark}
    )
    assert catch_up()
    reader = Reader()
    for name, door in DOORS.items():
        assert mark not in door.function(reader, Asked(word)).lower(), name
        if name in ("searching", "taking_the_results_along", "searching_from_the_command_line"):
            assert public[1] in door.function(reader, Asked(public[0])).lower(), name
    told = reader.get("/en/search/", q=public[0])
    assert "/en/statistics/first-time-applicants/" in told
    assert "Statistics" in told
    assert "/statistics/countries/el/" not in reader.get("/en/search/", q="Greece")
    assert "/statistics/countries/be/" in reader.get("/en/search/", q="Belgium")
    assert "/nl/statistics/countries/be/" in reader.get("/nl/search/", q="België")


def test_every_door_says_what_it_shows() -> None:
    shown = {kind for door in DOORS.values() for kind in door.shows}
    # Those of answers and of guidance stand in files of their own, which this process may have read
    # or not.
    assert shown - {"answer", "guide", "place"} == {"output", "page", "file", "concept"}
    assert len(LISTS) == 6
