"""`contactpoint doctor`: what stands in the way of running, before it does.

Each check looks at one thing, changes nothing, and says what is wrong, where, and the mend.
`findings.py` lists the checks; those of a kind stand together in a module, imported here in the
order in which they are made.
"""

from contactpoint.operations.doctor import secrets as secrets  # isort: skip
from contactpoint.operations.doctor import surroundings as surroundings  # isort: skip
from contactpoint.operations.doctor import databases as databases  # isort: skip
from contactpoint.operations.doctor import folders as folders  # isort: skip
from contactpoint.operations.doctor import work as work  # isort: skip
from contactpoint.operations.doctor.asking import look_only
from contactpoint.operations.doctor.findings import Finding, Level, check, examine

__all__ = ["Finding", "Level", "check", "examine", "look_only"]
