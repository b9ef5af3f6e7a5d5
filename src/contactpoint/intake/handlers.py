"""What the worker does for imports: looks at watched feeds, and forgets files nobody needs."""

from contactpoint.intake.actions.watching import enqueue_due
from contactpoint.intake.kept import forget
from contactpoint.intake.models import ImportedItem
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.rounds import each_round

each_round(enqueue_due)


@tidies
def forget_files() -> int:
    """Files of items that were published are in the library; of those undone, nobody needs them.

    A rejected item may still be mended and published.
    """
    decided = (ImportedItem.Status.ACCEPTED, ImportedItem.Status.UNDONE)
    undecided = ImportedItem.objects.exclude(status__in=decided)
    found = undecided.exclude(inferred__files=[]).values_list("inferred__files", flat=True)
    return forget(file["checksum"] for files in found.iterator() for file in files or [])
