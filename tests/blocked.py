"""The standard library's own reading of XML in place of lxml's, as where lxml has no wheel."""

from __future__ import annotations

import sys

import pytest


def block(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let libraries be wanting, whatever was imported of them."""
    for loaded in list(sys.modules):
        if loaded.partition(".")[0] in names:
            monkeypatch.setitem(sys.modules, loaded, None)
    for name in names:
        monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.setitem(sys.modules, f"{name}.etree", None)
