(function () {
  "use strict";
  var root = document.documentElement;
  var store = {
    get: function (key) { try { return localStorage.getItem(key); } catch (e) { return null; } },
    set: function (key, value) { try { localStorage.setItem(key, value); } catch (e) { /* not kept */ } }
  };

  /* What the program says is in the page in both languages; what documents print is never touched. */
  var asked = new URLSearchParams(location.search).get("lang") || store.get("planextract.language");
  var language = asked === "zh" || asked === "en" ? asked : (navigator.language || "en").indexOf("zh") === 0 ? "zh" : "en";
  var listeners = [];
  function isChinese() { return language === "zh"; }
  // Where the page is served (planextract open), each row leads to itself on the review page.
  var review = document.documentElement.getAttribute("data-review");
  if (review) document.querySelectorAll(".item[data-measure]").forEach(function (item) {
    var link = document.createElement("a"), words = document.createElement("span");
    words.setAttribute("data-zh", "核对与更正");
    words.textContent = "Check and correct";
    link.href = review + "?measure=" + encodeURIComponent(item.getAttribute("data-measure"));
    link.append(words);
    item.querySelector("header").append(link);
  });

  var switched = Array.prototype.slice.call(document.querySelectorAll("[data-zh]"));
  var named = [];
  ["aria-label", "placeholder", "title", "data-label"].forEach(function (name) {
    document.querySelectorAll("[data-zh-" + name + "]").forEach(function (item) {
      named.push({ item: item, name: name, en: item.getAttribute(name), zh: item.getAttribute("data-zh-" + name) });
    });
  });
  switched.forEach(function (item) { item.setAttribute("data-en", item.textContent); });
  function speak(name) {
    language = name;
    switched.forEach(function (item) {
      var text = item.getAttribute(isChinese() ? "data-zh" : "data-en");
      var count = item.getAttribute("data-count");
      var said = isChinese() && count ? text + " (" + count + ")" : text;
      if (item.textContent !== said) item.textContent = said;
    });
    named.forEach(function (one) { one.item.setAttribute(one.name, isChinese() ? one.zh : one.en); });
    root.setAttribute("data-language", language);
    listeners.forEach(function (listen) { listen(); });
  }
  var switcher = document.querySelector(".language");
  if (switcher) {
    switcher.hidden = false;
    listeners.push(function () { switcher.textContent = isChinese() ? "English" : "中文"; });
    switcher.addEventListener("click", function () {
      speak(isChinese() ? "en" : "zh");
      store.set("planextract.language", language);
    });
  }

  var themes = ["auto", "light", "dark"];
  var button = document.querySelector(".theme");
  function setTheme(name) {
    if (name === "auto") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", name);
    if (button) button.textContent = isChinese() ? "主题：" + { auto: "自动", light: "浅色", dark: "深色" }[name] : "Theme: " + name;
  }
  var theme = "auto";
  try { theme = localStorage.getItem("planextract-theme") || "auto"; } catch (e) { theme = "auto"; }
  if (themes.indexOf(theme) < 0) theme = "auto";
  setTheme(theme);
  listeners.push(function () { setTheme(theme); });
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      setTheme(theme);
      try { localStorage.setItem("planextract-theme", theme); } catch (e) { /* not kept */ }
    });
  }

  document.querySelectorAll(".copy").forEach(function (copy) {
    if (!navigator.clipboard) return;
    copy.hidden = false;
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(copy.parentNode.querySelector("code").textContent).then(function () {
        copy.textContent = copy.getAttribute(isChinese() ? "data-zh-done" : "data-done");
      });
    });
  });

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
      if (isChinese()) shown.textContent = count === items.length ? "共 " + items.length + " 条" : "显示 " + count + " / " + items.length + " 条";
      else shown.textContent = count === items.length ? items.length + " shown" : count + " of " + items.length + " shown";
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
    listeners.push(function () { texts = null; apply(); });
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

  speak(language);

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (item) { item.open = true; });
  });
})();
