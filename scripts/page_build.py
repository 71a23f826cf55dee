"""Build dist/年报工具.html and dist/xls-page.html, the same: the toolkit as one page that needs nothing but a browser.

Needs npm, node and pip, which fetch what `scripts/page` pins by hash. The same sources give the same bytes.
Run `make page`, or `python scripts/page_build.py [FOLDER]`; with `--fetch` only what the network is needed for is done.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "scripts" / "page"
NAMES = ("年报工具.html", "xls-page.html")
PLATFORM = ("--platform", "pyemscripten_2026_0_wasm32", "--python-version", "3.14", "--abi", "cp314", "--abi", "none")

UNUSED = frozenset((SOURCE / "unused.txt").read_text(encoding="utf-8").split())
"""Modules of the standard library that nothing inside asks for."""

LEFT_OUT = (
    "toolkit/cli/", "toolkit/__main__", "rich/__main__", "rich/_emoji_codes", "rich/markdown", "rich/syntax",
    "xlrd-", "pdfplumber/cli", "pdfplumber/display", "pdfminer/high_level", "charset_normalizer/__main__",
    "charset_normalizer/cli/",
)  # fmt: skip

FOR_PDF = ("pdfplumber/", "pdfminer/", "charset_normalizer/")
"""What is packed apart, and unpacked after the page can be used."""

MAPS = frozenset({
    "to-unicode-Adobe-GB1", "UniGB-UCS2-H", "UniGB-UTF16-H", "GBK-EUC-H", "GBKp-EUC-H", "GBK2K-H", "GB-EUC-H",
    "GBpc-EUC-H",
})  # fmt: skip
"""The character maps that go into the page: of Chinese as it is printed on the mainland, in lines across. The others
would take 5 MB; a PDF that needs one of them is refused by name.
"""

PRINTED = "".join(map(chr, range(33, 127))).translate({ord(each): None for each in "&<>"})
"""Letters that a page can hold as they are; two of them hold 13 bits, where those of base64 hold 12."""


def build(folder: Path) -> tuple[Path, ...]:
    """Build the page into a folder, under both of its names."""
    cache, pyodide, wheels = fetch(folder)
    unpacked = dict(_unpacked(wheels))
    for_pdf = {name: body for name, body in unpacked.items() if name.startswith(FOR_PDF)} | dict(_maps(wheels))
    site = {name: body for name, body in unpacked.items() if name.startswith("python_calamine")} | dict(_ours())
    library = dict(_standard(pyodide)) | {
        name: body for name, body in unpacked.items() if name not in site and name not in for_pdf
    }
    standard, ours, theirs = _compiled(cache, pyodide, library, site, for_pdf)
    packed = {
        "pyodide.mjs": _without_map((pyodide / "pyodide.mjs").read_bytes()),
        "pyodide.asm.mjs": (pyodide / "pyodide.asm.mjs").read_bytes(),
        "pyodide.asm.wasm": (pyodide / "pyodide.asm.wasm").read_bytes(),
        "pyodide-lock.json": _lock(pyodide),
        "python_stdlib.zip": standard,
        **_members(ours),
    }
    page = _page(packed, _members(theirs), _licences(pyodide, wheels)).encode()
    for name in NAMES:
        (folder / name).write_bytes(page)
    return tuple(folder / name for name in NAMES)


def fetch(folder: Path) -> tuple[Path, Path, tuple[Path, ...]]:
    """Fetch what the page is made of, unless it is there: where it lies, the interpreter, the wheels."""
    cache = folder / ".page"
    cache.mkdir(parents=True, exist_ok=True)
    return cache, _interpreter(cache), _wheels(cache)


def fetched(folder: Path) -> bool:
    """Whether all that the network is needed for is there."""
    cache = folder / ".page"
    names = ("package.json", "package-lock.json", "wheels.txt")
    return (cache / "node_modules" / "pyodide").is_dir() and all(_same(SOURCE / each, cache / each) for each in names)


def _interpreter(cache: Path) -> Path:
    """CPython for browsers, as the lock has it."""
    names = ("package.json", "package-lock.json")
    there = cache / "node_modules" / "pyodide"
    if there.is_dir() and all(_same(SOURCE / name, cache / name) for name in names):
        return there
    for name in names:
        shutil.copy(SOURCE / name, cache / name)
    subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], cwd=cache, check=True)
    return there


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _wheels(cache: Path) -> tuple[Path, ...]:
    """The wheels that the list has, and no others."""
    folder, wanted = cache / "wheels", cache / "wheels.txt"
    if _same(SOURCE / "wheels.txt", wanted):
        return tuple(sorted(folder.glob("*.whl")))
    shutil.rmtree(folder, ignore_errors=True)
    wanted.unlink(missing_ok=True)
    asked = ["--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:", *PLATFORM]
    command = [sys.executable, "-m", "pip", "download", *asked, "--dest", folder, "-r", SOURCE / "wheels.txt"]
    subprocess.run(list(map(str, command)), check=True)
    shutil.copy(SOURCE / "wheels.txt", wanted)
    return tuple(sorted(folder.glob("*.whl")))


def _standard(pyodide: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(pyodide / "python_stdlib.zip") as archive:
        for name in sorted(archive.namelist()):
            parts = name.split("/")
            if not name.endswith("/") and UNUSED.isdisjoint("/".join(parts[: n + 1]) for n in range(len(parts))):
                yield name, archive.read(name)


def _unpacked(wheels: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """What of the wheels is run."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in sorted(archive.namelist()):
                if ".dist-info/" not in name and not name.startswith(LEFT_OUT) and name.endswith((".py", ".so")):
                    yield name, archive.read(name)


