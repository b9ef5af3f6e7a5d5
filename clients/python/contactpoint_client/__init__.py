"""A client of a contact point's portal, typed from its own description. Needs nothing but Python.

from contactpoint_client import Client

portal = Client("https://portal.example.org")
for one in portal.outputs(theme_any=["asylum"], fields=["title", "url"]):
    print(one["title"])
"""

from contactpoint_client.asking import NoAnswerError, PortalError
from contactpoint_client.generated import Client

__all__ = ["Client", "NoAnswerError", "PortalError"]
