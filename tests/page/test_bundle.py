"""A bundle is installed by the hashes of its wheels, and says nothing that can be taken in two ways."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from scripts.bundle import requirements


def _wheels(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_bytes(name.encode())
    return [folder / name for name in names]


def test_every_wheel_of_a_distribution_is_named_by_its_hash(tmp_path: Path) -> None:
    names = (
        "lxml-6.0-cp311-cp311-win_amd64.whl",
        "lxml-6.0-cp312-cp312-win_amd64.whl",
        "et_xmlfile-2.0-py3-none-any.whl",
    )
    said = requirements(_wheels(tmp_path, *names))
    first, second, other = (sha256(name.encode()).hexdigest() for name in names)
    assert said == (
        f"et-xmlfile==2.0 \\\n    --hash=sha256:{other}\n"
        f"lxml==6.0 \\\n    --hash=sha256:{first} \\\n    --hash=sha256:{second}\n"
    )


def test_a_distribution_in_two_versions_is_refused(tmp_path: Path) -> None:
    wheels = _wheels(tmp_path, "rich-14.0-py3-none-any.whl", "rich-15.0-py3-none-any.whl")
    with pytest.raises(ValueError, match="in two versions: rich"):
        requirements(wheels)
