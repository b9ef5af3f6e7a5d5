"""Each thing that changes what readers find is written down, by itself and in its transaction."""

from collections.abc import Callable
from datetime import date
from typing import Any

import made_files as made
import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from factories import (
    MadeSite,
    make_concept,
    make_country,
    make_family,
    make_institution,
    make_output,
    make_theme,
)
from small_glossary import draft, three
from wagtail.models import CollectionViewRestriction, Locale, Page, PageViewRestriction

from contactpoint.accounts.models import User
from contactpoint.glossary import actions as glossary_actions
from contactpoint.glossary import deciding
from contactpoint.glossary.models import Concept
from contactpoint.glossary.signals import concepts_changed
from contactpoint.intake.actions.removal import remove_pages
from contactpoint.media.actions import read
from contactpoint.media.models import Captions, CustomDocument, Recording
from contactpoint.outputs import merging, resolving
from contactpoint.outputs.batch import create_pages
from contactpoint.outputs.models import (
    Classification,
    Family,
    FamilyLink,
    NewsItem,
    Output,
    OutputFile,
)
from contactpoint.search import sources
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.indexing.changes import changed
from contactpoint.search.models import Change, Index

Waiting = Callable[[], set[str]]


def key(page: Page) -> str:
    return f"output:{page.translation_key}"


def page_key(page: Page) -> str:
    return f"page:{page.translation_key}"


@pytest.fixture
def item(indexed: EmbeddedEngine, site: MadeSite, waiting: Waiting) -> Output:
    """An item whose writing has been heard of."""
    page = make_output(site, title="Item", themes=["asylum"], concepts=["reception"])
    waiting()
    return page


def published(page: Page) -> None:
    page.save_revision().publish()


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def test_publishing(item: Output, waiting: Waiting) -> None:
    page = fresh(item)
    page.title = "Other"
    published(page)
    assert waiting() == {key(item)}


def test_a_draft_changes_nothing(item: Output, site: MadeSite, waiting: Waiting) -> None:
    page = fresh(item)
    page.title = "Other"
    page.save_revision()
    site.lists["en"]["news"].add_child(instance=NewsItem(title="Draft", live=False))
    assert waiting() == set()


def test_unpublishing(item: Output, waiting: Waiting) -> None:
    fresh(item).unpublish()
    assert waiting() == {key(item)}


def test_deleting_one(item: Output, waiting: Waiting) -> None:
    fresh(item).delete()
    assert waiting() == {key(item)}


def test_deleting_a_part_of_the_tree_asks_once(
    site: MadeSite, item: Output, waiting: Waiting, django_assert_max_num_queries: Any
) -> None:
    pages = [make_output(site, title=f"Item {number}") for number in range(20)]
    waiting()
    with django_assert_max_num_queries(10_000) as queries:
        Page.objects.get(pk=site.lists["en"]["news"].pk).delete()
    written = [one["sql"] for one in queries.captured_queries if "search_change" in one["sql"]]
    assert len(written) == 1
    assert waiting() == {key(page) for page in [item, *pages]}


def test_a_new_address_of_a_page_is_one_of_all_below(
    site: MadeSite, item: Output, waiting: Waiting
) -> None:
    page = fresh(site.lists["en"]["news"])
    page.slug = "reports"
    page.save()
    assert waiting() == {key(item)}


def test_moving_a_page_moves_all_below(site: MadeSite, item: Output, waiting: Waiting) -> None:
    network = site.standard["en"]["network"]
    fresh(site.standard["en"]["work-programme"]).move(fresh(network), pos="first-child")
    assert waiting() == {page_key(site.standard["en"]["work-programme"])}
    fresh(site.lists["en"]["news"]).move(fresh(network), pos="last-child")
    assert waiting() == {key(item)}


def test_translating(item: Output, site: MadeSite, waiting: Waiting) -> None:
    other = fresh(item).copy_for_translation(Locale.objects.get(language_code="fr"))
    assert waiting() == set()
    published(other)
    assert waiting() == {key(item)}


def test_an_alias_is_there_at_once(item: Output, waiting: Waiting) -> None:
    fresh(item).copy_for_translation(Locale.objects.get(language_code="fr"), alias=True)
    assert waiting() == {key(item)}
    page = fresh(item)
    page.title = "Other"
    published(page)
    assert waiting() == {key(item)}


