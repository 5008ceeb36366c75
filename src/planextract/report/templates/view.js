"use strict";
(() => {
const $ = (selector) => document.querySelector(selector);
const read = (id) => document.getElementById(id).textContent;
const catalogue = JSON.parse(read("words"));
const pictures = JSON.parse(read("pictures"));
const FIRST = 16, CHUNK = 60; // a window full of rows is drawn at once, more when they come near
const ROLES = ["lead", "responsible", "support"];
let language = new URLSearchParams(location.search).get("lang") || localStorage_get("language") || ((navigator.language || "zh").startsWith("zh") ? "zh" : "en");
let pool, documents, rows = [], bodies = new Map(), state = {}, shown = [], drawn = 0, filtersFor = null;
const plans = new Map();

function localStorage_get(key) { try { return localStorage.getItem("planextract." + key); } catch { return null; } }
function localStorage_set(key, value) { try { localStorage.setItem("planextract." + key, value); } catch { /* private window */ } }
const pick = (pair) => pair[language === "zh" ? 1 : 0];
const fill = (text, values) => text.replace(/\{(\d)\}/g, (_, n) => values[n] ?? "");
const word = (key, ...values) => fill(pick(catalogue.page[key]), values);

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

async function unpack() {
  const bytes = Uint8Array.from(atob(read("plans").trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

function index(data) {
  pool = data.pool;
  documents = data.documents;
  for (const doc of documents) for (const plan of doc.plans) for (const task of plan.tasks) for (const measure of task.ms || []) {
    const id = `${doc.id}/${plan.no}/${task.key}/${measure.i}`;
    const named = (measure.r || []).flatMap((r) => r[4] === undefined ? [pool[r[1]]] : [pool[r[1]], pool[r[4]]]);
    const row = {id, doc, plan, task, m: measure, month: (measure.e || "").slice(0, 7),
      hay: [task.name, measure.t, measure.d, ...named].join("\n").toLowerCase(), open: (measure.r || []).some((r) => !r[2])};
    rows.push(row);
    const info = plans.get(plan) || plans.set(plan, {roles: new Set(), hasNo: false, hasTask: false, hasDue: false}).get(plan);
    for (const r of measure.r || []) info.roles.add(r[0]);
    for (const role of Object.keys(measure.st || {})) info.roles.add(ROLES.indexOf(role));
    info.hasNo ||= task.no !== null; info.hasTask ||= Boolean(task.name); info.hasDue ||= Boolean(measure.d);
    for (const [role, body, linked] of measure.r || []) {
      const name = pool[body];
      let entry = bodies.get(name);
      if (!entry) bodies.set(name, entry = {name, linked, leads: new Set(), supports: new Set()});
      (ROLES[role] === "support" ? entry.supports : entry.leads).add(row);
    }
  }
}

/* The state is the address: every view can be linked to, and the back button works. */
function parse() {
  const given = new URLSearchParams(location.hash.slice(1));
  state = Object.fromEntries(given);
  state.tab = ["plan", "bodies", "calendar"].includes(state.tab) ? state.tab : "plan";
}
function go(change, replace) {
  const next = {...state, ...change};
  for (const key of Object.keys(next)) if (!next[key] || (key === "tab" && next[key] === "plan")) delete next[key];
  const hash = "#" + new URLSearchParams(next);
  if (replace) history.replaceState(null, "", hash); else history.pushState(null, "", hash);
  parse(); draw();
}

const searched = () => (state.q || "").trim().toLowerCase().split(/\s+/).filter(Boolean);
function matches(row, parts) {
  const m = row.m;
  for (const part of parts) if (!row.hay.includes(part)) return false;
  return (!state.doc || row.doc.id === state.doc)
    && (!state.plan || `${row.doc.id}/${row.plan.no}` === state.plan)
    && (!state.sec || row.task.sec === state.sec)
    && (!state.body || (m.r || []).some((r) => pool[r[1]] === state.body && (!state.role || ROLES[r[0]] === state.role)))
    && (state.body || !state.role || (m.r || []).some((r) => ROLES[r[0]] === state.role))
    && (!state.due || (state.due === "ongoing" ? m.k === "ongoing" || m.k === "recurring" : state.due === "none" ? !m.e && m.k !== "ongoing" && m.k !== "recurring" : row.month === state.due))
    && (!state.targets || m.g) && (!state.review || m.q) && (!state.open || row.open);
}

function option(value, text, chosen) { return make("option", {value, selected: value === chosen}, text); }
function select(key, label, options) {
  if (options.length < 2 && !state[key]) return null;
  return make("label", {}, word(label), make("select", {name: key, onchange: (event) => go({[key]: event.target.value, m: ""})},
    option("", word("all"), ""), ...options.map(([value, text]) => option(value, text, state[key] || ""))));
}
function check(key, label) {
  return make("label", {class: "check"}, make("input", {type: "checkbox", name: key, checked: state[key] ? true : null,
    onchange: (event) => go({[key]: event.target.checked ? "1" : "", m: ""})}), word(label));
}
const unique = (values) => [...new Set(values)];

/* The filters stay as they are while somebody types into them. */
function drawFilters() {
  const now = JSON.stringify({...state, q: "", m: "", language});
  const box = $("input[name=q]");
  if (box && now === filtersFor) { if (box !== document.activeElement) box.value = state.q || ""; return; }
  filtersFor = now;
  $(".filters summary").textContent = word("filters");
  const inDoc = rows.filter((row) => !state.doc || row.doc.id === state.doc);
  const inPlan = inDoc.filter((row) => !state.plan || `${row.doc.id}/${row.plan.no}` === state.plan);
  const choices = new Map(inDoc.map((row) => [`${row.doc.id}/${row.plan.no}`, planName(row.plan)]));
  const names = [...bodies.values()].sort((a, b) => b.leads.size + b.supports.size - a.leads.size - a.supports.size || (a.name < b.name ? -1 : 1));
  const months = unique(rows.map((row) => row.month).filter(Boolean)).sort();
  const search = make("input", {type: "search", name: "q", value: state.q || "", autocomplete: "off", "aria-label": word("search"), placeholder: word("search")});
  let timer;
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => go({q: search.value, m: ""}, true), 80); });
  $(".filters form").replaceChildren(...[
    make("label", {class: "wide"}, word("search"), search),
    select("doc", "document", documents.map((doc) => [doc.id, doc.title || doc.path])),
    select("plan", "plan", [...choices]),
    select("sec", "section", unique(inPlan.map((row) => row.task.sec).filter(Boolean)).map((text) => [text, text])),
    select("body", "body", names.slice(0, 600).map((b) => [b.name, `${b.name} (${new Set([...b.leads, ...b.supports]).size})`])),
    select("role", "role", ROLES.filter((role, n) => rows.some((row) => (row.m.r || []).some((r) => r[0] === n))).map((role) => [role, word(role)])),
    select("due", "due", [...months.map((month) => [month, month]), ["ongoing", word("ongoing")], ["none", word("no_date")]]),
    rows.some((row) => row.m.g) ? check("targets", "only_targets") : null,
    check("review", "only_review"),
    rows.some((row) => row.open) ? check("open", "only_open") : null,
    make("button", {type: "button", onclick: () => go({q: "", doc: "", plan: "", sec: "", body: "", role: "", due: "", targets: "", review: "", open: "", m: ""})}, word("clear")),
  ].filter(Boolean));
}

const planName = (plan) => (plan.att ? `附件${plan.att} ` : "") + plan.title;
const columnLabel = (plan, role, fallback) => (plan.cols.find((col) => col[0] === role) || [])[1] || word(fallback);

/* A measure's text: targets underlined, what was searched for marked. */
function markText(measure) {
  const marks = (measure.g || []).map(([start, end, title]) => ({start, end, title, kind: ""}));
  const low = measure.t.toLowerCase();
  for (const part of searched()) for (let at = low.indexOf(part); at >= 0; at = low.indexOf(part, at + part.length)) marks.push({start: at, end: at + part.length, title: "", kind: "hit"});
  marks.sort((a, b) => a.start - b.start);
  const out = [], chars = Array.from(measure.t), astral = chars.length !== measure.t.length;
  const cut = (a, b) => astral ? chars.slice(a, b).join("") : measure.t.slice(a, b);
  let at = 0;
  for (const mark of marks) {
    if (mark.start < at) continue;
    out.push(cut(at, mark.start), make("mark", {class: mark.kind || null, title: mark.title || null}, cut(mark.start, mark.end)));
    at = mark.end;
  }
  out.push(cut(at));
  return out;
}

function bodyList(row, number) {
  const measure = row.m, status = (measure.st || {})[ROLES[number]];
  const items = (measure.r || []).filter((r) => r[0] === number).map(([, body, linked, above, printed]) => make("li", {},
    make("button", {type: "button", class: "body" + (linked ? "" : " open") + (above ? " above" : ""),
      title: [linked ? "" : word("unlinked"), above ? word("inherited") : "", printed === undefined ? "" : word("named", pool[body])].filter(Boolean).join("；") || null,
      onclick: () => go({tab: "bodies", body: pool[body], m: ""})}, pool[printed ?? body])));
  if (items.length) return make("ul", {class: "bodies"}, ...items);
  return status ? make("span", {class: "none"}, word(status === "none" ? "st_none" : "st_blank")) : "";
}

const crops = (id) => (pictures[id] || []).map((src) => make("img", {src, alt: word("printed"), loading: "lazy"}));

function detail(row, width) {
  const m = row.m, parts = [];
  const list = make("dl");
  for (const [label, page, text] of m.f || []) list.append(make("dt", {}, `${catalogue.columns[pool[label]] ? pick(catalogue.columns[pool[label]]) : pool[label]} · ${word("page", page)}`), make("dd", {}, text === 0 ? `（${word("same_text")}）` : text));
  for (const [label, text] of m.o || []) list.append(make("dt", {}, pool[label]), make("dd", {}, text));
  for (const [label, text] of m.n || []) list.append(make("dt", {}, label), make("dd", {}, text));
  for (const [day, status, text] of m.w || []) list.append(make("dt", {}, word("progress") + (day ? ` ${day}` : "")), make("dd", {}, [status, text].filter(Boolean).join(" ")));
  const facts = make("dl");
  let last = "";
  for (const [step, key, ...values] of m.x || []) {
    const name = pick(catalogue.steps[step]), said = fill(pick(catalogue.sentences[key]), values.map((v) => Array.isArray(pool[v]) ? pick(pool[v]) : pool[v]));
    facts.append(make("dt", {}, name === last ? "" : name), make("dd", {}, said));
    last = name;
  }
  const left = make("div", {}, make("h3", {}, word("printed")), list, make("div", {class: "prints", "data-row": row.id}, ...crops(row.id)));
  const links = [make("a", {href: "#" + new URLSearchParams({m: row.id})}, word("link"))];
  if (self !== top) links.unshift(make("a", {href: "review/?" + new URLSearchParams({measure: row.id}), target: "_top"}, word("correct")), " · ");
  parts.push(make("div", {class: "two"}, left, make("div", {}, make("h3", {}, word("why")), facts, make("p", {class: "small"}, ...links))));
  return make("tr", {class: "detail"}, make("td", {colspan: width}, ...parts));
}

function drawRow(row, view, opens) {
  const m = row.m, cells = [];
  if (view.hasNo) cells.push(make("td", {class: "no", "data-label": columnLabel(row.plan, "task_no", "no")}, opens ? String(row.task.no) : ""));
  if (view.hasTask) cells.push(make("td", {class: "task", "data-label": columnLabel(row.plan, "task_name", "task")}, opens ? row.task.name : ""));
  cells.push(make("td", {class: "text"}, ...markText(m), ...(m.q ? [make("br"), make("span", {class: "tag"}, word("review"))] : [])));
  if (view.hasDue) cells.push(make("td", {"data-label": columnLabel(row.plan, "deadline", "deadline")}, m.d || "", m.e && m.d !== m.e ? make("div", {class: "soft small num"}, m.e) : ""));
  for (const number of view.roles) cells.push(make("td", {"data-label": columnLabel(row.plan, ROLES[number], ROLES[number])}, bodyList(row, number)));
  const tr = make("tr", {class: "row" + (m.q ? " review" : ""), id: "row-" + row.id});
  const button = make("button", {type: "button", "aria-expanded": "false", onclick: () => toggle(row, tr, button, cells.length)}, word("details"));
  cells.push(make("td", {class: "more"}, button));
  tr.append(...cells);
  tr.toggle = () => toggle(row, tr, button, cells.length);
  return tr;
}
function toggle(row, tr, button, width) {
  const open = button.getAttribute("aria-expanded") === "true";
  if (open) tr.nextSibling.remove(); else tr.after(detail(row, width));
  button.setAttribute("aria-expanded", String(!open));
  button.textContent = word(open ? "details" : "hide");
}

let view = null;
function startPlan(row) {
  view = {plan: row.plan, task: null, sec: null, ...plans.get(row.plan), roles: [...plans.get(row.plan).roles].sort()};
  const head = [];
  if (view.hasNo) head.push(["no", columnLabel(row.plan, "task_no", "no")]);
  if (view.hasTask) head.push(["task", columnLabel(row.plan, "task_name", "task")]);
  head.push(["", columnLabel(row.plan, "measure", "measure")]);
  if (view.hasDue) head.push(["due", columnLabel(row.plan, "deadline", "deadline")]);
  for (const n of view.roles) head.push(["agency", columnLabel(row.plan, ROLES[n], ROLES[n])]);
  head.push(["more", ""]);
  view.width = head.length;
  view.body = make("tbody");
  const title = make("h2", {}, planName(row.plan).trim() || row.doc.title || row.doc.path, documents.length > 1 ? make("small", {}, " · " + (row.doc.title || row.doc.path)) : "");
  return make("section", {class: "plan"}, title, make("table", {},
    make("colgroup", {}, ...head.map(([kind]) => make("col", {class: kind || null}))),
    make("thead", {}, make("tr", {}, ...head.map(([kind, text]) => make("th", {class: kind || null, scope: "col"}, text || make("span", {class: "small"}, ""))))), view.body));
}
function drawMore(count) {
  const list = $(".list");
  for (const row of shown.slice(drawn, drawn + count)) {
    if (!view || view.plan !== row.plan) list.append(startPlan(row));
    if (row.task.sec && view.sec !== row.task.sec) {
      view.sec = row.task.sec;
      view.body.append(make("tr", {class: "section"}, make("th", {colspan: view.width, scope: "rowgroup"}, row.task.sec)));
      view.task = null;
    }
    view.body.append(drawRow(row, view, view.task !== row.task));
    view.task = row.task;
  }
  drawn += count;
  if (drawn < shown.length) { const end = make("div", {class: "end"}); list.append(end); watcher.observe(end); }
}
const watcher = new IntersectionObserver((seen) => {
  for (const item of seen) if (item.isIntersecting) { watcher.unobserve(item.target); item.target.remove(); drawMore(CHUNK); }
}, {rootMargin: "1200px"});

function drawBodies() {
  const list = $(".list"), entry = state.body && bodies.get(state.body);
  if (entry) {
    list.append(make("p", {}, make("button", {type: "button", onclick: () => go({body: "", role: "", m: ""})}, "← " + word("back"))), make("h2", {}, entry.name, " ", make("small", {class: "soft"}, `${word("leads")} ${entry.leads.size} · ${word("supports")} ${entry.supports.size}`)));
    drawMore(FIRST);
    return;
  }
  const inShown = new Set(shown);
  const count = (set) => { let n = 0; for (const row of set) n += inShown.has(row); return n; };
  const found = [...bodies.values()].map((b) => ({b, leads: count(b.leads), supports: count(b.supports)})).filter((x) => x.leads + x.supports)
    .sort((x, y) => y.leads - x.leads || y.supports - x.supports || (x.b.name < y.b.name ? -1 : 1));
  list.append(make("p", {class: "soft"}, word("bodies_found", found.length)));
  list.append(make("ul", {class: "grid"}, ...found.map(({b, leads, supports}) => make("li", {}, make("button", {type: "button", onclick: () => go({body: b.name, m: ""})},
    make("span", {class: b.linked ? null : "body open"}, b.name), make("span", {class: "soft num"}, `${leads} / ${supports}`))))));
  list.append(make("p", {class: "soft small"}, `${word("leads")} / ${word("supports")}`));
}

function drawCalendar() {
  const list = $(".list"), groups = new Map();
  const key = (row) => row.month || (row.m.k === "ongoing" || row.m.k === "recurring" ? "~ongoing" : "~~none");
  for (const row of shown) groups.set(key(row), [...(groups.get(key(row)) || []), row]);
  const most = Math.max(1, ...[...groups.values()].map((group) => group.length));
  for (const name of [...groups.keys()].sort()) {
    const group = groups.get(name).sort((a, b) => ((a.m.e || "") < (b.m.e || "") ? -1 : (a.m.e || "") > (b.m.e || "") ? 1 : 0));
    const title = name === "~ongoing" ? word("ongoing") : name === "~~none" ? word("no_date") : name;
    const line = make("span", {class: "barline"}); line.style.width = `${Math.round(160 * group.length / most)}px`;
    list.append(make("section", {class: "month"}, make("h2", {}, title, line, make("small", {class: "soft"}, `${group.length} ${word("measures")}`)),
      make("ol", {}, ...group.slice(0, 400).map((row) => make("li", {}, make("span", {class: "num soft"}, row.m.e || row.m.d || ""),
        make("button", {type: "button", class: "goto", onclick: () => go({tab: "plan", m: row.id})}, (row.task.name ? row.task.name + "：" : "") + (row.m.t.length > 90 ? row.m.t.slice(0, 90) + "…" : row.m.t)),
        make("span", {class: "soft"}, unique((row.m.r || []).filter((r) => r[0] < 2).map((r) => pool[r[1]])).join("、")))))));
  }
}

function draw() {
  if (self !== top) document.body.classList.add("inside"); // framed: the page around says these
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  $(".bar nav").replaceChildren(...["plan", "bodies", "calendar"].map((tab) => make("button", {type: "button", role: "tab", "aria-selected": String(state.tab === tab), onclick: () => go({tab, m: "", body: tab === "bodies" ? "" : state.body})}, word("tab_" + tab))));
  $("button.language").textContent = word("language");
  $("button.theme").textContent = word("theme");
  $("button.print").textContent = word("print");
  $("footer").textContent = word("made", catalogue.version);
  drawFilters();
  const parts = searched();
  shown = rows.filter((row) => matches(row, parts));
  drawn = 0; view = null;
  watcher.disconnect();
  $(".list").replaceChildren();
  $(".count").textContent = word("shown", shown.length, rows.length);
  if (!shown.length) { $(".list").append(make("p", {class: "empty"}, word("nothing"))); return; }
  if (state.tab === "bodies") drawBodies(); else if (state.tab === "calendar") drawCalendar(); else drawMore(FIRST);
  if (state.m) openRow(state.m);
}
function openRow(id) {
  const at = shown.findIndex((row) => row.id === id);
  if (at < 0) return;
  while (drawn <= at) drawMore(CHUNK);
  const tr = document.getElementById("row-" + id);
  if (tr) { tr.toggle(); tr.scrollIntoView({block: "center"}); }
}

$("button.language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; localStorage_set("language", language); draw(); });
$("button.theme").addEventListener("click", () => {
  const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
// However it is printed, all rows are: they are drawn before.
const drawAll = () => { while (drawn < shown.length && state.tab === "plan") drawMore(CHUNK); };
addEventListener("beforeprint", drawAll);
const printAll = () => { drawAll(); print(); };
$("button.print").addEventListener("click", printAll);
if (parent !== window) addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "p") { event.preventDefault(); printAll(); }
});
$(".filters form").addEventListener("submit", (event) => event.preventDefault());
const narrow = matchMedia("(max-width: 820px)");
const fit = () => { $(".filters").open = !narrow.matches; };
narrow.addEventListener("change", fit);
fit();
/* The page around hands the crops of page rows in when it has them. */
addEventListener("message", (event) => {
  if (self === top || event.source !== parent || event.origin !== location.origin) return;
  if ((event.data || {}).print) printAll();
  if ((event.data || {}).theme) document.documentElement.dataset.theme = event.data.theme;
  Object.assign(pictures, (event.data || {}).pictures);
  for (const box of document.querySelectorAll(".prints")) if (!box.children.length) box.append(...crops(box.dataset.row));
});
addEventListener("popstate", () => { parse(); draw(); });
if (typeof DecompressionStream === "undefined") $(".list").textContent = word("old_browser");
else unpack().then((data) => { index(data); parse(); draw(); document.body.dataset.ready = "1"; });
})();
