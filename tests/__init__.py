"""The tests mirror the rooms of `toolkit`; what several of them draw on stands here at the top."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
"""The checkout."""
