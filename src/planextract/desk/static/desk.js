// Start page and entry: send what is dropped, watch a run, show what it made. No framework needed.
"use strict";
(() => {
  const token = document.querySelector('meta[name="review-token"]').content;
  const $ = (selector) => document.querySelector(selector);
  const body = document.body;

  let hiding = 0;
  function say(text) {
    const toast = $("#toast");
    toast.textContent = text;
    toast.className = "shown bad";
    clearTimeout(hiding);
    hiding = setTimeout(() => { toast.className = ""; }, 6000);
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

  let busy = false;
  async function sendFiles(files) {
    if (busy || !files.length) return;
    busy = true;
    const status = $("#sending");
    const bar = status.querySelector("progress");
    status.hidden = false;
    bar.max = files.length;
    let entry = "";
    let kept = 0;
    try {
      for (const [number, file] of files.entries()) {
        bar.value = number;
        status.querySelector("span").textContent = body.dataset.sending + " " + file.name;
        if (file.size > Number(body.dataset.limit)) {
          say(body.dataset.tooLarge.replace("{0}", file.name));
          continue;
        }
        const query = new URLSearchParams({ name: file.name });
        if (entry) query.set("to", entry);
        const said = await post("/drop?" + query, file, "application/octet-stream");
        entry = said.to || entry;
        if (said.error) say(said.error);
        else kept += 1;
      }
      if (kept) location.assign((await post("/d/" + entry + "/run")).to);
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

  async function go(path) {
    try {
      location.assign((await post(path)).to);
    } catch {
      say(body.dataset.failed);
    }
  }
  $("#cancel")?.addEventListener("click", (event) => {
    event.target.disabled = true;
    go(here + "cancel");
  });
  $("#again")?.addEventListener("click", () => go(here + "run"));

  // The rows are there at once; the crops of their pages are handed in when they are drawn.
  const plan = $("iframe.plan");
  plan?.addEventListener("load", async () => {
    try {
      const answer = await fetch(here + "pictures");
      if (answer.ok) plan.contentWindow.postMessage({ pictures: await answer.json() }, location.origin);
    } catch { /* the rows stay without them */ }
  });

  // ---- look --------------------------------------------------------------------------------------------------

  $("#theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    try { localStorage.setItem("planextract-theme", root.dataset.theme); } catch { /* not kept */ }
  });
  document.addEventListener("click", (event) => {
    const open = $(".take[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });
})();
