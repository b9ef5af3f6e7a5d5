"""Many people register and cancel in the same moment, in threads of one process, on any database.

`SCRIPT` runs in a portal's own `shell` and prints what came of it; `EXPECTED` is what has to.
"""

from typing import Final

SCRIPT: Final = """
import threading
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from contactpoint.config.site import prepare
from contactpoint.events.actions import Person, cancel, register
from contactpoint.events.models import Notice, Registration
from contactpoint.kit.models import OutboxEntry
from contactpoint.outputs.models import Event, EventList

prepare()
events = EventList.objects.get(locale__language_code="en")
starts = timezone.now() + timedelta(days=9)
event = events.add_child(instance=Event(
    title="Crowded", starts_at=starts, takes_registrations=True, capacity=5))
key, problems = event.translation_key, []

def at_once(function, given):
    barrier = threading.Barrier(len(given))
    def one(value):
        barrier.wait()
        try:
            function(value)
        except Exception as problem:
            problems.append(repr(problem))
        finally:
            connection.close()
    threads = [threading.Thread(target=one, args=(value,)) for value in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

def come(number):
    register(key, Person("R", f"{number}@example.org"), ticket=str(number))

def told(kind):
    return Notice.objects.filter(registration__register__key=key, kind=kind).count()

def count(status):
    return Registration.objects.filter(register__key=key, status=status).count()

at_once(come, [*range(12), 0, 1])
first = f"{count('place')} {count('waiting')} {told('place')} {told('waiting')} {told('again')}"
rows = list(Registration.objects.filter(register__key=key, status="place").order_by("pk")[:3])
waiting = Registration.objects.filter(register__key=key, status="waiting").order_by("pk")
next_ones = list(waiting.values_list("pk", flat=True)[:3])
at_once(cancel, [*rows, rows[0]])
moved = list(Notice.objects.filter(registration__register__key=key, kind="moved-up")
    .order_by("registration").values_list("registration", flat=True))
second = f"{count('place')} {count('waiting')} {moved == next_ones}"
Registration.objects.filter(register__key=key).delete()
OutboxEntry.objects.filter(topic="registration.notice").delete()
event.delete()
print(f"{first} | {second} | {problems}")
"""
EXPECTED: Final = "5 7 5 7 0 | 5 4 True | []"
"""Five places, seven wait, each told once; three cancel (one of them twice), three move up."""
