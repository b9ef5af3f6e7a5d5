"""How a process begins: what is loaded then lives as long as it does, and isn't looked at again.

Python's collector looks for circles among all objects, some 260,000 of them once the portal is
loaded: while it is being loaded that takes a tenth of the time, and later a request now and then
waits 0.2 s for it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """While a process loads what it needs; what it has by then is left alone afterwards."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
