"""Whom the editors' desk knows: who dismissed a likeness."""

from contactpoint.kit.persons import no_persons
from contactpoint.kit.persons.work import work

work("desk.Likeness", "dismissed_by")
no_persons("desk.PageKey desk.Link desk.LinkUse desk.PageReading")