def _maps(wheels: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """The character maps of PDFs that go into the page, and the names of those that do not."""
    left = []
    wheel = next(each for each in wheels if each.name.startswith("pdfminer"))
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            path = PurePosixPath(name)
            if name.startswith("pdfminer/cmap/") and name.endswith(".json.gz"):
                if path.name.removesuffix(".json.gz") in MAPS:
                    yield name, archive.read(name)
                else:
                    left.append(path.name.removesuffix(".json.gz"))
    yield "pdfminer/cmap/left-out.txt", "\n".join(left).encode()


def _ours() -> Iterator[tuple[str, bytes]]:
    """Our own modules, editions and sentences, and the desk of the page."""
    for path in sorted((ROOT / "toolkit").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in (".py", ".mo") and not name.startswith(LEFT_OUT):
            yield name, path.read_bytes()
    for path in sorted((ROOT / "templates" / "xlsx").iterdir()):
        if path.suffix in (".toml", ".json"):
            yield f"toolkit/templates/xlsx/{path.name}", path.read_bytes()
    for path in sorted((SOURCE / "xls_page").glob("*.py")):
        yield f"xls_page/{path.name}", path.read_bytes()


def _compiled(cache: Path, pyodide: Path, *several: Mapping[str, bytes]) -> list[bytes]:
    """Files in archives, Python compiled by the interpreter that will run it; what was compiled before is kept."""
    pairs = []
    for files in several:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, body in sorted(files.items()):
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), body)
        said = buffer.getvalue() + (SOURCE / "compile.mjs").read_bytes() + (SOURCE / "package-lock.json").read_bytes()
        known = hashlib.sha256(said).hexdigest()[:16]
        given, made = cache / f"{known}-sources.zip", cache / f"{known}-compiled.zip"
        given.write_bytes(buffer.getvalue())
        pairs.append((given, made))
    asked = [str(path) for given, made in pairs if not made.exists() for path in (given, made)]
    if asked:
        subprocess.run(["node", str(SOURCE / "compile.mjs"), str(pyodide), *asked], check=True)
    return [made.read_bytes() for _, made in pairs]


