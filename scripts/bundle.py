"""Build dist/bundle: everything to install xls on a machine without a network, with the page inside the wheel.

Run `make bundle`, or `python scripts/bundle.py [FOLDER]`. What it builds it tries: an environment without an index.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "dist" / "年报工具.html"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "Windows": ("win_amd64",),
    "Linux x86-64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "Linux aarch64": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
}
INSTALL = "python -m pip install --no-index --find-links wheels --require-hashes -r requirements.txt"


def build(folder: Path) -> Path:
    """Build the bundle into a folder that is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    ours = _ours(wheels)
    for platforms in SYSTEMS.values():
        for python in PYTHONS:
            _pip(
                "download",
                "--only-binary",
                ":all:",
                "--python-version",
                python,
                *_asked(platforms),
                "--dest",
                wheels,
                ours,
            )
    (folder / "requirements.txt").write_text(requirements(wheels.glob("*.whl")), encoding="utf-8")
    said = (
        "xls: 政府信息公开工作年度报告工具\n\n"
        f"需要 Python 3.11–3.14（Windows 64 位，Linux x86-64、aarch64），不用联网。在本文件夹里运行：\n\n    {INSTALL}"
        "\n\n"
        f"Python 3.11 to 3.14 is needed, and no network. In this folder run:\n\n    {INSTALL}\n"
    )
    (folder / "README.txt").write_text(said, encoding="utf-8")
    return folder


def _ours(wheels: Path) -> Path:
    """Our own wheel, with the page in it."""
    environment = {**os.environ, "XLS_PAGE": str(PAGE)} if PAGE.is_file() else dict(os.environ)
    _pip("wheel", "--no-deps", "--wheel-dir", wheels, ROOT, environment=environment)
    return next(iter(wheels.glob("*.whl")))


def _asked(platforms: Iterable[str]) -> list[str]:
    return [word for each in platforms for word in ("--platform", each)]


def _pip(*words: object, environment: dict[str, str] | None = None) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *map(str, words)], check=True, env=environment)


def requirements(wheels: Iterable[Path]) -> str:
    """What is installed, by the hashes of the wheels, each on its line.

    Raises:
        ValueError: a distribution is there in two versions, so that nobody could say which is meant.
    """
    hashes: dict[str, dict[str, list[str]]] = {}
    for each in sorted(wheels):
        name, version = each.name.split("-")[:2]
        known = hashes.setdefault(name.lower().replace("_", "-"), {})
        known.setdefault(version, []).append(hashlib.sha256(each.read_bytes()).hexdigest())
    several = [name for name, versions in hashes.items() if len(versions) > 1]
    if several:
        raise ValueError(f"in two versions: {', '.join(several)}; bound them in pyproject.toml")
    lines = []
    for name, versions in sorted(hashes.items()):
        for version, found in versions.items():
            lines.append(" \\\n    ".join([f"{name}=={version}", *(f"--hash=sha256:{each}" for each in found)]))
    return "\n".join(lines) + "\n"


def tried(folder: Path) -> str:
    """What an environment says that the bundle was installed in without any index."""
    with tempfile.TemporaryDirectory() as away:
        subprocess.run([sys.executable, "-m", "venv", away], check=True)
        inside = Path(away) / ("Scripts" if os.name == "nt" else "bin")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON"))}
        words = [str(inside / "python"), "-I", *INSTALL.split()[1:], "--quiet", "--disable-pip-version-check"]
        subprocess.run(words, cwd=folder, check=True, env={**environment, "PIP_CONFIG_FILE": os.devnull})
        done = subprocess.run([str(inside / "xls"), "--version"], capture_output=True, text=True, check=True, cwd=away)
        return done.stdout.strip()


if __name__ == "__main__":
    made = build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "bundle")
    size = sum(each.stat().st_size for each in made.rglob("*.whl")) / 1e6
    print(f"{made}: {size:.0f} MB; installed without an index it says: {tried(made)}")
