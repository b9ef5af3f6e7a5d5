"""Several senders have mails to the same followers in the same moment, on any database.

`SCRIPT` runs in a portal's own `shell` and prints what came of it; `EXPECTED` is what has to.
"""

from typing import Final

SCRIPT: Final = """
import threading, time
from collections import Counter
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from contactpoint.config.site import prepare
from contactpoint.dissemination.alerts import composing
from contactpoint.dissemination.delivering import taking
from contactpoint.dissemination.delivering.mailings import begin
from contactpoint.dissemination.delivering.sending import Sender
from contactpoint.dissemination.matching.listening import output_key
from contactpoint.dissemination.matching.rules import interest_for, rule_of
from contactpoint.dissemination.models import Delivery, Happening, Mailing, Subscriber
from contactpoint.outputs.models import Event, EventList

prepare()
events = EventList.objects.get(locale__language_code="en")
event = events.add_child(instance=Event(
    title="Moved", place="Ghent", starts_at=timezone.now() + timedelta(days=9)))
event = Event.objects.get(pk=event.pk)
for place in ("Bruges", "Antwerp"):
    event.place = place
    event.save()
key = output_key(event)
first, second = Happening.objects.filter(thing=key, what="changed").order_by("pk")
interest = interest_for(rule_of([[f"thing:{key}"]]))
about = {first: [], second: []}
for number in range(30):
    reader = Subscriber.objects.create(address=f"{number}@at-once.test", language="en",
        confirmed_at=timezone.now(), consented_to="Yes")
    row = reader.subscriptions.create(interest=interest, rhythm="at-once")
    for happening, rows in about.items():
        rows.append((reader.pk, [[happening.pk, row.pk]]))
for happening, rows in about.items():
    begin(f"at-once:test-{happening.pk}", "alert", rows)
mine = Delivery.objects.filter(subscriber__address__endswith="@at-once.test")
moment = timezone.now() - timedelta(hours=1)
for place, pk in enumerate(mine.order_by("subscriber", "pk").values_list("pk", flat=True)):
    mine.filter(pk=pk).update(due_at=moment + timedelta(seconds=place))

taking.AT_ONCE = 1
got, problems = [], []

class Slow:
    def hand_over(self, message, to, mark):
        mark()
        time.sleep(0.002)
        got.append((to, "Antwerp" in message.body))

    def rest(self):
        pass

    close = rest

senders = [Sender(Slow()) for _turn in range(4)]
barrier = threading.Barrier(len(senders))

def send(sender):
    barrier.wait()
    try:
        while mine.filter(state__in=["waiting", "taken"]).exists():
            sender.work(60)
    except Exception as problem:
        problems.append(repr(problem))
    finally:
        connection.close()

threads = [threading.Thread(target=send, args=[one]) for one in senders]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for sender in senders:
    sender.close()
told = Counter(to for to, is_told in got if is_told)
print(f"{len(told)} told, {len(got) - len(told)} too many, {problems}")
Subscriber.objects.filter(address__endswith="@at-once.test").delete()
Mailing.objects.filter(key__startswith="at-once:test-").delete()
Happening.objects.filter(thing=key).delete()
Event.objects.get(pk=event.pk).delete()
"""
EXPECTED: Final = "30 told, 0 too many, []"
"""Each hears of it in one mail; the other has nothing to say any more."""
