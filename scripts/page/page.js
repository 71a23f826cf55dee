// The page: what is dropped goes to the worker, what comes back is drawn.
const waiting = new Map();
let calls = 0;
let ready = false;
let board = null;
let township = null;
let worker = null;
let unsaved = false;
const lying = { roster: [], county: [], last: [] };

function trouble(said) {
  $("trouble").textContent = said || "";
  $("trouble").hidden = !said;
}

function step(part, said) {
  $("progress").value = part;
  $("step").textContent = said;
  $("starting").hidden = false;
}

function call(name, asked, files, told) {
  const id = ++calls;
  const moved = (files || []).map((each) => each.bytes.buffer);
  return new Promise((resolve) => {
    waiting.set(id, { resolve, told });
    worker.postMessage({ id, call: name, asked, files }, moved);
  });
}

function heard({ data }) {
  if (data.step) {
    step(data.part, word(data.step));
    if (data.step === "ready") begin();
    return;
  }
  const wait = waiting.get(data.id);
  if (data.of !== undefined) {
    if (wait && wait.told) wait.told(data.done, data.of, data.what);
    return;
  }
  if (data.failed && !wait) {
    trouble(word("failed") + data.failed);
    return;
  }
  waiting.delete(data.id);
  const answer = data.failed ? { refused: data.failed } : data.answer;
  if (answer.refused) trouble(answer.refused);
  wait.resolve(answer);
}

async function begin() {
  const answer = await call("begin", { language, year: new Date().getFullYear() });
  $("starting").hidden = true;
  fill($("blank-year"), answer.years.map((each) => [each, each]));
  fill($("blank-level"), [["", word("any")], ...answer.levels.map((each) => [each.id, each.label])]);
  $("make").disabled = $("keep").disabled = false;
  ready = true;
  document.documentElement.dataset.ready = "yes";
  for (const each of queue.splice(0)) await each();
  for (const of of ["township", "county"]) await call("warm", { of });
}

const queue = [];
function whenReady(work) {
  if (ready) return work();
  queue.push(work);
  $("queued").textContent = word("queued");
  return null;
}

// What lies in the page packed goes to the worker: first what starts, then, when the page can be used, what reads PDFs.
const came = new Set();
function unpacked(id) {
  if (window.xlsTooOld) return;
  came.add(id);
  const text = $(id).textContent;
  $(id).remove();
  const give = () => worker.postMessage({ text });
  if (id === "packed" || ready) give();
  else queue.unshift(give);
}

function fill(select, choices) {
  const was = select.value;
  select.replaceChildren(...choices.map(([value, name]) => made("option", { value }, String(name))));
  if (choices.some(([value]) => String(value) === was)) select.value = was;
}