def _members(archive: bytes) -> dict[str, bytes]:
    """The files of an archive, where the interpreter looks for them: they are laid there one by one."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {f"site/{name}": opened.read(name) for name in opened.namelist()}


def _without_map(module: bytes) -> bytes:
    """A module without the word of where its source map is: nobody is to ask for it."""
    return module.partition(b"\n//# sourceMappingURL=")[0] + b"\n"


def _lock(pyodide: Path) -> bytes:
    """What the interpreter wants to know of itself, without the packages it could fetch."""
    lock = json.loads((pyodide / "pyodide-lock.json").read_bytes())
    return json.dumps({**lock, "packages": {}}, sort_keys=True).encode()


def _packed(files: Mapping[str, bytes]) -> str:
    """Files as one text: a line that says their names and sizes, then the files; compressed, in letters."""
    head = json.dumps([[name, len(body)] for name, body in files.items()]).encode() + b"\n"
    return lettered(gzip.compress(head + b"".join(files.values()), 9, mtime=0))


def lettered(content: bytes) -> str:
    """Bytes in letters that a page can hold, 13 bits in two of them; how many bytes they were stands before a blank."""
    pairs = [one + other for one in PRINTED for other in PRINTED][: 1 << 13]
    made = []
    for at in range(0, len(content), 13):  # thirteen bytes are eight times thirteen bits
        bits = int.from_bytes(content[at : at + 13].ljust(13, b"\0"), "big")
        made += [pairs[bits >> place & 8191] for place in range(91, -1, -13)]
    return f"{len(content)} {''.join(made)}"


def _licences(pyodide: Path, wheels: tuple[Path, ...]) -> str:
    """What is inside, and under which licence, each with the words of it."""
    said = [("xls", (ROOT / "LICENSE").read_text(encoding="utf-8"))]
    lock = json.loads((pyodide / "package.json").read_bytes())
    said.append((f"Pyodide {lock['version']} ({lock['license']}), CPython 3.14 (PSF)", (SOURCE / "NOTICE").read_text()))
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            names = [each for each in archive.namelist() if ".dist-info/" in each]
            meta = next(archive.read(each).decode() for each in names if each.endswith("/METADATA"))
            words = [archive.read(each).decode() for each in sorted(names) if "licen" in each.lower()]
        fields = dict(
            reversed([line.split(": ", 1) for line in meta.partition("\n\n")[0].splitlines() if ": " in line])
        )
        named = fields.get("License-Expression") or fields.get("License", "")
        said.append((f"{fields['Name']} {fields['Version']} ({named})", "\n".join(words)))
    return "\n".join(f"<h3>{escape(name)}</h3>\n<pre>{escape(words)}</pre>" for name, words in said)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _page(packed: Mapping[str, bytes], for_pdf: Mapping[str, bytes], licences: str) -> str:
    """The page with everything in it. Its policy lets no request out, and no script run but its own."""
    words = json.dumps(json.loads((SOURCE / "words.json").read_bytes()), ensure_ascii=False)
    worker = (SOURCE / "worker.js").read_text(encoding="utf-8")
    first = (SOURCE / "old.js").read_text(encoding="utf-8")
    drawing = [(SOURCE / name).read_text(encoding="utf-8") for name in ("draw.js", "page.js")]
    script = f"const WORDS={words};\nconst WORKER={json.dumps(worker)};\n".replace("</", "<\\/") + "\n".join(drawing)
    then = {name: f'unpacked("{name}")' for name in ("packed", "packed-pdf")}
    ours = " ".join(map(_hash, (first, script, *then.values())))
    policy = (
        f"default-src 'none'; script-src {ours} 'wasm-unsafe-eval' blob:; worker-src blob:; "
        "style-src 'unsafe-inline'; img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'"
    )
    made = (SOURCE / "page.html").read_text(encoding="utf-8")
    parts = {"POLICY": policy, "STYLE": (SOURCE / "page.css").read_text(encoding="utf-8"), "FIRST": first,
             "LICENCES": licences, "SCRIPT": script, "VERSION": _version(),
             "THEN": then["packed"], "THEN-PDF": then["packed-pdf"],
             "PACKED": _packed(packed), "PACKED-PDF": _packed(for_pdf)}  # fmt: skip
    for name, said in parts.items():
        made = made.replace(f"@@{name}@@", said)
    return made


def _version() -> str:
    import tomllib

    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if each != "--fetch"]
    into = Path(given[0]) if given else ROOT / "dist"
    if "--fetch" in sys.argv:
        fetch(into)
    else:
        for made in build(into):
            print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
