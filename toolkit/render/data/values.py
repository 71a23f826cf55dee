"""Any value of the public door as JSON, in the shapes of the command."""

from __future__ import annotations

from typing import Any

from toolkit.form.edition import named
from toolkit.form.parts import Edition
from toolkit.model.changes import Changes
from toolkit.model.filing import Checked, Filing, Reading
from toolkit.model.ledger import Merged
from toolkit.render.data import changes, documents, ledger


def to_json(value: object) -> dict[str, Any]:
    """A filing, what a check, a merge or a comparison gave, or an edition, as the command gives it.

    Raises:
        TypeError: it is of another type.
    """
    match value:
        case Reading() | Filing():
            whole = value.filing if isinstance(value, Reading) else value
            return documents.filing(value, named(whole.edition))
        case Checked():
            return documents.findings([value])
        case Merged():
            return ledger.document(value, value.differences)
        case Changes():
            return changes.document(value, everything=True, with_texts=True)
        case Edition():
            return documents.rules(value)
    raise TypeError(f"{type(value).__name__} has no shape in docs/schema")
