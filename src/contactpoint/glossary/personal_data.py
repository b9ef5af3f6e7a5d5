"""Whom the glossary knows, and why: who proposes something, and who decides."""

from django.utils.translation import gettext_lazy as _

from contactpoint.glossary.proposals.mails import forget_addresses
from contactpoint.kit.persons import (
    Account,
    Address,
    Data,
    Erased,
    Ground,
    Kept,
    Named,
    Whose,
    declare,
    no_persons,
)
from contactpoint.kit.persons.work import WHO_DID_IT, WITH_THE_ACCOUNT, work

declare(
    "glossary.ProposalAddress",
    Data(
        "email language asked_at confirmed_at",
        whose=Whose.PROPOSERS,
        purpose=_("To tell the person once what became of their proposal."),
        ground=Ground.CONSENT,
        kept=Kept(
            _("48 hours if nobody confirms it, else until the outcome is told; a year at most."),
            forget_addresses,
        ),
    ),
    Data(
        "token_hash",
        whose=Whose.PROPOSERS,
        purpose=_("To let the person confirm or delete the address by a link."),
        ground=Ground.CONSENT,
        kept=Kept(_("As long as the address."), forget_addresses),
        hidden="token_hash",
    ),
    person=[Address("email")],
)
declare(
    "glossary.Proposal",
    Data(
        "text definition source remark",
        whose=Whose.PROPOSERS,
        purpose=_("To decide on what a reader proposes. Nobody is asked for a name."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("As long as the glossary says why a term is as it is.")),
        erased=Erased.WORDS,
    ),
    Data(
        "reference",
        whose=Whose.PROPOSERS,
        purpose=_("To show whoever has the link what became of the proposal."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("As long as the glossary says why a term is as it is.")),
        erased=Erased.STAYS,
        stays=_("It is a random number, and nothing leads from it to a person."),
        hidden="reference",
    ),
    other=dict.fromkeys(
        ["language", "slug", "reason"], "about the proposal, not about who made it"
    ),
)
declare(
    "glossary.ProposalStep",
    Data(
        "user",
        whose=Whose.EDITORS,
        purpose=WHO_DID_IT,
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ACCOUNT,
        erased=Erased.NULL,
    ),
    Data(
        "name",
        whose=Whose.EDITORS,
        purpose=WHO_DID_IT,
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("As long as the proposal, or until the person is erased.")),
        erased=Erased.BLANK,
    ),
    person=[Account("user"), Address("name"), Named("name")],
)
work("glossary.Decision", "user")
work("glossary.SchemeVersion", "published_by")
work("glossary.ConceptDraft", "edited_by")
no_persons(
    "glossary.Theme glossary.Theme_concepts glossary.Concept glossary.Concept_broader "
    "glossary.Concept_related glossary.ConceptLabel glossary.ConceptVersion glossary.FormerSlug"
)
