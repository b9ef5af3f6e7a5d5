"""Whom imports know: who began one, and whom the texts of old sites name."""

from contactpoint.kit.persons import declare, free, no_persons
from contactpoint.kit.persons.work import published, work

work("intake.ImportRun", "user")
declare(
    "intake.ImportedItem",
    published("original inferred"),
    other=free("language identity opening closing digest problems", "about the text"),
)
no_persons("intake.WatchedFeed", free("address last_modified", "of a feed, as its server says it"))
