"""An edition is read from JSON that a build has made of it, as long as that says the same; else from its own file."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.warm import MEASURED
from toolkit.form.edition import TEMPLATES, load
from toolkit.form.stated import PARSED, read
from toolkit.ground.errors import EditionError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """What a build runs."""
    found = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The editions without what a build has made of them."""
    for path in TEMPLATES.glob("*.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_what_a_build_has_made_of_an_edition_says_the_same(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, hook: ModuleType
) -> None:
    built = tmp_path_factory.mktemp("built")
    for path in folder.glob("*.toml"):
        shutil.copy(path, built)
    hook.parse(built)
    known = json.loads((built / PARSED).read_bytes())
    assert len(known) == len(list(folder.glob("*.toml"))) >= 3
    for path in sorted(folder.glob("*.toml")):
        assert read(built / path.name) in known.values()
        assert read(built / path.name) == read(path)
    assert load(built / "2021.toml").figures == load(folder / "2021.toml").figures


def test_a_file_that_was_changed_since_is_read_itself(folder: Path, hook: ModuleType) -> None:
    hook.parse(folder)
    path = folder / "2021.toml"
    was = path.read_text(encoding="utf-8")
    path.write_text("# later\n" + was.replace('"2021"', '"2031"', 1), encoding="utf-8")
    assert read(path)["edition"] == "2031"
    path.write_text(was + "\n[[", encoding="utf-8")
    with pytest.raises(EditionError):
        read(path)


@pytest.mark.parametrize("said", [b"", b"[]", b"{", b"\xff\xfe{}"])
def test_json_that_is_damaged_is_as_none(folder: Path, said: bytes) -> None:
    (folder / PARSED).write_bytes(said)
    assert read(folder / "2021.toml") == read(TEMPLATES / "2021.toml")


def test_toml_is_not_loaded_where_a_build_has_read_it(folder: Path, hook: ModuleType) -> None:
    hook.parse(folder)
    asked = (
        "import sys; from pathlib import Path; from toolkit.form.edition import load; "
        "load(Path(sys.argv[1])); print('tomllib' in sys.modules)"
    )
    for wanted in ("False", "True"):
        done = subprocess.run(
            [sys.executable, "-c", asked, str(folder / "2021.toml")],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={name: said for name, said in os.environ.items() if name != MEASURED},  # who measures reads TOML, too
            check=True,
        )
        assert done.stdout.strip() == wanted
        (folder / PARSED).unlink(missing_ok=True)
