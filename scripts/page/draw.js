// Draws what the desk answers. Nothing is decided here.
let language = "zh";
const word = (key) => WORDS[language][key] || key;
const $ = (id) => document.getElementById(id);

function made(tag, said, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(said || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "onclick") element.addEventListener("click", value);
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((each) => each !== null && each !== undefined));
  return element;
}

function tag(level, name) {
  return made("span", { class: "tag " + level }, name);
}

function figureCell(box, place, choose) {
  const shown = box.text === "" ? "" : box.text;
  const change = box.change ? made("small", {}, " (" + box.change + ")") : null;
  const said = { class: ["figure", box.kind, box.level].filter(Boolean).join(" "), rowspan: box.rows, colspan: box.columns };
  if (!box.findings) return made("td", said, shown, change);
  const spoken = [box.label, shown || word("blank_cell"), word(box.level), box.cell].filter(Boolean).join(word("comma"));
  const button = made("button", { type: "button", "aria-label": spoken, title: spoken, id: place + "-" + box.ref,
    onclick: () => choose(box.findings[0]) }, shown || "□");
  return made("td", said, button, change);
}

function sheetTable(sheet, place, choose) {
  const body = made("tbody");
  for (const row of sheet.rows) {
    const line = made("tr");
    for (const box of row) {
      if (box.ref) line.append(figureCell(box, place, choose));
      else line.append(made("th", { class: box.role, rowspan: box.rows, colspan: box.columns }, box.text));
    }
    body.append(line);
  }
  const table = made("table", { class: "form" }, made("caption", {}, sheet.title), body);
  return made("div", { class: "wide", role: "group", tabindex: "0", "aria-label": sheet.title }, table);
}

function findingLine(finding, at, place, go) {
  const cells = finding.cells.filter((cell) => cell.cell).map((cell) => [cell.sheet, cell.cell].join(" "));
  const line = made("li", { class: "finding is-" + finding.level, id: place + "-finding-" + at, tabindex: "-1" },
    made("p", {}, tag(finding.level, word(finding.level)), " ", finding.message));
  if (finding.suspect && finding.suspect.certain) {
    for (const each of finding.suspect.cells) {
      line.append(made("p", {}, [each.sheet, each.cell].filter(Boolean).join(" ") + " " + word("likely") + " " + each.likely +
        (each.why ? " (" + each.why + ")" : "")));
    }
  }
  if (finding.remedy) line.append(made("p", {}, word("remedy") + word("colon") + finding.remedy));
  if (finding.explained) line.append(made("p", {}, word("explained") + word("colon") + finding.explained));
  if (finding.authority) line.append(made("p", {}, made("small", {}, word("authority") + word("colon") + finding.authority)));
  const first = finding.cells.find((cell) => $(place + "-" + cell.ref));
  if (first) {
    line.append(made("button", { type: "button", onclick: () => go(first.ref) }, word("cell") + " " + (cells[0] || first.label)));
  }
  return line;
}

// A filing: its findings in a list, and at their cells on the form.
function drawFiling(target, shape, place) {
  target.replaceChildren();
  const head = [shape.unit && shape.unit.name, shape.year, shape.level].filter(Boolean).join(" · ");
  target.append(made("h2", {}, head || shape.file || ""));
  if (head && shape.file) target.append(made("p", {}, shape.file));
  if (shape.error) {
    target.append(made("p", { class: "said" }, tag("error", word("error")), " ", shape.error));
    return;
  }
  const choose = (at) => {
    target.querySelectorAll(".chosen").forEach((each) => each.classList.remove("chosen"));
    const line = $(place + "-finding-" + at);
    line.classList.add("chosen");
    line.focus();
    line.scrollIntoView({ block: "center" });
  };
  const go = (ref) => {
    const cell = $(place + "-" + ref);
    cell.scrollIntoView({ block: "center", inline: "center" });
    cell.focus();
  };
  const counts = ["error", "verify", "note"].map((level) => [level, shape.findings.filter((each) => each.level === level).length]);
  const summary = made("p", {}, ...counts.filter(([, n]) => n).flatMap(([level, n]) => [tag(level, word(level) + " " + n), " "]));
  target.append(made("h3", {}, word("findings")), shape.findings.length ? summary : made("p", {}, tag("s_ok", word("none"))));
  const list = made("ul", { class: "findings" });
  target.append(list, made("h3", {}, word("form")), ...shape.sheets.map((each) => sheetTable(each, place, choose)));
  list.append(...shape.findings.map((each, at) => findingLine(each, at, place, go)));
  if (shape.texts && shape.texts.length) {
    target.append(made("h3", {}, word("texts")));
    for (const each of shape.texts) {
      target.append(made("details", {}, made("summary", {}, each.title), made("p", { class: "said" }, each.text)));
    }
  }
}

function boardLine(line, changed, show) {
  const name = line.unit || word("nobody");
  const files = line.rows.map((each) => made("div", {},
    made("button", { type: "button", onclick: (event) => show(each.source, event.currentTarget), "aria-label": word("detail") + " " + each.file }, each.file),
    " ", each.named, each.reason ? word("colon") + each.reason : ""));
  const count = (level) => made("td", { class: "count" }, line.counts[level] ? tag(level, word(level) + " " + line.counts[level]) : "");
  return made("tr", { class: changed ? "changed" : null, "data-unit": line.unit, "data-standing": line.standing },
    made("td", {}, tag("s_" + line.standing, word("s_" + line.standing))), made("td", {}, made("b", {}, name)),
    count("error"), count("verify"), count("note"), made("td", { class: "what" }, ...files));
}

// The board: a line for each unit, the worst first; lines that are not as they were are marked.
function drawBoard(target, answer, before, show) {
  const body = made("tbody");
  const known = new Map((before ? before.lines : []).map((each) => [each.unit + each.standing, JSON.stringify(each)]));
  for (const line of answer.lines) {
    body.append(boardLine(line, before && known.get(line.unit + line.standing) !== JSON.stringify(line), show));
  }
  const heads = ["state", "unit", "error", "verify", "note", "what"].map((each) => made("th", { scope: "col" }, word(each)));
  const counts = {};
  for (const each of answer.lines) counts[each.standing] = (counts[each.standing] || 0) + 1;
  const states = Object.entries(counts).flatMap(([each, n]) => [tag("s_" + each, word("s_" + each) + " " + n), " "]);
  const said = made("p", {}, answer.expected ? word("expected") + " " + answer.expected + " " + word("units") + word("comma") : "",
    word("merged") + " " + answer.merged + " " + word("units") + "  ", ...states);
  target.replaceChildren(made("h2", {}, word("board") + " " + (answer.year || "")), said);
  if (answer.missing.length) target.append(made("p", {}, word("missing") + word("colon") + answer.missing.join(word("comma"))));
  target.append(made("div", { class: "wide" }, made("table", { class: "board" }, made("thead", {}, made("tr", {}, ...heads)), body)));
}
