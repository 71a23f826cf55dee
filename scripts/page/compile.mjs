// Compiles the Python sources in an archive by the very interpreter that the page has inside, so that the page need not.
// node compile.mjs FOLDER-OF-PYODIDE SOURCES.zip COMPILED.zip [SOURCES.zip COMPILED.zip]...
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...paths] = process.argv.slice(2).map((each) => resolve(each));
const pairs = paths.flatMap((each, n) => (n % 2 ? [] : [[each, paths[n + 1]]]));
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
// without the columns of every instruction, which nobody will look at, a module takes a quarter less
const python = await loadPyodide({ indexURL: folder, env: { PYTHONNODEBUGRANGES: "1" } });
process.on("uncaughtException", (error) => {
  console.error(error.message);  // and not the whole of the module it comes from
  process.exit(1);
});
const work = `
import ast, importlib.util, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

def bare(source, name):
    """A module without what functions say of themselves; classes keep it, a dataclass would make up its own."""
    tree = ast.parse(source, name)
    for each in ast.walk(tree):
        if isinstance(each, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(each) is not None:
            said = each.body.pop(0)
            if not each.body:
                each.body.append(ast.copy_location(ast.Pass(), said))
    return tree

with zipfile.ZipFile("/sources.zip") as given, zipfile.ZipFile("/compiled.zip", "w") as made:
    for name in given.namelist():
        source = given.read(name)
        if name.endswith(".py"):
            code = compile(bare(source, name), name, "exec", dont_inherit=True, optimize=0)
            source = bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))
            name += "c"
        made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source)
`;
for (const [sources, compiled] of pairs) {
  python.FS.writeFile("/sources.zip", readFileSync(sources));
  python.runPython(work);
  writeFileSync(compiled, python.FS.readFile("/compiled.zip"));
}