def test_closing_and_opening_a_part_of_the_tree(
    site: MadeSite, item: Output, waiting: Waiting
) -> None:
    restriction = PageViewRestriction.objects.create(
        page=site.lists["en"]["news"], restriction_type="login"
    )
    assert waiting() == {key(item)}
    restriction.delete()
    assert waiting() == {key(item)}
    PageViewRestriction.objects.create(page=site.homes["en"], restriction_type="login")
    assert waiting() == {
        key(item),
        page_key(site.homes["en"]),
        *(page_key(page) for page in site.standard["en"].values()),
    }


def test_a_closed_page_and_what_is_written_of_it_share_a_transaction(
    site: MadeSite, indexed: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wagtail's view saves it in none."""
    page = make_output(site)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("contactpoint.search.indexing.listening.changed", fail)
    with pytest.raises(RuntimeError, match="killed"):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert not PageViewRestriction.objects.exists()


def test_what_a_decision_on_a_keyword_changes(
    site: MadeSite, item: Output, waiting: Waiting
) -> None:
    user = User.objects.create_superuser("root@portal.test", "secret")
    Classification.objects.create(page=item, keyword="Opvang", resolves_to="unknown")
    resolving.map_keyword(
        ["opvang"], make_concept("reception"), user=user, language="nl", remembers=False
    )
    assert waiting() == {key(item)}
    resolving.map_keyword(["nothing"], make_concept("reception"), user=user, language="nl")
    assert waiting() == set()


def test_what_was_about_a_merged_concept(site: MadeSite, item: Output, waiting: Waiting) -> None:
    old, new = make_concept("reception"), make_concept("housing")
    old.status, old.successor = "deprecated", new
    old.save()
    assert waiting() == {"concept:reception", "concept:housing"}
    merging.lead_on()
    assert waiting() == {key(item)}


def test_a_new_version_of_the_glossary(indexed: EmbeddedEngine, waiting: Waiting) -> None:
    administrator = User.objects.create_superuser("root@portal.test", "secret")
    glossary_actions.load_scheme(three())
    assert waiting() == {"concept:asylum", "concept:reception", "concept:housing"}
    draft("housing", id="lodging")
    glossary_actions.publish("2.0", "New words.", by=administrator)
    assert waiting() == {"concept:housing", "concept:lodging", "concept:reception"}


def test_a_learnt_and_a_forgotten_label(indexed: EmbeddedEngine, waiting: Waiting) -> None:
    concept = make_concept("reception")
    waiting()
    deciding.learn(concept, ["Centre of reception"], "en")
    assert waiting() == {"concept:reception"}
    deciding.forget(["centre of reception"], ["en"], concept.pk)
    assert waiting() == {"concept:reception"}
    deciding.withdraw(deciding.propose({"en": "New one"}))
    assert waiting() == {"concept:new-one"}


def test_a_theme_under_another_name(item: Output, waiting: Waiting) -> None:
    theme = make_theme("asylum")
    theme.labels = {"en": "Protection"}
    theme.save()
    assert waiting() == {"theme:asylum"}


def test_a_theme_that_is_moved_or_renamed(site: MadeSite, item: Output, waiting: Waiting) -> None:
    theme, child = make_theme("asylum"), make_theme("shelter", parent="asylum")
    below = make_output(site, themes=[child])
    theme.concepts.add(make_concept("reception"))
    waiting()
    theme.parent = make_theme("society")
    theme.save()
    told = {"theme:asylum", "theme:shelter", "concept:reception", key(item), key(below)}
    assert waiting() - {"theme:society"} == told
    theme.slug = "refuge"
    theme.save()
    assert waiting() == told | {"theme:refuge"}


def test_what_changes_a_family_is_heard(
    site: MadeSite, indexed: EmbeddedEngine, waiting: Waiting
) -> None:
    page = make_output(site, "publication")
    waiting()
    family = make_family("one", "study", en="Pathways")
    assert waiting() == {"family:one"}
    FamilyLink.objects.create(page=page, family=family)
    assert waiting() == {"family:one"}
    page.specific.unpublish()
    assert waiting() == {"family:one", f"output:{page.translation_key}"}
    page = page.specific_class.objects.get(pk=page.pk)
    page.save_revision().publish()
    assert "family:one" in waiting()
    family.slug = "two"
    family.save()
    assert waiting() == {"family:one", "family:two"}
    page.delete()
    assert "family:two" in waiting()
    Family.objects.all().delete()
    assert waiting() == {"family:two"}


def hidden() -> dict[str, bool]:
    """Of studies, whether what waits for them hides them."""
    found = dict(Change.objects.filter(key__startswith="family:").values_list("key", "hides"))
    Change.objects.all().delete()
    return found


@pytest.mark.parametrize("way", ["off the web", "closed list", "moved below a closed page"])
def test_a_study_is_hidden_with_the_last_of_it_that_readers_see(
    site: MadeSite, indexed: EmbeddedEngine, way: str
) -> None:
    family = make_family("one", "study", en="Pathways")
    pages = [make_output(site, kind, families=[family]) for kind in ("publication", "news-item")]
    lists = [page.get_parent() for page in pages]
    closed = site.standard["en"]["network"]
    if way.startswith("moved"):
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
    hidden()
    taken: list[Any] = []
    for page, above, is_last in zip(pages, lists, [False, True], strict=True):
        if way == "off the web":
            page.specific.unpublish()
        elif way == "closed list":
            taken.append(PageViewRestriction.objects.create(page=above, restriction_type="login"))
        else:
            above.move(closed, pos="last-child")
        assert hidden() == {"family:one": is_last}
    if way == "closed list":
        taken[0].delete()
        assert hidden() == {"family:one": False}


def test_concepts_of_a_theme(indexed: EmbeddedEngine, waiting: Waiting) -> None:
    theme = make_theme("asylum")
    first, second = make_concept("reception"), make_concept("housing")
    waiting()
    theme.concepts.set([first, second])
    assert waiting() == {"concept:reception", "concept:housing"}
    theme.concepts.set([first])
    assert waiting() == {"concept:housing"}
    theme.concepts.clear()
    assert waiting() == {"concept:reception"}


def test_institutions_and_countries_under_another_name(
    site: MadeSite, indexed: EmbeddedEngine, waiting: Waiting
) -> None:
    myria, belgium = make_institution("myria"), make_country("BE")
    first = make_output(site, institutions=[myria])
    second = make_output(site, countries=[belgium])
    waiting()
    myria.save()
    assert waiting() == {key(first)}
    belgium.save()
    assert waiting() == {key(second)}


def test_a_file_that_is_read_renamed_closed_or_opened(item: Output, waiting: Waiting) -> None:
    document = CustomDocument.objects.create(
        title="Study", language="en", file=ContentFile(made.pdf(["The okapi."]), name="s.pdf")
    )
    OutputFile.objects.create(page=item, document=document)
    published(fresh(item))
    waiting()
    read(document, again=True)
    assert waiting() == {key(item)}
    (pages,) = [version.files for version in sources.documents([key(item)])[0].versions]
    assert [(one.file, one.number, one.language) for one in pages] == [("Study", 1, "en")]
    assert "okapi" in pages[0].text
    document.title = "Report"
    document.save()
    assert waiting() == {key(item)}
    closed = CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="login"
    )
    assert waiting() == {key(item)}
    assert not sources.documents([key(item)])[0].versions[0].files
    closed.delete()
    assert waiting() == {key(item)}


