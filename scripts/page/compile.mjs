// Compiles the Python sources in an archive by the very interpreter that the page has inside, so that the page need not.
// node compile.mjs FOLDER-OF-PYODIDE SOURCES.zip COMPILED.zip
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, sources, compiled] = process.argv.slice(2).map((each) => resolve(each));
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: folder });
python.FS.writeFile("/sources.zip", readFileSync(sources));
python.runPython(`
import importlib.util, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
with zipfile.ZipFile("/sources.zip") as given, zipfile.ZipFile("/compiled.zip", "w") as made:
    for name in given.namelist():
        source = given.read(name)
        if name.endswith(".py"):
            code = compile(source, name, "exec", dont_inherit=True, optimize=0)
            source = bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))
            name += "c"
        made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source)
`);
writeFileSync(compiled, python.FS.readFile("/compiled.zip"));
