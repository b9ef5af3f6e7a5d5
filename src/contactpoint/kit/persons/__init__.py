"""Personal data: what is kept of whom, why, for how long, and how it is taken out again.

Each app says it in its own `personal_data.py`, beside its models:

    declare(
        "events.Registration",
        Data("name email", whose=Whose.PARTICIPANTS, purpose=…, ground=Ground.CONSENT, kept=…),
        person=[Address("email")],
    )
    no_persons("events.Announced")

From these declarations come the register of processing, what a person is given, what goes when
they ask to be erased, and the copy for developers. A test fails where a model is not declared.
"""

from contactpoint.kit.persons.declaring import Data, Kept, declare, free, no_persons
from contactpoint.kit.persons.kinds import Erased, Ground, Whose
from contactpoint.kit.persons.links import Account, Address, Mentions, Named, Picked

__all__ = [
    "Account",
    "Address",
    "Data",
    "Erased",
    "Ground",
    "Kept",
    "Mentions",
    "Named",
    "Picked",
    "Whose",
    "declare",
    "free",
    "no_persons",
]
