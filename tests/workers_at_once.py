"""Jobs for two workers of two machines on one database, run by `contactpoint shell`.

Each job adds a row of its own: an outbox entry of a topic that nobody handles and that counts as
done, so that nothing else looks at it. A job that is run twice is seen, one that is lost as well.
"""

import time

from django.utils import timezone
from django_tasks import task

from contactpoint.kit.models import OutboxEntry

TOPIC = "test.ran"


@task()
def note(number: int) -> None:
    """Some milliseconds of work; the step itself is one row for each number, however often."""
    time.sleep(0.004)
    OutboxEntry.objects.create(topic=TOPIC, payload={"job": number}, done_at=timezone.now())


@task()
def hold(seconds: float) -> None:
    """The piece of work at which a worker is killed; done at once by whoever takes it after."""
    first = not OutboxEntry.objects.filter(topic="test.held").exists()
    OutboxEntry.objects.create(topic="test.held", done_at=timezone.now())
    if first:
        time.sleep(seconds)
