"""People of one state begin, save, send and are told in the same moment, on any database.

`SCRIPT` runs in a portal's own `shell` and prints what came of it; `EXPECTED` is what has to.
"""

from typing import Final

SCRIPT: Final = """
import threading
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from contactpoint.accounts.models import User
from contactpoint.config.site import prepare
from contactpoint.consultations.actions import states
from contactpoint.consultations.actions.standing import StateError
from contactpoint.consultations.actions.telling import tell
from contactpoint.consultations.actions.writing import Written
from contactpoint.consultations.models import *
from contactpoint.consultations.questions import Instrument as Asked, Kind, Question, Section
from contactpoint.consultations.questions import carried
from contactpoint.network.models import Country

prepare()
asked = Asked("together", ("en",), {"en": "Together"}, sections=(
    Section("s", questions=(Question("a", Kind.TEXT), Question("b", Kind.TEXT))),))
instrument = Instrument.objects.create(code="together", kind="query", labels={"en": "Together"})
version = Version.objects.create(
    instrument=instrument, number=1, definition=carried(asked), is_frozen=True)
state, _made = Country.objects.get_or_create(code="BE", defaults={"labels": {"en": "Belgium"}})
held = Round.objects.create(instrument=instrument, version=version, code="together",
    access="states",
    status="open", closes_at=timezone.now() + timedelta(days=9),
)
StateAsked.objects.create(round=held, country=state)
people = [User.objects.create_user(f"{n}@together.test", "x") for n in range(8)]
for one in people:
    Seat.objects.create(user=one, country=state, sends=True)
problems = []

def at_once(function, given):
    barrier, done = threading.Barrier(len(given)), []
    def one(value):
        barrier.wait()
        try:
            done.append(function(value))
        except StateError as problem:
            done.append(None)
        except Exception as problem:
            problems.append(repr(problem))
        finally:
            connection.close()
    threads = [threading.Thread(target=one, args=(value,)) for value in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [value for value in done if value is not None]

begun = len({one.pk for one in at_once(lambda who: states.begin(held, state, who), people)})
response = Response.objects.get(round=held)

def save(who):
    said = {code: Written(str(who.pk), "wide") for code in "ab"}
    states.save(response, "s", said, who, revision=0)
    return who.pk

saved = at_once(save, people)
stored = {one.value for one in response.answers.all()}
first = f"{begun} {len(saved)} {stored == {str(saved[0])}} {response.locks.get().revision}"
states.ask_validation(response, people[0])

def send(who):
    states.send(response, who)
    return who.pk

at_once(send, [one for one in people if one.pk not in (saved[0], people[0].pk)])
second = f"{response.steps.filter(kind='sent').count()} {Response.objects.get(round=held).status}"
at_once(lambda _number: tell(held, "opened"), range(6))
print(f"{first} | {second} | {StateNotice.objects.filter(round=held).count()} | {problems}")
Response.objects.filter(round=held).delete()
held.delete()
version.delete()
instrument.delete()
User.objects.filter(email__endswith="@together.test").delete()
"""
EXPECTED: Final = "1 1 True 1 | 1 sent | 8 | []"
"""One answer, saved by one of eight and whole, sent once, and eight people told once each."""
