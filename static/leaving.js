/* Signing out on a phone that holds records which have not been sent: says so first, and takes the kept field pages along. */
"use strict";

for (const form of document.querySelectorAll("form[data-leaves]")) {
  form.addEventListener("submit", async (event) => {
    const waiting = Number(localStorage.getItem(`field-waiting-${form.dataset.leaves}`) || 0);
    if (waiting && !window.confirm(form.dataset.warning.replace("{n}", String(waiting)))) {
      event.preventDefault();
      return;
    }
    if (!window.caches) return;
    event.preventDefault();
    try {
      for (const name of await caches.keys()) if (name.startsWith("field-pages-")) await caches.delete(name);
    } finally {
      form.submit();
    }
  });
}
