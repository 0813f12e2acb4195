/* Keys of the triage desk. Each presses, chooses or leads to what the page shows anyway; without this file the page does the same by hand.
   Keys rest while somebody types. The page says again every minute that the case lies on this desk, and hears on whose it lies too. */
"use strict";

const desk = document.getElementById("desk");

if (desk) {
  const accept = desk.querySelector("[data-accept]");
  const said = desk.querySelector("[data-said]");
  const named = (name) => [...desk.querySelectorAll(`[name="${name}"]`)].filter((one) => one.checkVisibility());
  const words = (input) => {
    const label = input?.closest("label");
    return (label?.querySelector("b") ?? label?.querySelector("span"))?.textContent.trim() ?? "";
  };

  const say = (text) => {
    said.textContent = text;
    said.hidden = !text;
  };

  const choose = (name, value) => {
    const input = desk.querySelector(`[name="${name}"][value="${value}"]`);
    if (!input) return;
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.closest("label").scrollIntoView({ block: "nearest" });
    say(words(input));
  };

  // What has to be chosen, written or looked at before the form can be sent.
  const missing = () => {
    for (const name of ["category", "mode"]) {
      const rows = named(name);
      if (rows.length && !rows.some((one) => one.checked)) return rows[0];
    }
    const blank = ["agency", "summary"].flatMap(named).find((one) => !one.value.trim());
    return blank ?? named("stays").find((one) => !one.checked);
  };

  // A warning that belongs to what is chosen counts as looked at once it was led to.
  const warning = () => {
    const note = [...desk.querySelectorAll(".sub-note")].find((one) => one.checkVisibility() && !one.dataset.seen);
    if (!note) return null;
    note.dataset.seen = "yes";
    note.tabIndex = -1;
    return note;
  };

  const lead = (target) => {
    target.focus();
    target.scrollIntoView({ block: "center" });
  };

  const ready = () => {
    const first = missing() ?? warning();
    if (first) {
      say(accept.dataset.missing);
      return lead(first);
    }
    const category = words(desk.querySelector('[name="category"]:checked'));
    const [agency] = named("agency");
    const who = agency?.selectedOptions?.[0]?.textContent.trim() ?? words(desk.querySelector('[name="mode"]:checked'));
    say(accept.dataset.acceptWords.replace("{category}", category).replace("{who}", who));
    named("summary")[0]?.scrollIntoView({ block: "center" }); // what the agency will read comes into sight before Enter
    accept.focus({ preventScroll: true });
  };

  const looked = () => {
    const [box] = named("stays");
    if (!box) return;
    box.checked = !box.checked;
    lead(box);
  };

  const help = () => {
    const keys = document.querySelector("[data-help]");
    keys.open = !keys.open;
    if (keys.open) lead(keys.querySelector("summary"));
  };

  const keys = {
    a: ready,
    l: looked,
    g: () => choose("mode", "assign"),
    h: () => choose("mode", "handle"),
    s: () => named("summary")[0]?.focus(),
    "?": help,
  };

  const box = document.querySelector("[data-keys]");
  const on = box.querySelector("input");
  box.hidden = false;
  on.checked = localStorage.getItem("desk-keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("desk-keys", on.checked ? "on" : "off"));

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    const field = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
    if (event.key === "Escape" && field) return field.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return desk.requestSubmit(accept);
    if (event.ctrlKey || event.metaKey || field || !on.checked) return;
    const key = event.key.toLowerCase();
    const link = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
    if (!/^[1-7]$/.test(key) && !keys[key] && !link) return;
    event.preventDefault();
    if (/^[1-7]$/.test(key)) choose("category", key);
    else if (keys[key]) keys[key]();
    else link.click();
  });

  const also = document.querySelector("[data-here]");
  const token = desk.querySelector("[name=csrfmiddlewaretoken]").value;

  setInterval(async () => {
    if (document.hidden) return;
    try {
      const response = await fetch(also.dataset.here, { method: "POST", headers: { "X-CSRFToken": token } });
      if (!response.ok) return;
      const { names, waits } = await response.json();
      also.querySelector("span").textContent = waits ? `${also.dataset.words} ${names}` : also.dataset.gone;
      also.hidden = waits && !names;
    } catch {
      // Nobody is told anything wrong: the note runs out by itself.
    }
  }, 60_000);
}
