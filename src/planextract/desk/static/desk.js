// Start page and entry: send what is dropped, watch a run, show what it made. No framework needed.
"use strict";
(() => {
  const token = document.querySelector('meta[name="review-token"]').content;
  const $ = (selector) => document.querySelector(selector);
  const body = document.body;

  let hiding = 0;
  function say(text, ms = 6000) {
    const toast = $("#toast");
    toast.textContent = text;
    toast.className = "shown bad";
    clearTimeout(hiding);
    hiding = setTimeout(() => { toast.className = ""; }, ms);
  }

  // What was not taken is said where the rest is shown: the start page is left at once.
  const LEFT_OUT = "planextract-left-out";
  const SHOWN_MS = 20000;
  function sayLeftOut() {
    try {
      const said = JSON.parse(sessionStorage.getItem(LEFT_OUT) || "[]");
      if (said.length) say(said.slice(0, 5).join("\n") + (said.length > 5 ? `\n… +${said.length - 5}` : ""), SHOWN_MS);
      sessionStorage.removeItem(LEFT_OUT);
    } catch { /* not kept */ }
  }

  async function post(path, data = "{}", type = "application/json") {
    const answer = await fetch(path, {
      method: "POST", headers: { "Content-Type": type, "X-Review-Token": token }, body: data,
    });
    const isJson = (answer.headers.get("content-type") || "").startsWith("application/json");
    const parts = isJson ? await answer.json() : {};
    if (!answer.ok && !parts.error) throw new Error(String(answer.status));
    return parts;
  }

  // ---- start page --------------------------------------------------------------------------------------------

  // What a person says of the files: sent with the run, kept with the entry.
  const options = $("#options");
  function readOptions() {
    const field = (name) => options?.querySelector(`[name=${name}]`);
    return {
      region: field("region")?.value.trim() ?? "", year: Number(field("year")?.value) || null,
      as_one: field("as_one")?.checked ?? false,
    };
  }
  let asking;
  options?.querySelector("[name=region]")?.addEventListener("input", (event) => {
    clearTimeout(asking);
    asking = setTimeout(async () => {
      try {
        const answer = await fetch("/regions?" + new URLSearchParams({ q: event.target.value }));
        $("#regions").replaceChildren(...(await answer.json()).map((name) => new Option(name, name)));
      } catch { /* it can be typed, too */ }
    }, 150);
  });

  // Names that speak of attachments: a person says whether the files are one document.
  function askWhether(files) {
    const ask = $("#ask");
    if (files.length < 2 || !files.some((file) => /附\s*[件表]|attach|annex|appendix/i.test(file.name))) return false;
    $("#asked").textContent = $("#asked").dataset.text.replace("{0}", files.length);
    ask.hidden = false;
    return new Promise((done) => {
      const choose = (isOne) => { ask.hidden = true; done(isOne); };
      $("#one").onclick = () => choose(true);
      $("#many").onclick = () => choose(false);
      $("#one").focus();
    });
  }

  let busy = false;
  async function sendFiles(files) {
    if (busy || !files.length) return;
    busy = true;
    const said = { ...readOptions() };
    said.as_one = await askWhether(files);
    const status = $("#sending");
    const bar = status.querySelector("progress");
    status.hidden = false;
    bar.max = files.length;
    let entry = "";
    let kept = 0;
    const left = [];
    const leave = (reason) => { left.push(reason); say(reason); };
    try {
      for (const [number, file] of files.entries()) {
        bar.value = number;
        status.querySelector("span").textContent = body.dataset.sending + " " + file.name;
        if (file.size > Number(body.dataset.limit)) {
          leave(body.dataset.tooLarge.replace("{0}", file.name));
          continue;
        }
        const query = new URLSearchParams({ name: file.name });
        if (entry) query.set("to", entry);
        const taken = await post("/drop?" + query, file, "application/octet-stream");
        entry = taken.to || entry;
        if (taken.error) leave(taken.error);
        else kept += 1;
      }
      try { if (kept) sessionStorage.setItem(LEFT_OUT, JSON.stringify(left)); } catch { /* not kept */ }
      if (kept) await go("/d/" + entry + "/run", said);
    } catch {
      say(body.dataset.failed);
    } finally {
      busy = false;
      status.hidden = true;
    }
  }

  async function listEntry(entry) {
    if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) break;
      for (const one of some) if (!one.name.startsWith(".")) found.push(...(await listEntry(one)));
    }
    return found;
  }

  const drop = $("#drop");
  if (drop) {
    $("#files").addEventListener("change", (event) => sendFiles([...event.target.files]));
    document.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
    document.addEventListener("drop", async (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
      const plain = [...event.dataTransfer.files];
      try {
        const lists = entries.some(Boolean) ? await Promise.all(entries.filter(Boolean).map(listEntry)) : [plain];
        sendFiles(lists.flat());
      } catch {
        sendFiles(plain);
      }
    });
  }

  // ---- a run -------------------------------------------------------------------------------------------------

  const here = "/d/" + body.dataset.key + "/";
  async function watch() {
    try {
      const answer = await fetch(here + "state");
      const state = await answer.json();
      $("#share").value = state.share;
      $("#lines").textContent = state.lines.join(" · ");
      if (state.state !== "running") {
        location.replace(here);
        return;
      }
    } catch {
      say(body.dataset.failed);
    }
    setTimeout(watch, 200);
  }
  if (body.dataset.state === "running") watch();
  else sayLeftOut();

  async function go(path, data = {}) {
    try {
      const told = await post(path, JSON.stringify(data));
      if (told.error) say(told.error);
      else location.assign(told.to);
    } catch {
      say(body.dataset.failed);
    }
  }
  $("#cancel")?.addEventListener("click", (event) => {
    event.target.disabled = true;
    go(here + "cancel");
  });
  $("#again:not([type=submit])")?.addEventListener("click", () => go(here + "run"));
  options?.closest("form, details")?.querySelector("[type=submit]")?.closest("form").addEventListener("submit", (event) => {
    event.preventDefault();
    go(here + "run", readOptions());
  });

  // The rows are there at once; the crops of their pages are handed in when they are drawn.
  const plan = $("iframe.plan");
  const tellTheme = () => {
    const { theme } = document.documentElement.dataset;
    if (theme) plan?.contentWindow.postMessage({ theme }, location.origin);
  };
  plan?.addEventListener("load", async () => {
    tellTheme();
    try {
      const answer = await fetch(here + "pictures");
      if (answer.ok) plan.contentWindow.postMessage({ pictures: await answer.json() }, location.origin);
    } catch { /* the rows stay without them */ }
  });

  // The plan in its frame is printed whole by itself; this page around it would cut it at one sheet.
  document.addEventListener("keydown", (event) => {
    if (!plan || !(event.ctrlKey || event.metaKey) || event.key !== "p") return;
    event.preventDefault();
    plan.contentWindow.postMessage({ print: true }, location.origin);
  });

  // ---- look --------------------------------------------------------------------------------------------------

  $("#theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    tellTheme();
    try { localStorage.setItem("planextract-theme", root.dataset.theme); } catch { /* not kept */ }
  });
  document.addEventListener("click", (event) => {
    const open = $(".take[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });
})();
