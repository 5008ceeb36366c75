// The page's behavior: keys, the editor, and swapping the parts that the server renders. No framework needed.
"use strict";
(() => {
  const token = document.querySelector('meta[name="review-token"]').content;
  const trusted = window.trustedTypes
    ? trustedTypes.createPolicy("planextract", { createHTML: (html) => html })
    : { createHTML: (html) => html };
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const body = document.body;
  let busy = false;
  let mode = null; // "edit", "split", "head"

  const view = () => $("#item article");
  const filters = () => Object.fromEntries([...new FormData($("#filters"))].filter(([, value]) => value !== ""));

  // ---- parts -------------------------------------------------------------------------------------------------

  function put(place, html) {
    $(place).innerHTML = trusted.createHTML(html);
  }

  function show(parts, { keepsList = false } = {}) {
    mode = null;
    body.classList.remove("editing");
    put("#item", parts.item);
    put("#progress", parts.progress);
    if (!keepsList) put("#queue", parts.queue);
    body.dataset.key = parts.key;
    body.dataset.next = parts.next;
    body.dataset.previous = parts.previous;
    body.dataset.document = parts.next_document.join(" ");
    const button = $("#apply");
    if (button) {
      button.hidden = !parts.pending;
      $(".pending", button).textContent = parts.pending;
    }
    $("#item").scrollTop = 0;
    reveal();
    say(parts.said);
    const query = new URLSearchParams(filters());
    if (parts.key) query.set("item", parts.key);
    history.replaceState(null, "", "?" + query);
    for (const source of parts.ahead) new Image().src = source;
  }

  function reveal() {
    const entry = $("#queue .current");
    if (entry) entry.scrollIntoView({ block: "nearest" });
  }

  let hiding = 0;
  function say(text, isBad = false) {
    const toast = $("#toast");
    if (!text) return;
    toast.textContent = text;
    toast.className = isBad ? "shown bad" : "shown";
    clearTimeout(hiding);
    hiding = setTimeout(() => { toast.className = ""; }, isBad ? 5000 : 1600);
  }

  let latest = 0; // an answer that was overtaken, or that comes while somebody types, is dropped
  async function load(key) {
    const mine = ++latest;
    const query = new URLSearchParams(filters());
    if (key) query.set("item", key);
    try {
      const answer = await fetch(body.dataset.base + "/view?" + query);
      if (!answer.ok) throw new Error(String(answer.status));
      const parts = await answer.json();
      if (mine === latest && !mode) show(parts);
    } catch {
      if (mine === latest) say(body.dataset.failed, true);
    }
  }

  async function send(path, data) {
    if (busy) return;
    busy = true;
    latest += 1;
    body.classList.add("busy");
    try {
      const answer = await fetch(body.dataset.base + path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Review-Token": token },
        body: JSON.stringify({ ...data, query: { ...filters(), item: body.dataset.key } }),
      });
      const isJson = (answer.headers.get("content-type") || "").startsWith("application/json");
      const parts = isJson ? await answer.json() : {};
      if (!("item" in parts)) throw new Error(String(answer.status));
      // What was typed stays on the screen when it could not be saved.
      if (answer.ok || answer.status === 409) show(parts);
      if (!answer.ok) say(parts.said, true);
    } catch {
      say(body.dataset.failed, true);
    } finally {
      busy = false;
      body.classList.remove("busy");
    }
  }

  function decide(action, fields = {}) {
    const article = view();
    if (!article) return;
    const seen = article.dataset.seen.split(" ").filter(Boolean);
    send("/decide", { key: article.dataset.item, action, seen, ...fields });
  }

  // ---- editing -----------------------------------------------------------------------------------------------

  const fields = () => $$(".cell textarea", view() || document);

  function edit(field = null) {
    if (!view()) return;
    const first = field || $(".cell.doubtful textarea", view()) || $(".cell.measure textarea", view()) || fields()[0];
    if (!first) return;
    mode = "edit";
    body.classList.add("editing");
    for (const area of fields()) area.readOnly = false;
    first.focus();
  }

  function save() {
    if (mode !== "edit") return;
    const texts = {};
    for (const area of fields()) {
      if (area.value !== area.dataset.original) texts[area.closest(".cell").dataset.cell] = area.value;
    }
    if (Object.keys(texts).length) decide("edit", { texts });
    else cancel();
  }

  function cancel() {
    for (const area of fields()) {
      area.value = area.dataset.original;
      area.readOnly = true;
      area.classList.remove("splitting");
      area.blur();
    }
    mode = null;
    body.classList.remove("editing");
    const hint = $("#item .hint");
    if (hint) hint.hidden = true;
    $$("#item form.new").forEach((form) => { form.hidden = true; });
    closeChooser();
  }

  function startSplit(kind) {
    const area = $(".cell.measure textarea", view());
    if (!area) return;
    mode = kind;
    const hint = $(".hint", view());
    hint.textContent = hint.dataset[kind];
    hint.hidden = false;
    area.after(hint);
    area.classList.add("splitting");
    area.focus();
    area.setSelectionRange(0, 0);
    hint.scrollIntoView({ block: "nearest" });
  }

  function finishSplit(area) {
    const offset = [...area.value.slice(0, area.selectionStart)].length;
    if (mode === "head") decide("row", { choice: "cut_row", offset });
    else decide("split", { cell_id: area.closest(".cell").dataset.cell, offset });
  }

  // ---- things to do ------------------------------------------------------------------------------------------

  const doing = {
    edit: () => edit(),
    save,
    cancel,
    split: () => startSplit("split"),
    head: () => startSplit("head"),
    undo: () => send("/undo", { ids: [] }),
    next: () => load(body.dataset.next), // behind the last comes the first that is left, or the end
    previous: () => body.dataset.previous && load(body.dataset.previous),
    close: closeChooser,
    clear: () => {
      const form = $("#filters");
      for (const field of $$("select:not([name=doc]), input", form)) {
        field.value = { severity: "warning", state: "open" }[field.name] || "";
      }
      load("");
    },
    document: () => {
      const [key, id] = body.dataset.document.split(" ");
      if (!id) return;
      const chosen = $("#filters select[name=doc]");
      if (chosen && chosen.value) chosen.value = id;
      $("#q").value = "";
      load(key);
    },
    new: () => {
      const form = $("form.new", view());
      if (form) {
        form.hidden = false;
        $("input[name=name]", form).focus();
      }
    },
  };

  const formOf = (node) => node.closest(".chooser")?.dataset.form || "";

  function closeChooser() {
    $$("#item .cell .chooser").forEach((one) => one.remove());
  }

  // Any name in a row can be given another body: the same choices as for a name that nothing linked.
  async function openChooser(chip) {
    const cell = chip.closest(".cell");
    const wasOpen = $(".chooser", cell)?.dataset.form === chip.dataset.form;
    closeChooser();
    if (wasOpen) return;
    const query = new URLSearchParams({ item: view().dataset.item, form: chip.dataset.form });
    try {
      const answer = await fetch(body.dataset.base + "/chooser?" + query);
      if (!answer.ok) throw new Error(String(answer.status));
      const box = document.createElement("div");
      box.innerHTML = trusted.createHTML(await answer.text());
      closeChooser();
      cell.append(...box.children);
      $(".chooser button, .chooser input", cell).focus();
      $(".chooser", cell).scrollIntoView({ block: "nearest" });
    } catch {
      say(body.dataset.failed, true);
    }
  }

  function press(button) {
    const { action, choice = "", cell = "", agency = "" } = button.dataset;
    if (button.classList.contains("chip")) openChooser(button);
    else if (button.dataset.do) doing[button.dataset.do]();
    else if (button.dataset.undo) send("/undo", { ids: [button.dataset.undo] });
    else if (action) decide(action, { choice, cell_id: cell, agency_id: agency, form: formOf(button) });
    else if (button.classList.contains("whole")) turnWhole(button.closest("figure"));
  }

  function turnWhole(figure) {
    for (const one of figure ? [figure] : $$("figure.strip")) {
      const paper = $("svg.paper", one);
      if (!paper) continue;
      const isWhole = one.classList.toggle("is-whole");
      paper.setAttribute("viewBox", isWhole ? paper.dataset.full : paper.dataset.view);
    }
  }

  async function apply(button) {
    button.disabled = true;
    try {
      const answer = await fetch(body.dataset.apply, {
        method: "POST", headers: { "Content-Type": "application/json", "X-Review-Token": token }, body: "{}",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      location.assign((await answer.json()).to);
    } catch {
      button.disabled = false;
      say(body.dataset.failed, true);
    }
  }

  function toggleInherit() {
    const pair = $("#item .pair");
    const other = pair && ($("button:not(.on)", pair) || $("button", pair));
    if (other) press(other);
  }

  document.addEventListener("click", (event) => {
    const entry = event.target.closest("a[data-item]");
    if (entry && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      load(entry.dataset.item);
      return;
    }
    const applying = event.target.closest("button.apply");
    if (applying) {
      apply(applying);
      return;
    }
    const button = event.target.closest("#item button");
    if (button && button.type === "button") press(button);
    const area = event.target.closest(".cell textarea");
    const isBoundary = view() && view().dataset.kind === "boundary";
    if (area && area.readOnly && !mode && !isBoundary && event.detail === 2) edit(area);
  });

  document.addEventListener("mouseover", (event) => point(event, true));
  document.addEventListener("mouseout", (event) => point(event, false));
  document.addEventListener("focusin", (event) => point(event, true));
  document.addEventListener("focusout", (event) => point(event, false));
  function point(event, isOn) {
    const cell = event.target.closest && event.target.closest(".cell[data-cell], [data-cell]:is(rect, td)");
    if (!cell) return;
    for (const twin of $$(`[data-cell="${CSS.escape(cell.dataset.cell)}"]`, view() || document)) {
      twin.classList.toggle("pointed", isOn);
    }
  }

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.matches("form.new")) {
      decide("new", { entry: Object.fromEntries(new FormData(event.target)), form: formOf(event.target) });
    } else {
      load("");
      $("#q").blur();
    }
  });

  let searching = 0;
  document.addEventListener("input", (event) => {
    if (event.target.id === "q") {
      clearTimeout(searching);
      searching = setTimeout(() => load(""), 160);
    } else if (event.target.classList.contains("body-search")) {
      clearTimeout(searching);
      searching = setTimeout(() => findBodies(event.target), 120);
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("#filters select")) {
      load("");
      event.target.blur();
    }
  });

  async function findBodies(field) {
    const list = $(".found", field.closest(".chooser"));
    const query = new URLSearchParams({ q: field.value, item: body.dataset.key });
    const answer = await fetch(body.dataset.base + "/agencies?" + query);
    const found = answer.ok ? await answer.json() : [];
    list.replaceChildren(...found.map((agency) => {
      const name = document.createElement("b");
      name.textContent = agency.name;
      const full = document.createElement("small");
      full.textContent = agency.full_name;
      const both = document.createElement("span");
      both.append(name, full);
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.action = "pick";
      button.dataset.agency = agency.id;
      button.append(both);
      const entry = document.createElement("li");
      entry.append(button);
      return entry;
    }));
  }

  // ---- keys --------------------------------------------------------------------------------------------------

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select");
    if (event.key === "Escape") {
      if ($("#help").open) return;
      cancel();
      if (field) field.blur();
      return;
    }
    if (mode === "edit" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
      return;
    }
    if ((mode === "split" || mode === "head") && field) {
      if (event.key === "Enter") {
        event.preventDefault();
        finishSplit(field);
      }
      return;
    }
    if (field && !field.readOnly) {
      if (field.classList.contains("body-search") && event.key === "Enter") {
        const first = $(".found button", field.closest(".chooser"));
        if (first) press(first);
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (key === "ArrowRight" || key === "K") doing.next();
    else if (key === "ArrowLeft") doing.previous();
    else if (key === "/") $("#q").focus();
    else if (key === "?") $("#help").showModal();
    else if (key === "Z") turnWhole(null);
    else if (key === "I") toggleInherit();
    else if (key === "U") doing.undo();
    else {
      const button = $(`#item [data-key="${CSS.escape(key)}"]`);
      if (!button) return;
      press(button);
    }
    event.preventDefault();
  });

  $("#more-filters").addEventListener("click", (event) => {
    const isOpen = $("#filters").classList.toggle("open");
    event.target.setAttribute("aria-expanded", String(isOpen));
  });
  $("#help-button").addEventListener("click", () => $("#help").showModal());
  $("#help").addEventListener("click", () => $("#help").close());
  $("#theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    try { localStorage.setItem("planextract-theme", root.dataset.theme); } catch { /* not kept */ }
  });
  window.addEventListener("beforeunload", (event) => {
    const isUnsaved = mode === "edit" && fields().some((area) => area.value !== area.dataset.original);
    if (isUnsaved) event.preventDefault();
  });
  reveal();
})();
