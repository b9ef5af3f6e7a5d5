"""The sender: takes a handful of deliveries, hands over each once, writes down what became of them.

It may be killed anywhere: what it had taken is settled by the next (`taking.recover`).
"""

import logging
import time
from collections.abc import Callable
from typing import Final

from contactpoint.dissemination.delivering import smtp
from contactpoint.dissemination.delivering.mailings import composer_of
from contactpoint.dissemination.delivering.messages import message
from contactpoint.dissemination.delivering.slots import CONFIRMED, HANDED, Slot, value
from contactpoint.dissemination.delivering.taking import (
    HOLD,
    folder,
    recover,
    take,
    waiting,
    write_down,
)
from contactpoint.dissemination.delivering.throttle import Throttle
from contactpoint.dissemination.delivering.verdicts import (
    DROPPED,
    GIVEN_BACK,
    HELD_BACK,
    IN_DOUBT,
    SENT,
    Verdict,
    later,
    refused,
)
from contactpoint.dissemination.delivering.ways import Way, way
from contactpoint.dissemination.models import Delivery

log = logging.getLogger(__name__)

SLICE: Final = 1.0
"""Seconds before other work has its turn."""
RECOVERS_EACH: Final = 60.0
_FIRST_PAUSE, _LONGEST_PAUSE = 15.0, 900.0


class Sender:
    """One of a process; ends with `close`, or with the process."""

    def __init__(self, by: Way | None = None) -> None:
        recover()
        self._recovered = time.monotonic()
        self._slot = Slot(folder())
        self._way = by or way()
        self._throttle = Throttle()
        self._in_hand: dict[int, Verdict] = {}
        self._pause = self._resumes = 0.0

    def work(self, seconds: float = SLICE) -> bool:
        """Send for a while; whether there may be more to do at once."""
        now = time.monotonic()
        if self._in_hand:
            self._write_down()
        if now < self._resumes:
            return False
        if now - self._recovered > RECOVERS_EACH:
            recover()
            self._recovered = now
        while taken := take(self._slot.name, self._throttle):
            self._send(taken, now + seconds)
            if time.monotonic() < self._resumes:
                return False
            if time.monotonic() >= now + seconds:
                return True
        self._way.rest()
        return False

    @property
    def is_due(self) -> bool:
        """Whether there is anything to begin with."""
        now = time.monotonic()
        if now < self._resumes:
            return False
        return bool(self._in_hand) or now - self._recovered > RECOVERS_EACH or waiting().exists()

    def rest(self) -> None:
        """Nothing to do just now."""
        self._way.rest()

    def close(self) -> None:
        """Hangs up; nothing is in hand."""
        self._way.close()
        self._slot.close()

    def _send(self, taken: list[Delivery], end: float) -> None:
        """What is not reached in time is given back."""
        self._in_hand = dict.fromkeys((one.pk for one in taken), GIVEN_BACK)
        end = min(time.monotonic() + HOLD.total_seconds(), end)
        try:
            for place, delivery in enumerate(taken):
                self._in_hand[delivery.pk] = self._deliver(delivery, place)
                now = time.monotonic()
                if now >= end or now < self._resumes:
                    break
        finally:
            self._write_down()

    def _write_down(self) -> None:
        """Where the database is away, that comes first as soon as it is back."""
        for one in self._slot.places:
            number, how = divmod(one, 4)
            if how == HANDED and self._in_hand.get(number) == GIVEN_BACK:
                self._in_hand[number] = IN_DOUBT  # interrupted while it waited for the answer
        write_down(self._slot.name, self._in_hand)
        self._in_hand = {}
        self._slot.clear()

    def _deliver(self, delivery: Delivery, place: int) -> Verdict:
        places, handed = self._slot.places, value(delivery.pk, HANDED)

        def mark() -> None:
            places[place] = handed

        try:
            return self._handed_over(delivery, mark, place)
        except smtp.RefusedError as problem:
            places[place] = 0
            return refused(
                delivery.attempts,
                problem.code,
                problem.answer,
                is_of_address=problem.is_of_address,
            )
        except smtp.UnansweredError as problem:
            places[place] = 0
            return later(delivery.attempts, str(problem))
        except smtp.HungUpError as problem:  # it must not stop the others for ever
            self._stop_for_a_while(problem)
            is_trouble = isinstance(problem, smtp.TroubleError)
            return later(delivery.attempts, str(problem) if is_trouble else "hung up")
        except (smtp.SenderRefusedError, OSError) as problem:
            places[place] = 0  # a provider says so after it has read the mail
            self._stop_for_a_while(problem)
            return GIVEN_BACK

    def _handed_over(self, delivery: Delivery, mark: Callable[[], None], place: int) -> Verdict:
        if delivery.subscriber.held_back_since is not None:
            return HELD_BACK
        try:
            composer = composer_of(delivery.mailing.kind)
            letter = composer.compose(delivery)
            if letter is None:
                return DROPPED
            ready = message(delivery, letter, composer.stops(delivery))
        except Exception:  # one that can't be composed must not stop the others
            log.exception("Delivery %s could not be composed.", delivery.pk)
            return later(delivery.attempts, "could not be composed")
        self._way.hand_over(ready, delivery.subscriber.address, mark)
        self._slot.places[place] = value(delivery.pk, CONFIRMED)
        self._pause = 0.0
        return SENT

    def _stop_for_a_while(self, problem: Exception) -> None:
        """Nothing goes out just now, whomever it is for: longer each time."""
        self._pause = min(_LONGEST_PAUSE, self._pause * 2 or _FIRST_PAUSE)
        self._resumes = time.monotonic() + self._pause
        log.warning("No mails for %d s: %s", self._pause, problem)
