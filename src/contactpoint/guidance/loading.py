"""Writes a folder of guidance into the site, all of it or nothing, and says what became of it.

Loaded again it does no harm: what is the same stays, what was changed in the folder follows, what
somebody has changed on the site stays as it is there, and is told.
"""

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from contactpoint.glossary.models import Concept, Theme
from contactpoint.guidance.content import GUIDES, Content, content
from contactpoint.guidance.door import forget
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.loading_places import load_places
from contactpoint.guidance.models import Guide, GuideText, GuideTheme, Place
from contactpoint.guidance.report import Report
from contactpoint.guidance.signals import guides_loaded
from contactpoint.guidance.texts.blocks import restored, stored
from contactpoint.guidance.texts.reading import Draft
from contactpoint.guidance.there import There

_OF_GUIDE: Final = ("icon", "step", "core")


@transaction.atomic
def load(folder: Path, *, examples: bool = False, replace: bool = False) -> Report:
    """Load a folder; a `ReadingError` names what has to be mended, and nothing is written then.

    `examples` marks new texts as such; `replace` lets the folder win over what was changed on the
    site, whose words stay in the history.
    """
    found = content(folder, _there(examples=examples))
    report = Report()
    guides = _guides(found, report, replace=replace)
    load_places(found, report, replace=replace)
    _texts(found, guides, report, examples=examples, replace=replace)
    forget(GuideText)
    return report


def fingerprint(title: str, summary: str, body: list[dict[str, Any]]) -> str:
    """Tells a text from any other, marks and pictograms included."""
    said = json.dumps([title, summary, body], ensure_ascii=False, sort_keys=True)
    return blake2b(said.encode(), digest_size=8).hexdigest()


def _there(*, examples: bool) -> There:
    """The demonstration may be loaded beside another glossary than its own: links that lead to
    nothing are left out of it. Whoever writes a folder is told of them."""
    guides = dict(Guide.objects.order_by().values_list("code", "step"))
    sources = GuideText.objects.filter(language=SOURCE, live=True).order_by()
    return There(
        themes=frozenset(GuideTheme.objects.order_by().values_list("code", flat=True)),
        guides=frozenset(guides),
        places=frozenset(Place.objects.order_by().values_list("code", flat=True)),
        steps={step: code for code, step in guides.items() if step},
        sources={code: restored(body) for code, body in sources.values_list("guide__code", "body")},
        concepts=None if examples else _slugs(Concept),
        subjects=None if examples else _slugs(Theme),
    )


def _slugs(model: Any) -> frozenset[str]:
    return frozenset(model.objects.order_by().values_list("slug", flat=True))


def _guides(found: Content, report: Report, *, replace: bool) -> dict[str, Guide]:
    """Every guide by its code; new themes and guides are made, those there are kept."""
    themes = {theme.code: theme for theme in GuideTheme.objects.all()}
    for place, row in enumerate(found.themes):
        if row["code"] not in themes:
            themes[row["code"]] = GuideTheme.objects.create(
                code=row["code"], icon=row["icon"], sort_order=place
            )
            report.made.append(f"{GUIDES}: theme {row['code']}")
    guides = {guide.code: guide for guide in Guide.objects.select_related("theme")}
    for place, row in enumerate(found.guides):
        told = {"icon": row["icon"], "step": row.get("step"), "core": row.get("core", False)}
        guide = guides.get(row["code"])
        line = f"{GUIDES}: guide {row['code']}"
        if guide is None:
            guides[row["code"]] = guide = Guide.objects.create(
                code=row["code"], theme=themes[row["theme"]], sort_order=place, **told
            )
            _link(guide, row)
            report.made.append(line)
        elif told == {name: getattr(guide, name) for name in _OF_GUIDE} and (
            guide.theme.code == row["theme"]
        ):
            report.same += 1
        elif replace:
            guide.theme = themes[row["theme"]]
            for name, value in told.items():
                setattr(guide, name, value)
            guide.save()
            _link(guide, row)
            report.changed.append(line)
        else:
            report.kept.append(line)
    return guides


def _link(guide: Guide, row: dict[str, Any]) -> None:
    """To the concepts and themes that it is about, as far as the site has them."""
    if row.get("concepts"):
        guide.concepts.set(Concept.objects.filter(slug__in=row["concepts"]))
    if row.get("subjects"):
        guide.subjects.set(Theme.objects.filter(slug__in=row["subjects"]))


def _texts(
    found: Content, guides: dict[str, Guide], report: Report, *, examples: bool, replace: bool
) -> None:
    there = {(text.guide.code, text.language): text for text in _those(found)}
    new: list[GuideText] = []
    now = timezone.now()
    for (code, language), draft in found.texts.items():
        line = f"{language}/{code}.txt"
        words = _words(draft) | {"seen": _seen(found, code) if language != SOURCE else {}}
        text = there.get((code, language))
        if text is None:
            made = GuideText(guide=guides[code], language=language, is_example=examples, **words)
            made.first_published_at = made.last_published_at = now
            new.append(made)
            report.made.append(line)
        elif words["loaded_digest"] == _print(text) and not text.has_unpublished_changes:
            report.same += 1
        elif replace or _is_untouched(text):
            _rewrite(text, words, examples=examples)
            report.changed.append(line)
        else:
            report.kept.append(line)
    GuideText.objects.bulk_create(new)
    if new:
        keys = {text.guide_id for text in new}
        guides_loaded.send(GuideText, guides=sorted(keys), texts=new)


def _those(found: Content) -> list[GuideText]:
    codes = {code for code, _language in found.texts}
    return list(GuideText.objects.filter(guide__code__in=codes).select_related("guide"))


def _words(draft: Draft) -> dict[str, Any]:
    body = stored(draft.blocks)
    return {
        "title": draft.title,
        "summary": draft.summary,
        "body": body,
        "loaded_digest": fingerprint(draft.title, draft.summary, body),
    }


def _print(text: GuideText) -> str:
    return fingerprint(text.title, text.summary, text.body)


def _is_untouched(text: GuideText) -> bool:
    """Whether nobody has changed, hidden, locked or begun to change what was loaded."""
    is_at_rest = text.live and not text.locked and not text.has_unpublished_changes
    return is_at_rest and text.loaded_digest == _print(text)


def _rewrite(text: GuideText, words: dict[str, Any], *, examples: bool) -> None:
    """The words before stay in the history; whoever hears of publications hears of this."""
    if text.latest_revision_id is None:
        text.save_revision(clean=False)
    for name, value in words.items():
        setattr(text, name, value)
    text.is_example = examples
    text.save_revision(clean=False).publish()


def _seen(found: Content, code: str) -> dict[str, str]:
    """The source's blocks at the time of the translation: now."""
    source = found.texts.get((code, SOURCE))
    if source is not None:
        return {block.id: block.digest for block in source.blocks}
    text = GuideText.objects.filter(guide__code=code, language=SOURCE, live=True).first()
    return {block.id: block.digest for block in text.blocks} if text else {}
