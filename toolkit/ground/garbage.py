"""How often a process of ours looks for objects that keep each other alive. What a filing leaves behind is given back
at once without that; at the usual 700 objects it took a fifteenth of the time of one check, most of it while loading.
"""

from __future__ import annotations

import gc

_OBJECTS = 50_000
"""So many more objects than before are some megabytes."""


def seldom_looked_for() -> None:
    """Look for them seldom in this process, which is the command's own or one that it started."""
    gc.set_threshold(_OBJECTS)
