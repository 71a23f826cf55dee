"""What was taken in, as a merge needs it, and what is found of each filing beside those of other units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.county import inputs
from toolkit.county.alike import alike, likeness
from toolkit.county.delivery import delivery
from toolkit.county.inbox import Asked, Taken
from toolkit.county.inputs import Input
from toolkit.county.peers import amounts, unlike_peers
from toolkit.ground.errors import Unreadable
from toolkit.ground.language import Text, text
from toolkit.model.ledger import Delivery, Unread


def of_taken(asked: Asked, taken: Taken) -> Delivery:
    """What a merge needs of an input that was read and checked."""
    made = delivery(taken.reading, taken.checked.findings, taken.digest)
    member = taken.member
    remarks: tuple[Text, ...] = ()
    if taken.match.by == "confirmed" and member is not None:
        remarks = (text("taken for {unit} by its file name", unit=member.unit.name),)
    elif member is None and taken.match.member is not None:
        name = taken.match.member.unit.name
        remarks = (
            text("only its file name speaks of {unit}; enter the unit on its cover, or confirm with --yes", unit=name),
        )
    return replace(
        made,
        member=member,
        by=taken.match.by,
        remarks=remarks,
        contradiction=taken.contradiction,
        likeness=likeness(taken.reading.filing),
        amounts=amounts(taken.reading.filing),
        saved=_saved(taken.given) if asked.latest else "",
    )


def _saved(given: Input) -> str:
    """When a workbook was saved last by its own account, else by that of the file system."""
    from toolkit.intake.identity import saved

    try:
        return saved(inputs.content(given)) or inputs.saved(given)
    except Unreadable:
        return inputs.saved(given)


def beside_others(given: Sequence[Delivery | Unread]) -> tuple[Delivery | Unread, ...]:
    """What was delivered, with what is found of each filing beside the others."""
    return tuple(unlike_peers(tuple(alike(given))))
