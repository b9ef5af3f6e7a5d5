"""The networks that are posted to by their protocols: one module each.

They import their client libraries, which take a while to load: only the sender and the commands do.
"""

from importlib import import_module
from typing import Final

from contactpoint.dissemination.social.channels import Channel
from contactpoint.dissemination.social.networks.networks import Network

_CLASSES: Final = {"mastodon": "MastodonNetwork", "bluesky": "BlueskyNetwork"}


def network(channel: Channel) -> Network:
    """Who speaks for a channel."""
    module = import_module(f"{__name__}.{channel.network}")
    made: Network = getattr(module, _CLASSES[channel.network])(channel)
    return made