def test_the_words_of_a_film_that_are_written_closed_opened_or_deleted(
    site: MadeSite, indexed: EmbeddedEngine, waiting: Waiting
) -> None:
    film = Recording.objects.create(title="Film", type="video", file="media/f.webm", duration=2)
    page = make_output(site, "video", recording=film)
    waiting()
    cue = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nThe okapi.\n"
    Captions.objects.create(recording=film, language="en", text=cue)
    assert waiting() == {key(page)}
    assert "okapi" in sources.documents([key(page)])[0].versions[0].text
    closed = CollectionViewRestriction.objects.create(
        collection=film.collection, restriction_type="login"
    )
    assert waiting() == {key(page)}
    assert "okapi" not in sources.documents([key(page)])[0].versions[0].text
    closed.delete()
    assert waiting() == {key(page)}
    film.delete()
    assert waiting() == {key(page)}


def test_a_batch_is_written_down_at_once(
    site: MadeSite, indexed: EmbeddedEngine, waiting: Waiting, django_assert_max_num_queries: Any
) -> None:
    def make(count: int) -> int:
        pages = [NewsItem(title=f"Item {n}", published_on=date(2020, 1, 1)) for n in range(count)]
        with django_assert_max_num_queries(10_000) as queries:
            made = create_pages(site.lists["en"]["news"], pages)
        assert waiting() == {key(page) for page in made}
        remove = [page.pk for page in made]
        with django_assert_max_num_queries(10_000) as gone:
            remove_pages(remove)
        assert waiting() == {key(page) for page in made}
        both = [*queries.captured_queries, *gone.captured_queries]
        own = ('"search_index"', '"search_change"')
        return sum(any(table in one["sql"] for table in own) for one in both)

    assert make(1) == make(60) == 4


