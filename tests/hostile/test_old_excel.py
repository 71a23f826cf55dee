"""An old workbook (.xls) whose records say what cannot be is refused before python-calamine believes them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.hostile.packages import good
from tests.office import resaved
from toolkit.ground.errors import Unreadable
from toolkit.ground.language import speaking
from toolkit.intake import intake
from toolkit.intake.sources import biff

_STRINGS = 0x00FC


@pytest.mark.parametrize("count", [2**31 - 1, 2**32 - 1])
def test_more_strings_than_bytes_is_damage(count: int, tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(good())
    old = resaved(source, "xls", tmp_path)
    content = old.read_bytes()
    head = next(body[:8] for kind, body in biff.records(biff.stream(content), 0) if kind == _STRINGS)
    assert content.count(head) == 1
    old.write_bytes(content.replace(head, head[:4] + struct.pack("<I", count)))
    with speaking("en"), pytest.raises(Unreadable, match="damaged or cut off"):
        intake(old)


def test_a_directory_that_goes_round_in_a_ring_is_damage(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(good())
    old = resaved(source, "xls", tmp_path)
    content = bytearray(old.read_bytes())
    directory = 512 * (1 + struct.unpack_from("<I", content, 48)[0])
    (child,) = struct.unpack_from("<I", content, directory + 76)
    struct.pack_into("<I", content, directory + 128 * child + 68, child)  # what stands left of it is itself
    old.write_bytes(content)
    with speaking("en"), pytest.raises(Unreadable, match="damaged or cut off"):
        intake(old)
