"""All lists that the interface offers, in the order of the document."""

from typing import Final

from contactpoint.api.resources.concepts import Concepts
from contactpoint.api.resources.events import Events
from contactpoint.api.resources.figures import Figures
from contactpoint.api.resources.guidance import Guidance
from contactpoint.api.resources.network import Countries, Institutions
from contactpoint.api.resources.outputs import Outputs
from contactpoint.api.resources.queries import Queries
from contactpoint.api.resources.resource import Resource
from contactpoint.api.resources.searching import Search
from contactpoint.api.resources.themes import Themes
from contactpoint.api.resources.values import Values

RESOURCES: Final[tuple[Resource, ...]] = (
    Outputs(),
    Events(),
    Themes(),
    Concepts(),
    Institutions(),
    Countries(),
    Figures(),
    Values(),
    Queries(),
    Guidance(),
    Search(),
)
