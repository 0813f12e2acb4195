/* Keys for staff pages: j and k go from row to row, / goes to the search, n begins a new entry. In a form with data-keys Enter goes to the
   next field instead of sending, Ctrl + Enter saves. Extras only; everything works without them. */
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
  if (event.key === "n") document.querySelector("a[data-new]")?.click();
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

const form = document.querySelector("form[data-keys]");

function nextTo(control) {
  const controls = [...form.elements].filter((one) => one.matches("input, select, textarea, button") && one.tabIndex >= 0 && one.checkVisibility());
  return controls[controls.indexOf(control) + 1];
}

if (form) {
  // Enter in a line presses the form's first button, which nobody sees; a list of suggestions keeps its own Enter.
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.matches("[data-enter]")) return;
    event.preventDefault();
    event.stopPropagation();
    nextTo(document.activeElement)?.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  if (!document.querySelector("[data-focus]")) form.querySelector(form.dataset.keys)?.focus();
}
