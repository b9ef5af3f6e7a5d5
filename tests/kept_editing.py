"""An editor who does something at random, and what readers reach of the site."""

import datetime
import re
from collections.abc import Callable
from random import Random
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone
from factories import (
    MadeSite,
    make_concept,
    make_country,
    make_family,
    make_institution,
    make_output,
    make_site,
    make_theme,
    place,
)
from kept_pages import asked
from wagtail.models import Page

from contactpoint.glossary.models import Concept, Theme
from contactpoint.home.models import HomePage, StandardPage
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models import Family, Output

HREF: Final = re.compile(r'href="(/(?:en|fr)/[^"#]*)"')
THEMES, CONCEPTS, COUNTRIES = ("asylum", "return"), ("reception", "housing"), ("be", "lu")


class Editor:
    """Does something at random, as the desk would."""

    def __init__(self, site: MadeSite, seed: int) -> None:
        self.site, self.dice, self.number = site, Random(seed), 0
        self.steps: list[Callable[[], object]] = [
            self.publish, self.publish, self.retitle, self.unpublish, self.republish, self.delete,
            self.move, self.translate, self.rename_theme, self.rename_concept, self.rename_country,
            self.rename_institution, self.rename_family, self.restate, self.add_page, self.expire,
            self.classify, self.rename_list, self.by_sql, self.roll_back,
        ]  # fmt: skip

    def room(self) -> None:
        """What was deleted or moved left gaps; the factory counts places by children."""
        for page in Page.objects.filter(depth__lte=3):
            last = page.get_children().order_by("path").last()
            if last is not None:
                steps = Page._str2int(last.path[-Page.steplen :])
                Page.objects.filter(pk=page.pk).update(numchild=steps)

    def word(self) -> str:
        self.number += 1
        return f"Word{self.number}"

    def one(self, model: Any, **filters: Any) -> Any:
        found = list(model.objects.filter(**filters).order_by("pk"))
        return self.dice.choice(found) if found else None

    def publish(self) -> None:
        dice = self.dice
        self.room()
        make_output(
            self.site, dice.choice(["news-item", "publication", "vacancy", "development", "video"]),
            title=self.word(), language=dice.choice(["en", "en", "fr"]),
            themes=[dice.choice(THEMES)], concepts=[dice.choice(CONCEPTS)],
            countries=[dice.choice(COUNTRIES)], institutions=["office"], families=["series"],
            text=f"On reception and {self.word()}.", published_on=datetime.date(2025, 1, 1),
        )  # fmt: skip

    def retitle(self) -> None:
        if (page := self.one(Output, live=True)) is not None:
            page = page.specific
            page.title = self.word()
            page.save_revision().publish()

    def unpublish(self) -> None:
        if (page := self.one(Output, live=True)) is not None:
            page.specific.unpublish()

    def republish(self) -> None:
        if (page := self.one(Output, live=False)) is not None:
            page.specific.save_revision().publish()

    def delete(self) -> None:
        if (page := self.one(Output)) is not None:
            page.specific.delete()

    def move(self) -> None:
        if (page := self.one(StandardPage, live=True)) is not None:
            target = self.dice.choice([self.site.homes["en"], self.one(StandardPage)])
            target = Page.objects.get(pk=target.pk)
            page = Page.objects.get(pk=page.pk)
            taken = target.get_children().filter(slug=page.slug).exists()
            if not taken and target.pk != page.pk and not target.is_descendant_of(page):
                page.move(target, pos="last-child")

    def translate(self) -> None:
        page = self.one(Output, live=True, locale__language_code="en")
        if page is not None and not page.get_translations().exists():
            kind = page.get_parent().specific.KIND
            self.room()
            make_output(self.site, kind, title=self.word(), language="fr", translation_of=page)

    def rename_theme(self) -> None:
        theme = self.one(Theme)
        theme.labels = {"en": self.word(), "fr": self.word()}
        theme.save()

    def rename_concept(self) -> None:
        concept = self.one(Concept)
        concept.labels = {"en": self.word(), "fr": self.word()}
        concept.save()

    def rename_country(self) -> None:
        country = self.one(Country)
        country.labels = {"en": self.word()}
        country.save()

    def rename_institution(self) -> None:
        if (office := self.one(Institution)) is not None:
            office.labels = {"en": self.word()}
            office.save()

    def rename_family(self) -> None:
        if (family := self.one(Family)) is not None:
            family.labels = {"en": self.word()}
            family.save()

    def restate(self) -> None:
        home = self.one(HomePage)
        home.statement = self.word()
        home.save_revision().publish()

    def add_page(self) -> None:
        home = self.site.homes["en"]
        word = self.word()
        self.room()
        place(home, StandardPage(title=word, slug=word.lower(), locale=home.locale, live=True))

    def expire(self) -> None:
        if (page := self.one(Output, live=True)) is not None:
            Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())

    def classify(self) -> None:
        if (page := self.one(Output, live=True)) is not None:
            page.theme_links.all().delete()

    def rename_list(self) -> None:
        page = self.dice.choice(list(self.site.lists["en"].values()))
        page = Page.objects.get(pk=page.pk).specific
        page.title = self.word()
        page.save_revision().publish()

    def by_sql(self) -> None:
        """A repair by hand."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE outputs_output SET teaser = %s", [self.word()])

    def roll_back(self) -> None:
        """Nothing comes of it."""
        with transaction.atomic():
            self.retitle()
            transaction.set_rollback(True)


def addresses(application: Any) -> list[str]:
    """What a reader reaches from the front pages."""
    found: dict[str, None] = dict.fromkeys(["/en/", "/fr/"])
    for path in list(found):
        found.update(dict.fromkeys(HREF.findall(asked(application, path)[2].decode())))
    for path in list(found)[:30]:
        body = asked(application, path)[2].decode(errors="replace")
        found.update(dict.fromkeys(HREF.findall(body)))
    return [path for path in found if "/search/" not in path]


def at_work(seed: int) -> Editor:
    """An editor of a site with a few things in it."""
    site = make_site()
    make_family("series"), make_institution("office")
    for slug in THEMES:
        make_theme(slug, en=slug.title(), fr=slug.title())
    for slug in CONCEPTS:
        make_concept(slug, en=slug.title(), fr=slug.title())
    for code in COUNTRIES:
        make_country(code)
    editor = Editor(site, seed)
    for _item in range(4):
        editor.publish()
    return editor
