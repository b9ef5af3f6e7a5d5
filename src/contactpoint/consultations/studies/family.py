"""The study that comes of a round, with all its parts, in one step.

write(round, user=…)                 drafts: synthesis, common template, a report of each state
write(round, user=…, publish=True)   the same, published where that user may

Written again, what nobody has touched is made anew; what an editor worked on is left alone, and
nothing is made twice. A national report holds only what may leave the network.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log

from contactpoint.consultations import reaching
from contactpoint.consultations.actions.publishing import publish_round
from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.consultations.compilations.gathering import compiled
from contactpoint.consultations.models import Round
from contactpoint.consultations.reaching import Circle
from contactpoint.consultations.studies.bodies import (
    national_report,
    synthesis,
    template,
)
from contactpoint.consultations.studies.chapters import rich_answers, texts_by_title, written
from contactpoint.consultations.studies.parts import WRITTEN, Made, is_touched, key_of
from contactpoint.consultations.studies.refusing import refusal
from contactpoint.consultations.studies.remembering import blocks_of_answers, remember
from contactpoint.consultations.studies.rewriting import Raw
from contactpoint.consultations.studies.template_files import stored
from contactpoint.kit.labels import pick
from contactpoint.network.models import Country
from contactpoint.outputs.figure_reports import FIRST, lists_by_language
from contactpoint.outputs.models import (
    Classification,
    Family,
    FamilyLink,
    OutputCountry,
    OutputFile,
    OutputInstitution,
    OutputTheme,
    Part,
    Publication,
)
from contactpoint.outputs.models.lists import PublicationList
from contactpoint.outputs.printing import offer


class FamilyError(Exception):
    """It can't be written as things are; the sentence says why, and nothing was changed."""


@transaction.atomic
def write(
    round: Round,
    *,
    user: Any = None,
    lists: Mapping[str, PublicationList] | None = None,
    publish: bool = False,
    day: date | None = None,
) -> list[Made]:
    """All parts, the synthesis first. Raises `FamilyError`; all of it is done, or nothing.

    `lists` are those under which the user may write, by language; pages are dated `day`, else
    today. With `publish` the round itself
    becomes public as well, since its reports tell of it.
    """
    held = Round.objects.select_for_update(of=("self",)).select_related("instrument", "version")
    round = held.get(pk=round.pk)
    if why := refusal(round):
        raise FamilyError(why)
    parents = dict(lists_by_language() if lists is None else lists)
    if not parents:
        raise FamilyError(_("There is no list of publications that you may write under."))
    if publish and round.published_at is None:
        round = publish_round(round, user=user)
    writer = _Writer(round, _family(round), parents, user)
    writer.day = day or timezone.localdate()
    done = list(writer.all())
    if publish:
        done = [writer.published(one) for one in done]
    log(instance=round, action=WRITTEN, user=user)
    return done


def _family(round: Round) -> Family:
    """The one that an editor chose, else its own."""
    if round.family is not None:
        return round.family
    slugs = set(Family.objects.filter(slug__startswith=round.code).values_list("slug", flat=True))
    numbered = (f"{round.code}-{number}" for number in range(2, len(slugs) + 3))
    slug = next(one for one in (round.code, *numbered) if one not in slugs)
    family = Family.objects.create(
        slug=slug, form=Family.Form.STUDY, labels=round.labels, summaries=round.introductions
    )
    round.family = family
    round.save(update_fields=["family", "updated_at"])
    return family


