// Runs in a worker of its own, so that the page never freezes: unpacks the interpreter, starts it, answers calls.
// Nothing is fetched: what the interpreter asks for by an address is answered from what was unpacked.
const HOME = "https://inside.invalid/";
// Under file:// a browser starts no worker that is a module itself. In one that is none modules can be imported as well,
// but the interpreter asks by this function which kind it is in, and refuses the older one.
self.importScripts = () => { throw new TypeError("modules only"); };
let python = null;
let desk = null;

const say = (message, moved) => self.postMessage(message, moved || []);

async function unpacked(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let n = 0; n < letters.length; n++) bytes[n] = letters.charCodeAt(n);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const all = new Uint8Array(await new Response(stream).arrayBuffer());
  const end = all.indexOf(10);
  let at = end + 1;
  const files = {};
  for (const [name, size] of JSON.parse(new TextDecoder().decode(all.subarray(0, end)))) {
    files[name] = all.subarray(at, at + size);
    at += size;
  }
  return files;
}

function answered(files) {
  self.fetch = async (asked) => {
    const name = String(asked.url || asked).replace(HOME, "");
    if (!(name in files)) throw new TypeError("nothing is fetched: " + name);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(files[name], { headers: { "Content-Type": type } });
  };
}

async function module_of(bytes) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function start(text) {
  say({ step: "unpack", part: 0.1 });
  const files = await unpacked(text);
  answered(files);
  say({ step: "start", part: 0.35 });
  const { loadPyodide } = await module_of(files["pyodide.mjs"]);
  const { default: createPyodideModule } = await module_of(files["pyodide.asm.mjs"]);
  python = await loadPyodide({
    createPyodideModule,
    indexURL: HOME,
    lockFileContents: new TextDecoder().decode(files["pyodide-lock.json"]),
    packageBaseUrl: HOME,
    stdout: () => {},
    stderr: () => {},
  });
  say({ step: "load", part: 0.7 });
  python.unpackArchive(files["site.zip"], "zip", { extractDir: "/lib/python3.14/site-packages" });
  desk = python.pyimport("xls_page");
  say({ step: "ready", part: 1 });
}

function write(files) {
  for (const { path, bytes, saved } of files) {
    python.FS.mkdirTree(path.replace(/\/[^/]*$/, ""));
    python.FS.writeFile(path, bytes);
    if (saved) python.FS.utime(path, saved, saved);
  }
}

self.onmessage = async ({ data }) => {
  try {
    if (data.text !== undefined) {
      await start(data.text);
      return;
    }
    if (data.files) write(data.files);
    const tell = (done, of, what) => say({ id: data.id, done, of, what });
    const answer = JSON.parse(desk.call(data.call, JSON.stringify(data.asked || {}), tell));
    const moved = [];
    if (answer.file && answer.file.path) {
      answer.file.bytes = python.FS.readFile(answer.file.path);
      moved.push(answer.file.bytes.buffer);
    }
    say({ id: data.id, answer }, moved);
  } catch (error) {
    say({ id: data.id, failed: String((error && error.stack) || error) });
  }
};
