// Before the first paint, so that the page does not flash in the other theme.
"use strict";
{
  let theme = null;
  try { theme = localStorage.getItem("planextract-theme"); } catch { /* storage is off: follow the system */ }
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
}
