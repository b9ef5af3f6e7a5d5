"""What an item names: institutions, and countries that aren't part of an institution's name."""

from collections.abc import Sequence

from contactpoint.intake.inference.terms import INSTITUTIONS, Terms
from contactpoint.vocabulary import Annotation


def institutions(text: str, language: str, terms: Terms) -> list[Annotation]:
    """Each mention of an institution in the cleaned text, in order."""
    return terms.names.annotate(text, language, schemes=[INSTITUTIONS])


def countries(found: Sequence[Annotation], named: Sequence[Annotation], terms: Terms) -> list[str]:
    """ISO codes of the countries among the annotations `found`, in order, each once.

    “EMN Belgium” names an institution (one of `named`), not where an item is set.
    """
    codes = []
    for mention in found:
        if mention.scheme != "places":
            continue
        inside = any(one.start <= mention.start and mention.end <= one.end for one in named)
        code = country_code(mention.concept, terms)
        if code and not inside:
            codes.append(code)
    return list(dict.fromkeys(codes))


def country_code(place: str, terms: Terms) -> str:
    """The ISO code of a place, or nothing where the place is no country of ours."""
    code = place.upper()
    return code if code in terms.countries else ""
