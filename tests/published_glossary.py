"""A glossary of a few concepts as it stands in the portal, for tests of what is handed on."""

import datetime

from contactpoint.glossary.actions import load_scheme
from contactpoint.glossary.models import Concept, ConceptLabel, SchemeVersion
from contactpoint.vocabulary import Definition, Label, Note, Scheme, VocabularyConcept

DAY = datetime.date(2026, 3, 1)
MOMENT = datetime.datetime(2026, 3, 1, 12, 0, tzinfo=datetime.UTC)


def publish_glossary() -> None:
    """Migration with asylum and return below it, a merged concept and one that was withdrawn."""
    concepts = [
        VocabularyConcept(
            id="migration",
            labels=(Label("migration", "en"), Label("migratie", "nl")),
            definitions=(Definition("Moving to live elsewhere.", "en", "Own words"),),
        ),
        VocabularyConcept(
            id="asylum",
            labels=(
                Label("asylum", "en"),
                Label("asile", "fr"),
                Label("Asyl", "de"),
                Label("لجوء", "ar"),
                Label("right of asylum", "en", "alternative"),
                Label("Asylgewährung", "de", "alternative", "AT"),
                Label("assylum", "en", "hidden"),
            ),
            definitions=(
                Definition("Protection by a State.", "en", "Directive 2011/95/EU", "EU"),
                Definition("Protection par un État.", "fr", "Directive 2011/95/UE"),
            ),
            broader=("migration",),
            related=("voluntary-return",),
            exact_matches=("http://eurovoc.europa.eu/5265",),
            notation="A1",
            notes=(Note("Not a status.", "en", "scope"),),
        ),
        VocabularyConcept(
            id="voluntary-return",
            labels=(Label("voluntary return", "en"), Label("retour volontaire", "fr")),
            broader=("migration",),
        ),
        VocabularyConcept(id="exile", labels=(Label("exile", "en"),), status="deprecated"),
        VocabularyConcept(
            id="refuge",
            labels=(Label("refuge", "en"),),
            status="deprecated",
            replaced_by="asylum",
        ),
    ]
    load_scheme(Scheme(id="glossary", version="1.2", concepts={one.id: one for one in concepts}))
    learnt = Concept.objects.get(slug="asylum")
    ConceptLabel.objects.create(
        concept=learnt, language="en", kind="hidden", text="asyl um", learnt=True
    )
    SchemeVersion.objects.update(published_on=DAY)
    Concept.objects.update(updated_at=MOMENT)
