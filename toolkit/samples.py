"""The samples that come with the package: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGED = Path(__file__).parent / "samples"
SAMPLES = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[1] / "samples"


def sample(name: str) -> Path:
    """The path of a sample, by its folder and file name."""
    return SAMPLES / name
