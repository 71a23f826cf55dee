"""What an edition file says, with what `workbook.toml` says behind it: the file's own word counts where both speak.

Which keys there may be is `schema`'s, what they mean `edition`'s.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from toolkit.ground.errors import EditionError
from toolkit.ground.language import text
from toolkit.ground.reasons import reason

SHARED = "workbook.toml"
"""The file of a folder that says what all of its forms have in common."""

PARSED = "parsed.json"
"""The file of a folder that says the same in JSON, which is read in a tenth of the time: by the digest of each file. It
is made while the package is built; a file that is another by now is read itself.
"""

Stated = Mapping[str, Any]


def read(path: Path) -> Stated:
    """What a file says, without what stands behind it.

    Raises:
        EditionError: it is no TOML in UTF-8, or cannot be read.
    """
    try:
        parsed: Stated | None = _parsed(path.with_name(PARSED)).get(sha256(path.read_bytes()).hexdigest())
        if parsed is not None:
            return parsed
        import tomllib

        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # of TOML, of UTF-8
        raise EditionError(text("{file}: not TOML in UTF-8: {error}", file=path.name, error=str(error))) from error
    except OSError as error:
        raise EditionError(text("{file}: cannot be read ({reason})", file=str(path), reason=reason(error))) from error


@lru_cache(maxsize=8)
def _parsed(path: Path) -> Mapping[str, Stated]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def joined(own: Stated, shared: Stated) -> Stated:
    """An edition's own words with the shared ones behind them.

    Blocks are joined key by key; a rule of the file takes the place of the shared rule of its id, and those named in
    `without` are left out. Any other list is taken whole.
    """
    made = _joined(own, shared)
    here, behind = own.get("rule", ()), shared.get("rule", ())
    if _are_blocks(here) and _are_blocks(behind) and "rule" in made:
        made["rule"] = _rules(here, behind, own.get("without", ()))
    return made


def _joined(own: Stated, shared: Stated) -> dict[str, Any]:
    made = {key: said for key, said in shared.items() if key not in own}
    for key, said in own.items():
        behind = shared.get(key)
        made[key] = _joined(said, behind) if isinstance(said, Mapping) and isinstance(behind, Mapping) else said
    return made


def _are_blocks(stated: object) -> bool:
    return isinstance(stated, Sequence) and all(isinstance(each, Mapping) for each in stated)


def _rules(own: Sequence[Stated], shared: Sequence[Stated], left_out: object) -> list[Stated]:
    given = {each.get("id") for each in own}
    gone = left_out if isinstance(left_out, Sequence) else ()
    return [*(each for each in shared if each.get("id") not in given and each.get("id") not in gone), *own]


def says(stated: Stated, line: str) -> bool:
    """Whether a file has the block, the level or the rule of a name."""
    listed = [each for key in ("level", "rule") for each in stated.get(key, ()) if isinstance(each, Mapping)]
    return bool(line) and (line in stated or any(each.get("id") == line for each in listed))
