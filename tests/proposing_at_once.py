"""Programs of one institution propose in the same moment, on any database.

`SCRIPT` runs in a portal's own `shell` and prints what came of it; `EXPECTED` is what has to.
"""

from typing import Final

SCRIPT: Final = """
import threading
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from contactpoint.api import tokens
from contactpoint.api.models import ApiToken, Proposal, Scope
from contactpoint.api.problems import ProblemError
from contactpoint.api.proposals import receiving
from contactpoint.config.site import prepare
from contactpoint.network.models import Institution

prepare()
partner = Institution.objects.create(slug="at-once", labels={"en": "At once"})
until = timezone.now() + timedelta(days=1)
made = [tokens.made(partner, str(n), list(Scope.values), until, None)[0] for n in range(2)]
problems = []

def at_once(given):
    barrier, done = threading.Barrier(len(given)), []
    def one(token, key):
        barrier.wait()
        try:
            video = {"kind": "video", "title": {"en": "A film"}}
            done.append(receiving.received(token, key, video)[0].pk)
        except ProblemError as problem:
            assert problem.kind == "too-many-proposals", problem.kind
        except Exception as problem:
            problems.append(repr(problem))
        finally:
            connection.close()
    threads = [threading.Thread(target=one, args=each) for each in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done

receiving.AN_HOUR = 3
hour = len(at_once([(made[0], f"key-{n:08}") for n in range(12)]))
Proposal.objects.filter(institution=partner).delete()
receiving.AN_HOUR, receiving.MOST_WAITING = 100, 4
waiting = len(at_once([(made[n % 2], f"key-{n:08}") for n in range(12)]))
Proposal.objects.filter(institution=partner).delete()
receiving.MOST_WAITING = 1
same = at_once([(made[0], "key-00000001")] * 8)
print(f"{hour} | {waiting} | {len(same)} {len(set(same))} | {problems}")
Proposal.objects.filter(institution=partner).delete()
ApiToken.objects.filter(institution=partner).delete()
partner.delete()
"""
EXPECTED: Final = "3 | 4 | 8 1 | []"
"""No more than an hour's, no more than may wait, and one proposal for one key."""