class _Writer:
    """Writes the parts of one study."""

    def __init__(
        self, round: Round, family: Family, parents: dict[str, PublicationList], user: Any
    ) -> None:
        self.round, self.family, self.parents, self.user = round, family, parents, user
        self.day = timezone.localdate()
        first = FIRST if FIRST in parents else next(iter(parents))
        named = [code for code in parents if round.labels.get(code)]
        self.first, self.languages = first, named or [first]
        self.compilations: dict[str, Compilation] = {}
        self.countries = {
            one.code: one for one in Country.objects.filter(pk__in=round.states.values("country"))
        }

    def all(self) -> Iterator[Made]:
        """In the order of the page of a study."""
        for language in self.languages:
            chapters = written(self.round, language)
            body = partial(
                synthesis,
                summary=self.round.summaries.get(language, ""),
                chapters=chapters,
                elsewhere=self._elsewhere(language),
            )
            yield self._part(Part.SYNTHESIS, language, body)
        yield from self._nationals()
        yield from self._templates()

    def _elsewhere(self, language: str) -> list[str]:
        """What the editors wrote of the synthesis in another language, and not in this one."""
        with translation.override(language):
            texts = {_("Summary"): self.round.summaries}
        texts |= texts_by_title(self.round, language)
        return [
            title for title, one in texts.items() if any(one.values()) and not one.get(language)
        ]

    def published(self, one: Made) -> Made:
        """Public, where it was written now and the user may publish it."""
        page = Publication.objects.filter(pk=one.page).first()
        if page is None or one.what not in ("made", "renewed"):
            return one
        if self.user is not None and not page.permissions_for_user(self.user).can_publish():
            return one
        page.get_latest_revision().publish(user=self.user)
        return Made(one.part, one.language, one.page, one.title, one.what, is_live=True)

    def _compiled(self, language: str) -> Compilation:
        """What will be public, in a language."""
        if language not in self.compilations:
            self.compilations[language] = compiled(self.round, Circle.COMING, language)
        return self.compilations[language]

    def _part(
        self,
        part: Part,
        language: str,
        body: Callable[[Compilation], Iterable[Raw]],
        *,
        state: str = "",
        prepare: Callable[[Publication], None] | None = None,
    ) -> Made:
        key = key_of(self.round.pk, part.value, state)
        known = Publication.objects.filter(translation_key=key, alias_of=None)
        if state:  # written in one language, which stays as it was first
            page = known.select_related("locale").order_by("pk").first()
            language = page.locale.language_code if page else language
        else:
            page = known.filter(locale=self.parents[language].locale).first()
        if page is not None and is_touched(page):
            return Made(part.value, language, page.pk, page.title, "left", page.live)
        parent = self.parents.get(language, self.parents[self.first])
        is_new = page is None
        page = page or self._begun(part, parent, key, state)
        with translation.override(language):
            compilation = self._compiled(language)
            page.title = self._title(part, language, state)
            page.teaser = self._teaser(part, compilation, state)
            page.published_on = self.day
            page.body = [*body(compilation)]
        if prepare is not None:
            prepare(page)
        if is_new:
            parent.add_child(instance=page)
        else:
            page.save()
        revision = page.save_revision(user=self.user)
        log(instance=page, action=WRITTEN, user=self.user, data={"revision": revision.pk})
        if is_new:
            offer(page, user=self.user)
        what: Literal["made", "renewed"] = "made" if is_new else "renewed"
        return Made(part.value, language, page.pk, page.title, what, is_live=False)

    def _title(self, part: Part, language: str, state: str) -> str:
        title = pick(self.round.labels, language) or self.round.code
        more = ""
        if state:
            more = pick(self.countries[state].labels, language) or state
        elif part is Part.TEMPLATE:
            more = _("Common template")
        room = 255 - len(more) - 2
        title = Truncator(title).chars(room)
        return f"{title}: {more}" if more else title

    def _teaser(self, part: Part, compilation: Compilation, state: str) -> str:
        if part is Part.NATIONAL:
            name = pick(self.countries[state].labels, compilation.language) or state
            return _("%(state)s: the answers to the questions of the study.") % {"state": name}
        if part is Part.TEMPLATE:
            return _("The questions that states were asked, as a page and as a Word file.")
        return Truncator(compilation.background.text.split("\n")[0]).chars(600)

    def _begun(self, part: Part, parent: PublicationList, key: UUID, state: str) -> Publication:
        end = {Part.NATIONAL: f"-{state.lower()}", Part.TEMPLATE: "-template"}.get(part, "")
        kind = Publication.Type.STUDY if part is Part.SYNTHESIS else Publication.Type.REPORT
        page = Publication(
            translation_key=key, locale=parent.locale, owner=self.user, live=False,
            slug=find_available_slug(parent, f"{self.round.code}{end}"),
            publication_type=kind, has_unpublished_changes=True,
        )  # fmt: skip
        page.family_links = [FamilyLink(family=self.family, part=part)]
        page.theme_links = [OutputTheme(theme=one) for one in self.round.themes.all()]
        page.classifications = [Classification(concept=one) for one in self.round.concepts.all()]
        if state:
            page.country_links = [OutputCountry(country=self.countries[state])]
        elif self.round.institution is not None:
            role = OutputInstitution.Role.PUBLISHER
            page.institution_links = [
                OutputInstitution(institution=self.round.institution, role=role)
            ]
        return page

    def _nationals(self) -> Iterator[Made]:
        """A report of each state that has anything to tell, in the language it answered in."""
        spoken = dict(
            reaching.responses(Circle.COMING)
            .filter(round=self.round)
            .values_list("country__code", "language")
        )
        # Before anything else is read: what a state changes meanwhile is not what is remembered.
        blocks = blocks_of_answers([self.round.pk], Circle.COMING)
        chapters = rich_answers(self.round, Circle.COMING)
        # What was written last stands first on the page of a study: so states stand in order.
        for state in reversed(self._compiled(self.first).states):
            language = spoken.get(state.code, "")
            own = language if language in self.parents else self.first
            theirs = {key: one for key, one in blocks.items() if key[1] == state.code}
            yield self._national(state.code, own, chapters.get(state.code, {}), theirs)
        yield from self._taken_back(set(spoken))

    def _national(
        self,
        code: str,
        language: str,
        chapters: Mapping[str, str],
        blocks: Mapping[tuple[int, str, str], UUID],
    ) -> Made:
        def body(compilation: Compilation) -> list[Raw]:
            state = next(one for one in compilation.states if one.code == code)
            theirs = {question: one for (_round, _state, question), one in blocks.items()}
            written = list(national_report(compilation, state, chapters, theirs))
            remember(blocks, [UUID(one["id"]) for one in written if "id" in one])
            return written

        return self._part(Part.NATIONAL, language, body, state=code)

    def _taken_back(self, telling: set[str]) -> Iterator[Made]:
        """Drafts of states of which nothing may be told any more go, if nobody touched them."""
        for code in sorted(self.countries.keys() - telling):
            key = key_of(self.round.pk, Part.NATIONAL.value, code)
            for page in Publication.objects.filter(translation_key=key).select_related("locale"):
                is_left = is_touched(page)
                pk, title, language = page.pk, page.title, page.locale.language_code
                if not is_left:
                    page.delete(user=self.user)
                what: Literal["left", "removed"] = "left" if is_left else "removed"
                yield Made(Part.NATIONAL.value, language, pk, title, what, page.live and is_left)

    def _templates(self) -> Iterator[Made]:
        """A page with the file of each language, so that each reader finds their own."""
        asked = self.round.version.asked() if self.round.version else None
        codes = [one for one in self.languages if asked is None or one in asked.languages]
        codes = codes or [self.first]
        key = key_of(self.round.pk, Part.TEMPLATE.value)
        kept = OutputFile.objects.filter(page__translation_key=key).select_related("document")
        files = {one.document.language: one.document for one in kept}

        def prepare(page: Publication) -> None:
            for code in codes:
                if code not in files:
                    files[code] = stored(self._compiled(code))
            page.files = [OutputFile(document=files[code]) for code in codes]

        for language in codes:
            yield self._part(Part.TEMPLATE, language, template, prepare=prepare)
