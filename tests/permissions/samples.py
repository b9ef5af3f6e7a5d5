"""What the addresses of the admin are asked with: one row of each thing that they are about."""

import re
from collections.abc import Callable
from typing import Any

from consulting import housing, made_instrument, made_round
from django.db import models
from factories import MadeSite, make_concept, make_output
from permissions.admin_views import Address, sample_row
from permissions.minimal import row
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from contactpoint.accounts.models import User
from contactpoint.api.models import ApiToken, Proposal
from contactpoint.consultations.models import Instrument, Respondent, Round
from contactpoint.desk.models import Likeness, Link
from contactpoint.dissemination.models import Issue, Post
from contactpoint.events.models import EventRegister, Registration
from contactpoint.glossary.models import ConceptDraft
from contactpoint.glossary.models import Proposal as WordProposal
from contactpoint.guidance.models import GuideText
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.media.models import CustomDocument
from contactpoint.search.models import LookedFor

BY_BEGINNING: list[tuple[str, type[models.Model]]] = [
    ("import_accept_all", ImportRun),
    ("import_run", ImportRun),
    ("import_undo", ImportRun),
    ("import_", ImportedItem),
    ("newsletter_", Issue),
    ("social_again", Post),
    ("social_remove", Post),
    ("api_proposal", Proposal),
    ("api_revoke_token", ApiToken),
    ("search_dismiss", LookedFor),
    ("desk_link_again", Link),
    ("desk_not_the_same", Likeness),
    ("glossary_discard", ConceptDraft),
    ("glossary_proposal", WordProposal),
    ("guidance_sounds", GuideText),
    ("media_read_again", CustomDocument),
]
"""What `pk` is of, by how the name of the address begins; the first that fits counts."""


def samples(site: MadeSite) -> Callable[[Address], dict[str, Any]]:
    """Values for the places of any address of ours."""
    publication, event = make_output(site, "publication"), make_output(site, "event")
    guide_text = row(GuideText, live=True)
    concept = make_concept("return")
    row(ConceptDraft, concept=concept)
    row(Issue, state=Issue.State.SENT)  # what is fixed may not be told to everybody
    instruments = {kind: _round(kind) for kind in Instrument.Kind.values}
    register = EventRegister.objects.create(key=event.translation_key)
    source, _made = TranslationSource.get_or_create_from_instance(publication)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="fr")
    )
    registration = row(Registration, register=register)
    personal = made_round(
        instruments["survey"].instrument, access=Round.Access.PERSONAL, code="personal"
    )
    respondent = row(Respondent, round=personal)
    query = instruments["query"]
    rounds = {
        "consultation_query": query,
        "consultation_query_states": query,
        "consultations_family": instruments["study"],
        "consultations_synthesis": instruments["study"],
        **dict.fromkeys(
            [
                *("consultations_respondents", "consultations_invite", "consultations_remind"),
                *("consultations_links", "consultations_link_again", "consultations_remove"),
            ],
            personal,
        ),
    }
    versions = {"questions", "look", "take", "natures", "xlsx", "json", "preview", "sheet"}

    def wanted(address: Address) -> dict[str, Any]:
        name = address.name
        shared = {
            "translation_id": translation.pk,
            "translation_source_id": source.pk,
            "page_id": publication.pk,
            "respondent": respondent.pk,
            "number": 1,
            "form": "csv",
            "name": "web",
            "registration": registration.pk,
        }
        beginning = next((model for start, model in BY_BEGINNING if name.startswith(start)), None)
        if not re.search(r":(pk|document_id)>", address.pattern):
            return shared
        if name in rounds:
            pk = rounds[name].pk
        elif name.removeprefix("consultations_") in versions | {"instrument"}:
            pk = instruments["survey"].instrument.pk
        elif name.startswith("consultations_"):
            pk = instruments["survey"].pk
        elif name.startswith("events_"):
            pk = event.pk
        elif name.startswith(("outputs_", "desk_", "languages_")) and beginning is None:
            pk = publication.pk
        elif beginning is GuideText:
            pk = guide_text.pk
        elif beginning is not None:
            pk = sample_row(beginning).pk
        elif address.model is User:
            pk = User.objects.filter(is_superuser=False).latest("pk").pk
        else:
            assert address.model is not None, (
                f"{address.pattern} ({address.name}) is new: say in permissions/samples.py what "
                "it is asked with."
            )
            pk = sample_row(address.model).pk
        return shared | {"pk": pk, "document_id": pk}

    return wanted


def _round(kind: str) -> Round:
    instrument = made_instrument(housing(code=f"housing_{kind}"), kind=kind)
    access = Round.Access.STATES if kind != Instrument.Kind.SURVEY else Round.Access.OPEN
    return made_round(instrument, access=access)
