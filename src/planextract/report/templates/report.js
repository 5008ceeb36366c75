(function () {
  "use strict";
  var root = document.documentElement;
  var themes = ["auto", "light", "dark"];
  var button = document.querySelector(".theme");
  function setTheme(name) {
    if (name === "auto") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", name);
    if (button) button.textContent = "Theme: " + name;
  }
  var theme = "auto";
  try { theme = localStorage.getItem("planextract-theme") || "auto"; } catch (e) { theme = "auto"; }
  if (themes.indexOf(theme) < 0) theme = "auto";
  setTheme(theme);
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      setTheme(theme);
      try { localStorage.setItem("planextract-theme", theme); } catch (e) { /* not kept */ }
    });
  }

  var lists = [];
  document.querySelectorAll("[data-list]").forEach(function (box) {
    var form = box.querySelector(".filters");
    var items = Array.prototype.slice.call(box.querySelectorAll(".item"));
    if (!form || !items.length) return;
    var texts = null;
    var shown = form.querySelector(".shown");
    var empty = box.querySelector(".empty");
    var controls = Array.prototype.slice.call(form.querySelectorAll("select"));
    var search = form.querySelector("input[type=search]");
    function apply() {
      var words = search ? search.value.trim().toLowerCase().split(/\s+/).filter(Boolean) : [];
      if (words.length && !texts) texts = items.map(function (item) { return item.textContent.toLowerCase(); });
      var count = 0;
      items.forEach(function (item, index) {
        var ok = controls.every(function (control) {
          if (!control.value) return true;
          return (item.getAttribute("data-" + control.name) || "").split("\u001f").indexOf(control.value) >= 0;
        }) && words.every(function (word) { return texts[index].indexOf(word) >= 0; });
        item.hidden = !ok;
        if (ok) count += 1;
      });
      shown.textContent = count === items.length ? items.length + " shown" : count + " of " + items.length + " shown";
      if (empty) empty.hidden = count > 0;
    }
    function reset() {
      controls.forEach(function (control) { control.value = ""; });
      if (search) search.value = "";
      apply();
    }
    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", apply);
    form.addEventListener("change", apply);
    var clear = form.querySelector("button");
    if (clear) clear.addEventListener("click", function (event) { event.preventDefault(); reset(); });
    controls.forEach(function (control) { control.value = control.getAttribute("data-default") || ""; });
    lists.push({ items: items, reset: reset });
    apply();
  });

  function follow() {
    var id = decodeURIComponent(location.hash.slice(1));
    document.querySelectorAll(".item.target").forEach(function (item) { item.classList.remove("target"); });
    if (!id) return;
    var item = document.getElementById(id);
    if (!item) return;
    lists.forEach(function (list) { if (item.hidden && list.items.indexOf(item) >= 0) list.reset(); });
    var closed = item.closest("details");
    if (closed) closed.open = true;
    if (item.classList.contains("item")) {
      item.classList.add("target");
      item.scrollIntoView({ block: "center", behavior: "instant" });
    }
  }
  window.addEventListener("hashchange", follow);
  follow();

  document.querySelectorAll("th[data-sort]").forEach(function (head) {
    head.tabIndex = 0;
    function sort() {
      var table = head.closest("table");
      var column = Array.prototype.indexOf.call(head.parentNode.children, head);
      var down = head.getAttribute("aria-sort") !== "descending";
      table.querySelectorAll("th").forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      var numeric = head.getAttribute("data-sort") === "number";
      var body = table.tBodies[0];
      var rows = Array.prototype.slice.call(body.rows);
      function value(row) {
        var cell = row.cells[column];
        var text = cell.getAttribute("data-value") || cell.textContent.trim();
        return numeric ? parseFloat(text) || 0 : text;
      }
      rows.sort(function (a, b) {
        var x = value(a), y = value(b);
        var order = numeric ? x - y : String(x).localeCompare(String(y), "zh");
        return down ? -order : order;
      });
      rows.forEach(function (row) { body.appendChild(row); });
    }
    head.addEventListener("click", sort);
    head.addEventListener("keydown", function (event) { if (event.key === "Enter") sort(); });
  });

  function showMarks() {
    document.querySelectorAll(".strip[data-mark]").forEach(function (strip) {
      var wide = strip.scrollWidth - strip.clientWidth;
      if (wide > 0) strip.scrollLeft = strip.scrollWidth * parseFloat(strip.getAttribute("data-mark")) - strip.clientWidth / 2;
    });
  }
  // What is wider than its place is moved with the arrow keys too.
  function letKeysScroll() {
    document.querySelectorAll(".scroll, .strip").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute("tabindex");
    });
  }
  [showMarks, letKeysScroll].forEach(function (look) {
    window.addEventListener("load", look);
    window.addEventListener("resize", look);
  });
  document.addEventListener("toggle", letKeysScroll, true);

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (item) { item.open = true; });
  });
})();
