"""The demo site: what stands in it, and how it is made to speak one language.

Import it once Django is set up.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.core.management import call_command
from wagtail.models import Page

from contactpoint.config.site import prepare as prepare_site
from contactpoint.home import demo_items, demonstration
from contactpoint.search.engines.base import Engine
from contactpoint.search.indexing.preparing import prepare
from contactpoint.search.meanings import meanings
from contactpoint.search.sources import documents, keys
from contactpoint.vocabulary import fold

SHORT = 3


class Demo:
    """The site's things by the keys that the judged set gives them."""

    def __init__(self) -> None:
        self.items = {_name(item): item for item in demo_items.items()}
        self.names = {str(item.key): name for name, item in self.items.items()}

    def build(self) -> None:
        """Make the site; some twenty seconds in an empty folder."""
        prepare_site()
        demonstration.load()
        call_command("wagtail_update_index", verbosity=0)

    def index(self, name: str, used: Engine) -> None:
        """Fill an index with what is public now, search it, and remove the one before."""
        before = used.status().name
        used.create(name)
        known = meanings()
        with used.writer(name) as writer:
            for document in documents(list(keys())):
                writer.put(prepare(document, known))
            writer.commit()
        used.switch(name)
        if before not in (None, name):
            used.remove(before)

    def languages(self, only: str = "") -> dict[str, frozenset[str]]:
        """The languages in which each thing is published, where it is at all."""
        return {
            name: spoken
            for name, item in self.items.items()
            if (spoken := frozenset(item.words) & ({only} if only else frozenset(item.words)))
        }

    def titles(self) -> dict[str, str]:
        """A title to show for each thing: the English one if there is."""
        return {
            name: (item.words.get("en") or next(iter(item.words.values())))["title"]
            for name, item in self.items.items()
        }

    def named(self, ranking: Sequence[str]) -> list[str]:
        """Keys of the index as those of the judged set; what has no such key keeps its own."""
        return [self.names.get(key.partition(":")[2], key) for key in ranking]

    def words(self, only: str = "") -> dict[str, frozenset[str]]:
        """The words that stand in the texts of each language, folded."""
        found: dict[str, set[str]] = {}
        for item in self.items.values():
            for language, texts in item.words.items():
                if only in ("", language):
                    found.setdefault(language, set()).update(_words(" ".join(texts.values())))
        return {language: frozenset(words) for language, words in found.items()}

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """Take every other language of each thing off the site, and put it back afterwards."""
        own = [item.key for item in self.items.values()]
        others = Page.objects.filter(translation_key__in=own, live=True).exclude(
            locale__language_code=language
        )
        pks = list(others.values_list("pk", flat=True))
        Page.objects.filter(pk__in=pks).update(live=False)
        try:
            yield
        finally:
            Page.objects.filter(pk__in=pks).update(live=True)


def is_unspoken(query: str, spoken: Mapping[str, frozenset[str]], language: str) -> bool:
    """Whether no telling word of the question stands in any text of its language."""
    words = _words(query)
    telling = {word for word in words if len(word) > SHORT} or words
    return not telling & spoken.get(language, frozenset())


def _name(item: demo_items.Item) -> str:
    sort = "page" if item.facts["kind"] == "page" else "output"
    return f"{sort}:{item.slug}"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))
