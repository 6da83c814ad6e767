"""Python's garbage collection, kept from holding up the event loop while a thread builds very many objects."""

import gc
from collections.abc import Generator
from contextlib import contextmanager

# A full collection looks at every object there is, and all threads stand still meanwhile: with a sheet of 20,000 rows
# in memory for 0.3 to 0.8 s, several times over. What is in cycles can wait; the rest is freed at once as ever.
_NEVER = 1_000_000_000

_open = 0
_usual = gc.get_threshold()


@contextmanager
def without_full_collections() -> Generator[None]:
    """No full collection in the whole process until the last of these blocks is left. For seconds, not for minutes.

    Enter and leave it on the event loop's thread.
    """
    global _open, _usual
    if _open == 0:
        _usual = gc.get_threshold()
        gc.set_threshold(*_usual[:2], _NEVER)
    _open += 1
    try:
        yield
    finally:
        _open -= 1
        if _open == 0:
            gc.set_threshold(*_usual)
