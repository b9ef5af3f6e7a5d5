"""Official figures are about numbers of people, and of nobody."""

from contactpoint.kit.persons import free, no_persons

no_persons("statistics.Dataset statistics.Extraction statistics.Series statistics.Line")
no_persons("statistics.CodeList", free("label", "the name of a code"))
