"""How a publication is cited: what `kit.citing` needs of it."""

from django.conf import settings
from django.utils.encoding import iri_to_uri

from contactpoint.kit.citing import Cited
from contactpoint.outputs.models import Family, OutputInstitution, Publication
from contactpoint.outputs.relations import About


def cited(page: Publication, about: About, language: str, url: str) -> Cited:
    """From a page and what is known of it; asks nothing."""
    roles = OutputInstitution.Role
    series = [one.label for one in about.families if one.form == Family.Form.SERIES]
    authors, publishers = (
        [one.label for one in about.institutions.get(role, ())]
        for role in (roles.AUTHOR, roles.PUBLISHER)
    )
    return Cited(
        key=page.slug,
        title=page.title,
        kind=page.get_publication_type_display(),
        url=iri_to_uri(url),
        language=language,
        people=page.author_names,
        institutions=authors,
        publishers=publishers or [settings.SITE_NAME],
        day=page.published_on,
        doi=page.doi,
        series=series[0] if series else page.series,
    )
