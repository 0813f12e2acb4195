/* Suggests agencies while somebody types the name of one (a combobox with a list below it, by the ARIA practices); the one that is
   taken appears in the page's own list of choices, already chosen. Without it the button “Find” does the same. */
"use strict";

const box = document.querySelector("[data-agencies]");
if (box) suggest(box, box.querySelector("input"));

function suggest(box, input) {
  const words = box.dataset;
  const list = document.createElement("ul");
  list.id = `${input.id}_list`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.label);
  const news = document.createElement("p");
  news.className = "visually-hidden";
  news.setAttribute("role", "status");
  box.append(list, news);
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);

  let found = [];
  let active = -1;
  let asking = null;
  let timer = 0;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(number) {
    active = number;
    [...list.children].forEach((row, n) => row.setAttribute("aria-selected", String(n === active)));
    const row = list.children[active];
    if (!row) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  function show(agencies) {
    found = agencies;
    list.replaceChildren(...agencies.map(row));
    news.textContent = agencies.length ? words.some.replace("0", agencies.length) : words.none;
    list.hidden = !agencies.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  }

  function row(agency, number) {
    const item = document.createElement("li");
    item.id = `${list.id}_${number}`;
    item.setAttribute("role", "option");
    item.append(line("b", agency.name), line("small", agency.hint));
    item.addEventListener("pointerdown", (event) => event.preventDefault()); // or the list would close before the click arrives
    item.addEventListener("click", () => take(agency));
    return item;
  }

  function line(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  async function ask() {
    const q = input.value.trim();
    asking?.abort();
    if (!q) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${words.agencies}?q=${encodeURIComponent(q)}`, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok) show((await answer.json()).agencies);
    } catch {
      /* overtaken by the next letter, or offline: the button “Find” is still there */
    }
  }

  // The page's list of choices gets the agency as its first row, chosen; what was found before makes room.
  function take(agency) {
    input.value = agency.name;
    close();
    asking?.abort();
    clearTimeout(timer);
    const choices = document.querySelector("#found .choices");
    const rows = [...choices.querySelectorAll(":scope > .choice")];
    const other = rows[rows.length - 1]; // “none of these” is always last
    for (const old of rows.slice(0, -1)) old.remove();
    const choice = other.cloneNode(true);
    const radio = choice.querySelector("input");
    radio.id = `${radio.name}_suggested`;
    choice.htmlFor = radio.id;
    radio.value = agency.pk;
    choice.querySelector("span").replaceChildren(line("b", agency.name), " ", line("small", agency.hint));
    choices.prepend(choice);
    radio.checked = true;
    radio.removeAttribute("aria-invalid");
    radio.removeAttribute("aria-describedby");
    document.querySelector("#found legend").textContent = words.taken;
    news.textContent = `${words.taken} ${agency.name}`;
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, 150);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = found.length - 1;
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown") mark(active < last ? active + 1 : 0);
    else if (event.key === "ArrowUp" && !list.hidden) mark(active > 0 ? active - 1 : last);
    else if (event.key === "Enter" && !list.hidden && active >= 0) take(found[active]);
    else return;
    event.preventDefault();
  });
}
