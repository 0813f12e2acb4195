/* Extras of the work queue: one box chooses the whole page, x chooses the row where j and k have led, the bar counts.
   Without this file the boxes and the bar's buttons work all the same. */
"use strict";

const many = document.querySelector("form.many");

if (many) {
  const all = many.querySelector("[data-all]");
  const none = many.querySelector("[data-none]");
  const said = many.querySelector("[data-chosen]");
  const boxes = [...many.querySelectorAll('input[name="case"]')];
  const unchosen = said?.textContent;

  const show = () => {
    const number = boxes.filter((box) => box.checked).length;
    if (!all || !none || !said) return;
    all.checked = number > 0 && number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
    none.hidden = number === 0;
    said.textContent = number ? `${said.dataset.words}${number}` : unchosen;
  };

  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
  }
  many.addEventListener("change", show);
  many.addEventListener("reset", () => setTimeout(show));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const box = document.activeElement?.closest("tr")?.querySelector('input[name="case"]');
    if (box) {
      box.checked = !box.checked;
      show();
    }
  });
  window.addEventListener("pageshow", show);
}
