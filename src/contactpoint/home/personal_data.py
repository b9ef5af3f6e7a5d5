"""Pages of the portal itself: texts that may name people."""

from contactpoint.kit.persons import declare, no_persons
from contactpoint.kit.persons.work import published

no_persons("home.HomePage")
declare("home.StandardPage", published("teaser body"))
