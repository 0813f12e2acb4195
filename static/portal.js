/* Small comforts on every page; nothing depends on them.
   Counts characters, takes the reader to the error summary, closes menus, and keeps a form from being sent twice by a double click. */
"use strict";

const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

for (const area of document.querySelectorAll("textarea[data-count]")) {
  const line = document.getElementById(area.id + "_count");
  if (!line) continue;
  const most = Number(area.dataset.count);
  const zh = document.documentElement.lang.startsWith("zh");
  const say = () => {
    const used = [...area.value].length;
    const left = most - used;
    const n = (value) => value.toLocaleString(zh ? "zh-CN" : "en");
    line.textContent = left < 0
      ? (zh ? `已写 ${n(used)} 字，超出 ${n(-left)} 字` : `${n(used)} characters, ${n(-left)} too many`)
      : (zh ? `已写 ${n(used)} 字，最多 ${n(most)} 字` : `${n(used)} of at most ${n(most)} characters`);
    line.classList.toggle("over", left < 0);
  };
  area.addEventListener("input", say);
  say();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});
