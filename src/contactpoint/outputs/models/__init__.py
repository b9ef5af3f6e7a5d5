"""The page models of the floor: what is published, and the lists that hold it."""

from contactpoint.outputs.models.corrections import Correction
from contactpoint.outputs.models.event import Event
from contactpoint.outputs.models.families import Family, FamilyLink, Part, PartElsewhere
from contactpoint.outputs.models.kinds import (
    Development,
    NewsItem,
    Publication,
    Vacancy,
    Video,
)
from contactpoint.outputs.models.lists import (
    Chronicle,
    EventList,
    NewsList,
    PublicationList,
    VacancyList,
    VideoList,
)
from contactpoint.outputs.models.output import Output
from contactpoint.outputs.models.printing import Printing
from contactpoint.outputs.models.programme import PlannedOutput, PlannedPartner, WorkProgramme
from contactpoint.outputs.models.relations import (
    Classification,
    OutputCountry,
    OutputFile,
    OutputInstitution,
    OutputTheme,
    RelatedOutput,
)

__all__ = [
    "Chronicle",
    "Classification",
    "Correction",
    "Development",
    "Event",
    "EventList",
    "Family",
    "FamilyLink",
    "NewsItem",
    "NewsList",
    "Output",
    "OutputCountry",
    "OutputFile",
    "OutputInstitution",
    "OutputTheme",
    "Part",
    "PartElsewhere",
    "PlannedOutput",
    "PlannedPartner",
    "Printing",
    "Publication",
    "PublicationList",
    "RelatedOutput",
    "Vacancy",
    "VacancyList",
    "Video",
    "VideoList",
    "WorkProgramme",
]
