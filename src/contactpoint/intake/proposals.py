"""What partners propose passes the same sieve as what is imported, and becomes drafts.

The queue of imports publishes what an editor accepts, in one language. What a partner proposes has
several, and is looked at as a draft first; so only the sieve, the harmoniser, the search for
doubles and the making of pages are shared.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page

from contactpoint.glossary.models import Concept
from contactpoint.intake.body import body
from contactpoint.intake.duplicates import Duplicates, is_duplicate
from contactpoint.intake.errors import IntakeError, SourceError
from contactpoint.intake.importer.records import as_html
from contactpoint.intake.inference.cleaning import clean
from contactpoint.intake.inference.inference import infer
from contactpoint.intake.inference.keywords import Keyword
from contactpoint.intake.inference.terms import Terms
from contactpoint.intake.markup import blocks, plain, safe_link, words
from contactpoint.intake.pages import Shelves, draft
from contactpoint.intake.problems import problem, say
from contactpoint.intake.raw import RawItem
from contactpoint.outputs.models import Output
from contactpoint.outputs.proposing import Proposed, RefusedError
from contactpoint.outputs.querysets import readable

_MATTER: Final = (
    "duplicate-address", "duplicate-title", "duplicate-text", "unknown-keyword", "date-differs",
)  # fmt: skip
"""Of what may be odd about an item, that which a partner can have said otherwise than meant."""
_FACTS: Final = {
    "duplicate-address": "“%(title)s” came from the same address.",
    "duplicate-title": "“%(title)s” is called almost the same.",
    "duplicate-text": "“%(title)s” has almost the same text.",
    "unknown-keyword": "No concept is known for “%(text)s”.",
    "date-differs": "The text names %(text)s, but the item is dated %(date)s.",
}
"""The same for partners, in the language of the interface: what is so, not what editors do."""
_LONGEST_SLUG: Final = 80


class Drafts:
    """Makes drafts of what is proposed (`outputs.proposing.Maker`)."""

    def read(self, proposed: Proposed) -> dict[str, Any]:
        """One reading a language. Raises `RefusedError`."""
        terms = Terms.load()
        by_language: dict[str, dict[str, Any]] = {}
        problems: list[Any] = []
        for language in proposed.title:
            raw = _raw(proposed, language)
            said = _as_said(proposed, raw)
            if not by_language:
                found, odd = infer(raw, language, terms)
                said = {**found, **said}
                said["keywords"] = [*_named(proposed.concepts), *found["keywords"]]
                twin = Duplicates(language).find([said])[0]
                problems = [one for one in [*odd, twin] if one and one["code"] in _MATTER]
            by_language[language] = said
        return {
            "by_language": by_language,
            "facts": _facts(proposed),
            "place": {code: clean(text)[:200] for code, text in proposed.place.items()},
            "problems": problems,
        }

    def odd(self, read: Mapping[str, Any]) -> list[str]:
        """As the review list of imports says it."""
        return [say(one)["message"] for one in read["problems"]]

    def odd_for_anybody(self, read: Mapping[str, Any]) -> list[str]:
        """Asked anew each time: a page may have been closed since, or opened under another name.

        What waits in the queue of imports has no page, and nobody outside is told of it.
        """
        problems = read["problems"]
        pages = [one["detail"]["page"] for one in problems if is_duplicate([one])]
        titles = dict(readable().filter(pk__in=pages).values_list("pk", "title")) if pages else {}
        told = []
        for one in problems:
            if not is_duplicate([one]):
                told.append(one)
            elif (page := one["detail"]["page"]) in titles:
                told.append(problem(one["code"], title=titles[page], page=page))
        return [_FACTS[one["code"]] % one["detail"] for one in told]

    def parents(self, read: Mapping[str, Any]) -> list[Page]:
        """A list page a language. Raises `ValueError` where there is none."""
        try:
            return [
                Shelves.load(language).lists[found["type"]]
                for language, found in read["by_language"].items()
            ]
        except IntakeError as error:
            raise ValueError(str(error)) from error

    def draft(self, read: Mapping[str, Any], user: Any) -> Output:
        """The first language is the original, the others are its translations."""
        (language, found), *others = read["by_language"].items()
        shelves = Shelves.load(language)
        page = draft(found, shelves, user)
        for name, value in _moments(read["facts"]).items():
            setattr(page, name, value)
        _overlay(page, read, language)
        page.slug = _slug(page, shelves.lists[found["type"]])
        page.live, page.has_unpublished_changes, page.owner = False, True, user
        shelves.lists[found["type"]].add_child(instance=page)
        page.save_revision(user=user, log_action=True)
        for code, _found in others:
            self.translate(page, read, code, user)
        return page

    def translate(self, page: Output, read: Mapping[str, Any], language: str, user: Any) -> Output:
        """With an address of its own words."""
        locale = Locale.objects.get(language_code=language)
        made: Output = page.copy_for_translation(locale).specific
        _overlay(made, read, language)
        made.slug, made.owner = _slug(made, made.get_parent()), user
        made.save()
        made.save_revision(user=user, log_action=True)
        return made


def _slug(page: Output, parent: Page) -> str:
    """Of the title's words in ASCII, which any program reads and nobody has to encode; of its kind
    where the title has no letter of them, as in Greek."""
    base = slugify(page.title)[:_LONGEST_SLUG].strip("-") or slugify(page.KIND)
    return find_available_slug(parent, base, ignore_page_id=page.pk)


def _overlay(page: Output, read: Mapping[str, Any], language: str) -> None:
    found = read["by_language"][language]
    page.title = page.draft_title = found["title"][:255]
    page.teaser = found["teaser"][:600]
    page.body = body(found, {})
    if read["place"].get(language) and hasattr(page, "place"):
        page.place = read["place"][language]


def _raw(proposed: Proposed, language: str) -> RawItem:
    try:
        field = "body"
        found = blocks(as_html(proposed.body.get(language, "")))
        field = "title"
        title = plain(proposed.title[language])[:255]
        field = "teaser"
        teaser = plain(proposed.teaser.get(language, ""))[:600]
    except SourceError as error:
        raise RefusedError(field, language, str(error)) from error
    if not title:
        raise RefusedError("title", language, "Nothing of it is text.")
    return RawItem(
        text=words(found) or teaser or title,
        title=title,
        teaser=teaser,
        date=proposed.dated.isoformat() if proposed.dated else "",
        keywords=list(proposed.keywords),
        kind=proposed.kind,
        address=safe_link(proposed.source)[:500],
        blocks=found,
    )


def _as_said(proposed: Proposed, raw: RawItem) -> dict[str, Any]:
    """Where a partner says it, nothing is inferred."""
    return {
        "title": clean(raw.title),
        "teaser": clean(raw.teaser),
        "body": raw.text if raw.blocks else "",
        "blocks": raw.blocks,
        "type": proposed.kind,
        "publication_type": proposed.publication_type,
        "themes": list(proposed.themes),
        "unknown_themes": [],
        "institutions": list(proposed.institutions),
        "countries": list(proposed.countries),
        "publisher": proposed.publisher,
        "published_on": proposed.dated.isoformat() if proposed.dated else None,
        "starts_on": None,
        "effective_on": proposed.effective.isoformat() if proposed.effective else None,
        "suggested": [],
    }


def _named(concepts: Sequence[str]) -> list[Keyword]:
    labels = dict(Concept.objects.filter(slug__in=concepts).values_list("slug", "labels"))
    return [
        Keyword(
            source=one,
            language=None,
            resolves_to="concept",
            concept=one,
            label=labels.get(one, {}).get("en", one),
            confidence=1.0,
            reason="exact",
        )
        for one in concepts
    ]


def _facts(proposed: Proposed) -> dict[str, Any]:
    """Of the page itself, as JSON; what its kind doesn't have is not there."""
    found: dict[str, Any] = {}
    if proposed.kind == "event":
        found = {
            "starts_at": proposed.starts.isoformat() if proposed.starts else None,
            "ends_at": proposed.ends.isoformat() if proposed.ends else None,
            "whole_day": proposed.whole_day,
            "online": proposed.online,
        }
    elif proposed.kind == "vacancy":
        found = {"closes_on": proposed.closes.isoformat() if proposed.closes else None}
    elif proposed.kind == "development":
        found = {"legal_reference": clean(proposed.legal_reference)[:200]}
    return found


def _moments(facts: Mapping[str, Any]) -> dict[str, Any]:
    kinds: dict[str, Any] = {
        "starts_at": datetime.datetime.fromisoformat,
        "ends_at": datetime.datetime.fromisoformat,
        "closes_on": datetime.date.fromisoformat,
    }
    return {
        name: kinds[name](value) if name in kinds and value else value
        for name, value in facts.items()
    }
