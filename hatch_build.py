"""What a build adds to the package: the compiled catalogue and the editions as JSON always, and in a wheel what lies
beside it in a checkout.
"""

from __future__ import annotations

import json
import os
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE = "XLS_PAGE"
"""Names the page that a wheel is to carry. It is many times as large as all else, so none does without being told to.
"""

CARRIED = {"templates/xlsx": "toolkit/templates/xlsx", "samples": "toolkit/samples"}


def parse(folder: Path) -> None:
    """Write what the .toml files of a folder say as JSON, each under the digest of its bytes.

    Raises:
        ValueError: JSON does not say the same.
    """
    said = {sha256(path.read_bytes()).hexdigest(): tomllib.loads(path.read_text(encoding="utf-8"))
            for path in sorted(folder.glob("*.toml"))}  # fmt: skip
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    if json.loads(written) != said:
        raise ValueError(f"{folder}: JSON does not say the same")
    (folder / "parsed.json").write_text(written, encoding="utf-8")


class CustomBuildHook(BuildHookInterface):
    """Runs before every wheel, source distribution and editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every .po to a .mo, editions to JSON beside them; carry editions and samples into a wheel proper."""
        for source in Path(self.root, "toolkit", "ground", "locale").glob("*/LC_MESSAGES/messages.po"):
            with source.open("rb") as sentences, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(sentences))
        parse(Path(self.root, "templates", "xlsx"))
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(
                {here: there for here, there in CARRIED.items() if Path(self.root, here).is_dir()}
            )
            if os.environ.get(PAGE):
                build_data["force_include"][os.environ[PAGE]] = "toolkit/templates/年报工具.html"
