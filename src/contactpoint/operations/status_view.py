"""How the portal is, on one page of the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from contactpoint.dissemination.models import Delivery
from contactpoint.kit import workers_seen
from contactpoint.kit.admin_pages import framed
from contactpoint.operations import readings
from contactpoint.operations.judging import State, concerns, span
from contactpoint.operations.keeping_numbers import write_down
from contactpoint.operations.reading_numbers import Slow, last_day
from contactpoint.operations.rights import require_overseer
from contactpoint.operations.versions import versions

STATES = {
    Delivery.State.WAITING: gettext_lazy("waiting"),
    Delivery.State.TAKEN: gettext_lazy("being sent"),
    Delivery.State.SENT: gettext_lazy("sent"),
    Delivery.State.REFUSED: gettext_lazy("refused"),
    Delivery.State.DROPPED: gettext_lazy("dropped"),
}
NAMES = {
    "contactpoint": "Contactpoint", "python": "Python", "django": "Django", "wagtail": "Wagtail",
}  # fmt: skip


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Some ten questions to the database, whatever there is, and the numbers of this machine."""
    require_overseer(request)
    write_down()  # of this process also the last seconds
    day = last_day()
    given, late = day.kept.get("given", 0), day.kept.get("late", 0)
    state = State(
        queues=readings.queues(), outbox=readings.messages(), search=readings.search(),
        workers=workers_seen.workers(), disk=readings.disk(), dump=readings.last_dump(),
        backup=readings.last_backup(), files=readings.files(),
    )  # fmt: skip
    mails = readings.mails()
    context = framed(
        _("State of the portal"),
        state=state,
        concerns=list(concerns(state)),
        queues=[(queue, span(queue.oldest) if queue.oldest else "–") for queue in state.queues],
        lag=span(state.search.lag),
        runs=readings.runs(),
        mails=[(label, mails.states[name]) for name, label in STATES.items()],
        slow=[
            (_("Pages for readers"), [_row(one) for one in day.readers]),
            (_("The desk"), [_row(one) for one in day.desk]),
        ],
        answered=day.answered,
        given=given,
        made=day.kept.get("made", 0),
        late=late,
        share=round(100 * given / (given + day.answered)) if given else 0,
        free_share=round(100 * state.disk.share),
        versions=[(NAMES.get(name, ""), number) for name, number in versions().items() if number],
    )
    return render(request, "operations/admin/status.html", context)


def _row(one: Slow) -> dict[str, Any]:
    return {
        "name": one.name, "number": one.number, "mean": span(one.mean),
        "slowest": span(one.slowest), "queries": round(one.queries),
    }  # fmt: skip
