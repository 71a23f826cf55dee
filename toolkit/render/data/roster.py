"""What was understood of a roster, as the JSON of `docs/schema/roster.json`."""

from __future__ import annotations

from toolkit.county.roster import Understood


def document(found: Understood, source: str) -> dict[str, object]:
    """The units and where their levels come from, how the columns were read, what was left out."""
    return {
        "file": source,
        "sheet": found.sheet or None,
        "columns": dict(found.heads),
        "other_columns": list(found.others),
        "units": [
            {
                "name": member.unit.name,
                "code": member.unit.code,
                "level": member.unit.level,
                "level_from": told or None,
                "contact": member.contact or None,
                "parent": member.parent or None,
                "since": member.since,
                "until": member.until,
                "successor": member.successor or None,
            }
            for member, told in zip(found.members, found.told, strict=True)
        ],
        "left_out": [{"row": row.number, "cells": list(row.cells)} for row in found.left_out],
        "damaged_codes": [{"name": name, "code": code} for name, code in found.damaged],
    }
