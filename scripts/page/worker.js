// Runs in a worker of its own, so that the page never freezes: unpacks the interpreter, starts it, answers calls.
// Nothing is fetched: what the interpreter asks for by an address is answered from what was unpacked.
const HOME = "https://inside.invalid/";
// Under file:// a browser starts no worker that is a module itself. In one that is none modules can be imported as well,
// but the interpreter asks by this function which kind it is in, and refuses the older one.
self.importScripts = () => { throw new TypeError("modules only"); };
let python = null;
let desk = null;

const say = (message, moved) => self.postMessage(message, moved || []);

const LETTERS = new Uint8Array(128);
for (let code = 33, n = 0; code < 127; code++) if (!"&<>".includes(String.fromCharCode(code))) LETTERS[code] = n++;

// Bytes out of letters, 13 bits of two; how many there are stands before the first blank.
function bytesOf(text) {
  let at = text.indexOf(" ") + 1;
  const bytes = new Uint8Array(Number(text.slice(0, at)));
  for (let to = 0, held = 0, bits = 0; to < bytes.length; at += 2) {
    held = (held << 13) | (LETTERS[text.charCodeAt(at)] * 91 + LETTERS[text.charCodeAt(at + 1)]);
    for (bits += 13; bits >= 8 && to < bytes.length; bits -= 8) bytes[to++] = held >> (bits - 8);
    held &= (1 << bits) - 1;
  }
  return bytes;
}

async function unpacked(text) {
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
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

// Lays modules where the interpreter looks for them.
function lay(files) {
  const made = new Set();
  for (const [name, bytes] of Object.entries(files)) {
    if (!name.startsWith("site/")) continue;
    const path = "/lib/python3.14/site-packages/" + name.slice(5);
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!made.has(folder)) python.FS.mkdirTree(folder);
    made.add(folder);
    python.FS.writeFile(path, bytes, { canOwn: true });
  }
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
  lay(files);
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

async function answer(data) {
  try {
    if (data.text !== undefined) {
      if (python) lay(await unpacked(data.text));
      else await start(data.text);
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
}

let before = Promise.resolve();
self.onmessage = ({ data }) => { before = before.then(() => answer(data)); };