function take(file) {
  if (!file) return;
  const address = URL.createObjectURL(new Blob([file.bytes], { type: file.kind }));
  const link = made("a", { href: address, download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// What was dropped, each file with its path inside the folder it came in. Of a page that is a file itself Chromium gives
// no file by the older way of entries, so a file is taken as it lies there, and a folder by its handle where there are any.
async function entries(transfer) {
  const found = [];
  const dropped = [...transfer.items].filter((each) => each.kind === "file").map((each) => ({
    file: each.getAsFile(),
    entry: each.webkitGetAsEntry ? each.webkitGetAsEntry() : null,
    handle: each.getAsFileSystemHandle ? each.getAsFileSystemHandle() : null,
  }));
  for (const each of dropped) {
    if (each.entry && each.entry.isDirectory) {
      if (each.handle) await walkHandle(await each.handle, "", found);
      else await walkEntry(each.entry, "", found);
    } else if (each.file) found.push({ path: each.file.name, file: each.file });
  }
  return found;
}

async function walkHandle(handle, path, found) {
  if (handle.kind === "file") {
    found.push({ path: path + handle.name, file: await handle.getFile() });
    return;
  }
  for await (const each of handle.values()) await walkHandle(each, path + handle.name + "/", found);
}

async function walkEntry(entry, path, found) {
  if (entry.isFile) {
    found.push({ path: path + entry.name, file: await new Promise((yes, no) => entry.file(yes, no)) });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((yes, no) => reader.readEntries(yes, no));
    if (!some.length) break;
    for (const each of some) await walkEntry(each, path + entry.name + "/", found);
  }
}

const chosen = (list) => [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

async function loaded(found, folder) {
  const files = [];
  for (const { path, file } of found) {
    files.push({ path: folder + path, bytes: new Uint8Array(await file.arrayBuffer()), saved: file.lastModified });
  }
  return files;
}

function drop(id, title, hint, folders, taken, cleared) {
  const place = $(id);
  const input = made("input", { type: "file", multiple: folders ? "" : null, id: id + "-input" });
  input.addEventListener("change", () => { taken(chosen(input.files)); input.value = ""; });
  place.replaceChildren(made("h2", {}, word(title)), made("p", {}, word(hint)),
    made("label", { class: "button" }, word("drop"), input));
  if (folders) {
    const folder = made("input", { type: "file", webkitdirectory: "", id: id + "-folder" });
    folder.addEventListener("change", () => { taken(chosen(folder.files)); folder.value = ""; });
    place.append(made("label", { class: "button" }, word("folder"), folder));
  }
  place.append(made("p", { id: id + "-lying", role: "status" }), made("button", { type: "button", id: id + "-clear", hidden: "",
    "aria-label": word("clear") + " " + word(title), onclick: cleared }, word("clear")));
  if (place.dataset.heard) return;
  place.dataset.heard = "yes";
  place.addEventListener("dragover", (event) => { event.preventDefault(); place.classList.add("over"); });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", async (event) => {
    event.preventDefault();
    place.classList.remove("over");
    trouble("");
    try {
      taken(await entries(event.dataTransfer));
    } catch (error) {
      trouble(word("not_dropped") + " (" + error.message + ")");
    }
  });
}

function shown(id, names) {
  const some = names.slice(0, 4).join(word("comma")) + (names.length > 4 ? "…" : "");
  $(id + "-lying").textContent = names.length ? names.length + " " + word(names.length > 1 ? "files" : "one_file") + word("colon") + some : "";
  $(id + "-clear").hidden = !names.length;
}

// ---------------------------------------------------------------------------------------------- one unit's workbook

async function give(found, place) {
  if (!found.length) return;
  shown({ file: "drop-own", last: "drop-last" }[place], found.slice(0, 1).map((each) => each.path));
  const files = await loaded(found.slice(0, 1), "/work/one/" + place + "/");
  await whenReadyDo(async () => {
    await call("empty", { folder: "one/" + place }, null);
    await call("lying", {}, files);
    township = { ...(township || {}), [place]: true };
    if (township.file) await checkOne();
  });
}

const whenReadyDo = (work) => new Promise((done) => whenReady(async () => { await work(); done(); }));

async function checkOne() {
  trouble("");
  $("township-said").textContent = word("checking");
  const answer = await call("check", {});
  $("township-said").textContent = (answer.remarks || []).join("\n");
  if (answer.refused) return;
  const whole = $("township-result");
  whole.replaceChildren();
  answer.results.forEach((each, at) => {
    const target = made("div", {});
    whole.append(target);
    drawFiling(target, each, "own" + at);
  });
  $("mark").hidden = $("report").hidden = !answer.results.some((each) => !each.error);
}

// ------------------------------------------------------------------------------------------------------- the county

const FOLDERS = { roster: "drop-roster", county: "drop-inbox", last: "drop-lastyear" };

async function add(found, folder) {
  if (!found.length) return;
  const loose = folder === "county" ? "inbox/" : "";
  const placed = found.map((each) => ({ ...each, path: each.path.includes("/") ? each.path : loose + each.path }));
  unsaved = true;
  shown(FOLDERS[folder], [...(folder === "roster" ? [] : lying[folder]), ...placed.map((each) => each.path)]);
  const files = await loaded(placed, "/work/" + folder + "/");
  await whenReadyDo(async () => {
    if (folder === "roster") await call("empty", { folder });
    known(await call("lying", {}, files));
    await look(folder === "last");
  });
}

function known(answer) {
  for (const [folder, id] of Object.entries(FOLDERS)) {
    lying[folder] = answer[folder] || [];
    shown(id, lying[folder]);
  }
}

async function cleared(folder) {
  known(await call("empty", { folder }));
  unsaved = Object.values(lying).some((each) => each.length);
  $("detail").hidden = true;
  await look(true);
}

const typed = () => ({ unit: $("sum-unit").value, latest: $("latest").checked, include_invalid: $("invalid").checked,
  from: $("from").value, deadline: $("deadline").value, date: $("date").value, contact: $("contact").value });

function typeIn(said) {
  for (const [id, key] of [["sum-unit", "unit"], ["from", "from"], ["deadline", "deadline"], ["date", "date"], ["contact", "contact"]]) {
    $(id).value = said[key] || "";
  }
  $("latest").checked = Boolean(said.latest);
  $("invalid").checked = Boolean(said.include_invalid);
}

async function look(lastChanged) {
  trouble("");
  const answer = await call("look", { ...typed(), last_changed: lastChanged }, null, (done, of, what) => {
    step(of ? done / of : 1, word("reading") + " " + done + " " + word("of") + " " + of + " " + what);
  });
  $("starting").hidden = true;
  if (answer.refused) return;
  $("county-said").textContent = answer.remarks.join("\n");
  drawBoard($("board"), answer, board, show);
  board = answer;
  $("downloads").hidden = !answer.inputs;
  const total = $("total");
  if (answer.sum) {
    const inside = made("div", {});
    drawFiling(inside, { ...answer.sum, file: answer.sum.against ? word("against") : "" }, "sum");
    total.replaceChildren(made("details", { id: "sum" }, made("summary", {}, word("total")), inside));
  } else {
    total.replaceChildren(made("p", {}, answer.inputs ? word("no_sum") : ""));
  }
}

async function show(source, from) {
  const answer = await call("detail", { source });
  if (answer.refused) return;
  const place = $("detail");
  place.hidden = false;
  drawFiling(place, answer, "detail");
  place.prepend(made("button", { type: "button", onclick: () => { place.hidden = true; (from.isConnected ? from : $("board")).focus(); } },
    word("close")));
  place.focus();
  place.scrollIntoView({ block: "start" });
}

async function fetched(button) {
  trouble("");
  const answer = await call(button.dataset.get, { ...typed(), kind: button.dataset.kind }, null, (done, of, what) => {
    step(of ? done / of : 1, word("reading") + " " + done + " " + word("of") + " " + of + " " + what);
  });
  $("starting").hidden = true;
  if (answer.refused) return;
  const counted = { copies: "copies_count", letters: "letters_count" }[button.dataset.get];
  const said = [];
  if (counted) said.push(answer.count + " " + word(counted));
  if (button.dataset.get === "changes" && !answer.file) said.push(word("no_changes"));
  if (answer.draft) said.push(word("is_draft"));
  if (answer.left && answer.left.length) said.push(word("left") + answer.left.join("；"));
  $("county-said").textContent = said.join("\n");
  take(answer.file);
}

// ------------------------------------------------------------------------------------------------------ the page whole

function speak() {
  document.documentElement.lang = language;
  document.title = word("title");
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  drop("drop-own", "own", "own_hint", false, (found) => give(found, "file"), () => forget("file"));
  drop("drop-last", "last", "last_hint", false, (found) => give(found, "last"), () => forget("last"));
  drop("drop-roster", "roster", "roster_hint", false, (found) => add(found, "roster"), () => cleared("roster"));
  drop("drop-inbox", "inbox", "inbox_hint", true, (found) => add(found, "county"), () => cleared("county"));
  drop("drop-lastyear", "lastyear", "lastyear_hint", true, (found) => add(found, "last"), () => cleared("last"));
}

async function forget(place) {
  await call("empty", { folder: "one/" + place });
  shown({ file: "drop-own", last: "drop-last" }[place], []);
  township = { ...(township || {}), [place]: false };
  $("mark").hidden = $("report").hidden = true;
  $("township-result").replaceChildren();
  if (township.file) await checkOne();
}

function turn(to) {
  for (const name of ["township", "county"]) {
    $(name).hidden = name !== to;
    $("tab-" + name).setAttribute("aria-selected", String(name === to));
    $("tab-" + name).tabIndex = name === to ? 0 : -1;
  }
}

function listen() {
  for (const name of ["township", "county"]) {
    $("tab-" + name).addEventListener("click", () => turn(name));
    $("tab-" + name).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = name === "township" ? "county" : "township";
      turn(other);
      $("tab-" + other).focus();
    });
  }
  $("language").addEventListener("click", async () => {
    language = language === "zh" ? "en" : "zh";
    speak();
    if (!ready) return;
    await begin();
    known(await call("lying", {}));
    if (township && township.file) await checkOne();
    board = null;
    $("detail").hidden = true;
    if (lying.county.length || lying.roster.length) await look(false);
  });
  $("mark").addEventListener("click", async () => take((await call("mark", {})).file));
  $("report").addEventListener("click", async () => {
    const answer = await call("report", {});
    if (answer.refused) return;
    $("township-said").textContent = answer.draft ? word("is_draft") : "";
    take(answer.file);
  });
  $("blank").addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble("");
    const answer = await call("new", { year: $("blank-year").value, unit: $("blank-unit").value.trim(),
      code: $("blank-code").value.trim(), level: $("blank-level").value });
    if (answer.refused) return;
    $("township-said").textContent = answer.gave_last ? word(answer.with_last ? "with_last" : "no_last") : "";
    take(answer.file);
  });
  for (const each of document.querySelectorAll("[data-get]")) each.addEventListener("click", () => fetched(each));
  for (const id of ["sum-unit", "latest", "invalid"]) $(id).addEventListener("change", () => { if (board) look(false); });
  $("keep").addEventListener("click", async () => {
    take((await call("keep", { typed: typed() })).file);
    unsaved = false;
  });
  $("resume").addEventListener("change", async () => {
    const found = chosen($("resume").files);
    $("resume").value = "";
    if (!found.length) return;
    const files = await loaded(found, "/work/out/");
    await whenReadyDo(async () => {
      const answer = await call("resume", { path: files[0].path, name: found[0].path }, files);
      if (answer.refused) return;
      typeIn(answer.typed);
      known(answer);
      board = null;
      unsaved = false;
      await look(true);
    });
  });
  // on paper nothing can be opened
  window.addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("#township-result details, #detail details")) each.open = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!unsaved) return;
    event.preventDefault();
    event.returnValue = word("unsaved");  // before Chromium 119
  });
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => event.preventDefault());
}

if (!window.xlsTooOld) {
  language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh";
  speak();
  listen();
  step(0, word("unpack"));
  const address = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
  worker = new Worker(address);
  worker.onmessage = heard;
  worker.onerror = (event) => trouble(word("failed") + (event.message || ""));
  document.addEventListener("DOMContentLoaded", () => { if (came.size < 2) trouble(word("cut")); });
}
