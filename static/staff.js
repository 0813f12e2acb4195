/* Keys for the work queue: j and k go from case to case, / goes to the search. Extras only; everything works without them. */
"use strict";

const rows = [...document.querySelectorAll("[data-row]")];

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

function go(step) {
  const at = rows.indexOf(document.activeElement);
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (next) next.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") go(1);
  if (event.key === "k") go(-1);
  if (event.key === "/") {
    const search = document.getElementById("site-search");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