def test_nothing_is_written_down_where_there_is_no_index(
    site: MadeSite, django_assert_num_queries: Any
) -> None:
    make_output(site)
    assert not Change.objects.exists()
    with django_assert_num_queries(1):
        changed(["output:1", "output:2"])
    with django_assert_num_queries(0):
        changed([])


def test_what_is_rolled_back_was_never_written_down(item: Output, waiting: Waiting) -> None:
    try:
        with transaction.atomic():
            published(fresh(item))
            raise RuntimeError
    except RuntimeError:
        pass
    assert waiting() == set()


def test_two_indexes_are_told_alike_and_an_old_one_is_not(item: Output) -> None:
    Index.objects.create(name="new", engine="folder")
    Index.objects.create(name="old", engine="folder", state=Index.State.OLD)
    published(fresh(item))
    told = set(Change.objects.values_list("index__name", "key"))
    current = Index.objects.get(state=Index.State.CURRENT)
    assert told == {("new", key(item)), (current.name, key(item))}


# --- what hides a thing until it is applied, and what leaves its old text there ---


def hides(keys: set[str]) -> set[str]:
    """Those that are out of all that is told, of all that waits; forgets what waits."""
    assert set(Change.objects.values_list("key", flat=True)) == keys
    found = set(Change.objects.filter(hides=True).values_list("key", flat=True))
    Change.objects.all().delete()
    return found


def test_what_is_written_anew_is_found_as_it_was(item: Output, site: MadeSite) -> None:
    page = fresh(item)
    page.title = "Other"
    published(page)
    assert hides({key(item)}) == set()
    listed = fresh(site.lists["en"]["news"])
    listed.slug = "reports"
    listed.save()
    assert hides({key(item)}) == set()
    create_pages(listed, [NewsItem(title="New", published_on=date(2020, 1, 1))])
    assert hides({key(NewsItem.objects.get(title="New"))}) == set()


def test_what_is_taken_from_readers_is_hidden_at_once(item: Output, site: MadeSite) -> None:
    here = {key(item)}
    news, network = site.lists["en"]["news"], site.standard["en"]["network"]
    fresh(item).unpublish()
    assert hides(here) == here
    published(fresh(item))
    assert hides(here) == set()
    restriction = PageViewRestriction.objects.create(page=news, restriction_type="login")
    assert hides(here) == here
    restriction.delete()
    assert hides(here) == set()
    fresh(item).move(fresh(site.lists["en"]["events"]), pos="last-child")
    assert hides(here) == here
    fresh(item).move(fresh(news), pos="last-child")
    hides(here)
    fresh(news).move(fresh(network), pos="last-child")
    assert hides(here) == here
    page = fresh(item)
    page.expire_at = timezone.now()
    page.save()
    assert hides(here) == here
    fresh(item).delete()
    assert hides(here) == here


def test_what_is_removed_many_at_once_is_hidden(item: Output) -> None:
    remove_pages([item.pk])
    assert hides({key(item)}) == {key(item)}


def test_a_concept_is_hidden_when_it_is_given_up_and_not_when_it_is_written(
    indexed: EmbeddedEngine, waiting: Waiting
) -> None:
    concept = make_concept("housing")
    assert hides({"concept:housing"}) == set()
    concepts_changed.send(sender=Concept, slugs=["housing", "homes"])
    assert hides({"concept:housing", "concept:homes"}) == {"concept:homes"}
    concept.status = Concept.Status.DEPRECATED
    concept.save()
    assert hides({"concept:housing"}) == {"concept:housing"}
    concepts_changed.send(sender=Concept, slugs=["housing"])
    assert hides({"concept:housing"}) == {"concept:housing"}


def test_a_file_hides_what_it_belongs_to_only_when_it_is_closed_or_gone(
    item: Output, waiting: Waiting
) -> None:
    here = {key(item)}
    document = CustomDocument.objects.create(
        title="Study", file=ContentFile(b"The okapi.", name="s.txt")
    )
    OutputFile.objects.create(page=item, document=document)
    waiting()
    read(document, again=True)
    assert hides(here) == set()
    closed = CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="login"
    )
    assert hides(here) == here
    closed.delete()
    assert hides(here) == set()
