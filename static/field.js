/* Records from inspections, through dead spots: what was entered is kept on the phone first and sent when there is a network, under a key
   that the phone makes, so that the server takes it once however often it comes. Without this script the form is sent as any other. */
"use strict";

(() => {
  const box = document.querySelector("[data-field]");
  if (!box || !window.indexedDB || !window.fetch || !window.crypto) return;

  const words = box.dataset;
  const owner = Number(words.user);
  const form = document.querySelector("form[data-record]");
  const EVERY = 20000;
  const SOON = 2000;
  let failures = 0;
  let busy = false;
  let again = false;

  const newKey = () => (crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16)));

  function say(text) {
    box.querySelector("[data-say]").textContent = text;
  }

  /* --- what waits and what was sent --- */

  async function show() {
    const rows = await fieldStore.records(owner);
    const list = box.querySelector("[data-rows]");
    list.replaceChildren(...rows.map(line));
    const waiting = rows.filter((row) => row.state === "waiting").length;
    box.querySelector("[data-list]").hidden = !rows.length;
    box.querySelector("[data-offline]").hidden = navigator.onLine;
    box.querySelector("[data-count]").textContent = waiting ? words.waiting.replace("{n}", String(waiting)) : words.none;
  }

  function line(row) {
    const item = box.querySelector("template").content.firstElementChild.cloneNode(true);
    item.dataset.state = row.state;
    item.querySelector("[data-title]").textContent = row.title;
    item.querySelector("[data-at]").textContent = new Date(row.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    const state = { waiting: words.waits, sent: words.sent, refused: `${words.refused} ${(row.errors || []).join(" ")}` };
    item.querySelector("[data-state-words]").textContent = state[row.state];
    const [mend, drop] = item.querySelectorAll("button");
    mend.hidden = drop.hidden = row.state !== "refused";
    mend.addEventListener("click", () => backIntoForm(row));
    drop.addEventListener("click", async () => {
      if (!window.confirm(words.sure)) return;
      await fieldStore.remove(row);
      show();
    });
    return item;
  }

  /* What the server refused goes back into its form, where it can be mended; it gets a key of its own again. */
  async function backIntoForm(row) {
    await fieldStore.keepDraft(owner, row.action, { fields: row.fields, pictures: row.pictures });
    await fieldStore.remove(row);
    location.assign(row.action);
  }

  /* --- sending --- */

  async function send() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      await (navigator.locks ? navigator.locks.request("portal-field", { ifAvailable: true }, (lock) => lock && sendAll()) : sendAll());
    } catch {
      // no network: at the next opportunity
    }
    busy = false;
    await show();
    await retry();
    if (again) {
      again = false;
      send();
    }
  }

  /* A line that broke is often back in a moment; then longer and longer, and the steady beat does the rest. */
  async function retry() {
    failures = (await fieldStore.waiting(owner)).length ? failures + 1 : 0;
    const wait = SOON * 2 ** (failures - 1);
    if (failures && wait < EVERY && navigator.onLine) setTimeout(send, wait);
  }

  async function sendAll() {
    const rows = await fieldStore.waiting(owner);
    if (!rows.length) return;
    const answer = await fetch(words.who, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) {
      if (answer.type === "opaqueredirect") say(words.signIn);
      return;
    }
    const { user, token } = await answer.json();
    if (user !== owner) {
      say(words.other);
      return;
    }
    for (const row of rows) if (!(await sendOne(row, token))) return;
    say(words.allSent);
  }

  /* Returns whether to go on. Whatever is no clear word of the portal's leaves the record waiting. */
  async function sendOne(row, token) {
    const body = new FormData();
    for (const [name, value] of row.fields) body.append(name, value);
    body.set("key", row.key);
    body.set("owner", String(row.owner));
    for (const one of row.pictures) body.append("pictures", new File([one.bytes], one.name, { type: one.type }));
    const headers = { "X-Field": "1", "X-CSRFToken": token };
    const answer = await fetch(row.action, { method: "POST", body, headers, redirect: "manual" });
    if (answer.ok && (await answer.json()).kept === row.key) {
      await fieldStore.sent(row);
      return true;
    }
    if (answer.status === 422) await fieldStore.put({ ...row, state: "refused", errors: (await answer.json()).errors });
    else if (answer.status === 404) await fieldStore.put({ ...row, state: "refused", errors: [words.gone] });
    else if (answer.status === 413) await fieldStore.put({ ...row, state: "refused", errors: [words.large] });
    else return false;
    return true;
  }

  /* --- the form --- */

  const pictures = [];
  let saving;

  function fieldsOf() {
    const skipped = ["csrfmiddlewaretoken", "key", "owner", "pictures", "made_at"];
    return [...new FormData(form).entries()].filter(([name]) => !skipped.includes(name));
  }

  function keepDraft() {
    clearTimeout(saving);
    saving = setTimeout(() => fieldStore.keepDraft(owner, words.action, { fields: fieldsOf(), pictures }).catch(() => {}), 250);
  }

  function fill(fields) {
    const given = new Map();
    for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
    for (const control of form.elements) {
      if (!control.name || control.type === "hidden" || control.type === "file") continue;
      const values = given.get(control.name) || [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else control.value = values[0] || "";
    }
  }

  async function draw(picture) {
    const shot = form.querySelector("template[data-shot]").content.firstElementChild.cloneNode(true);
    const canvas = shot.querySelector("canvas");
    shot.querySelector("[data-name]").textContent = picture.name;
    shot.querySelector("button").addEventListener("click", () => {
      pictures.splice(pictures.indexOf(picture), 1);
      shot.remove();
      keepDraft();
    });
    form.querySelector("[data-shots]").before(shot);
    try {
      const bitmap = await createImageBitmap(new Blob([picture.bytes], { type: picture.type }));
      const edge = Math.min(bitmap.width, bitmap.height);
      canvas.width = canvas.height = 160;
      canvas.getContext("2d").drawImage(bitmap, (bitmap.width - edge) / 2, (bitmap.height - edge) / 2, edge, edge, 0, 0, 160, 160);
    } catch {
      canvas.remove(); // a kind that this browser cannot draw is sent all the same
    }
  }

  async function take(files) {
    for (const file of files) {
      const picture = { name: file.name, type: file.type, bytes: await file.arrayBuffer() };
      pictures.push(picture);
      await draw(picture);
    }
    keepDraft();
  }

  /* What the server would refuse at once is better said here, where there may be no server. */
  function missing() {
    const has = (name) => [...form.querySelectorAll(`[name=${name}]`)].some((one) => (one.type === "radio" || one.type === "checkbox" ? one.checked : one.value.trim()));
    const fault = has("points") || has("behaviour");
    if (!has("agency")) return ["agency", words.needsAgency];
    if (!has("place")) return ["place", words.needsPlace];
    if (!fault && !has("clean_here")) return ["points", words.needsFault];
    if (fault && has("clean_here")) return ["points", words.needsOne];
    if (fault && !has("words")) return ["words", words.needsWords];
    if (pictures.length > Number(words.most)) return ["pictures", words.needsFewer];
    return null;
  }

  async function keep(event) {
    event.preventDefault();
    const lack = missing();
    form.querySelector("[data-lack]").textContent = lack ? lack[1] : "";
    form.querySelector("[data-lack]").hidden = !lack;
    if (lack) {
      form.querySelector(`[name=${lack[0]}]`).focus();
      return;
    }
    const at = new Date().toISOString();
    const fields = [...fieldsOf(), ["made_at", at]];
    const title = `${form.querySelector("[name=agency]:checked").closest("label").textContent.trim()} · ${form.querySelector("[name=place]").value.trim()}`;
    const row = { key: newKey(), owner, action: words.action, title, at, fields, pictures: [...pictures], state: "waiting" };
    clearTimeout(saving);
    try {
      await fieldStore.put(row);
      await fieldStore.dropDraft(owner, words.action);
    } catch {
      withoutStore();
      return;
    }
    form.reset();
    pictures.length = 0;
    for (const shot of form.querySelectorAll(".shot")) shot.remove();
    form.querySelector("[data-place-words]").textContent = "";
    form.elements.latitude.value = form.elements.longitude.value = ""; // a reset leaves hidden fields as they are
    say(words.kept);
    await show();
    box.scrollIntoView({ block: "start" });
    send();
  }

  /* A browser that keeps nothing (a private window, a full phone): the form goes out as it is. */
  function withoutStore() {
    const transfer = new DataTransfer();
    for (const one of pictures) transfer.items.add(new File([one.bytes], one.name, { type: one.type }));
    form.querySelector("[type=file]").files = transfer.files;
    form.submit();
  }

  function locate() {
    const told = form.querySelector("[data-place-words]");
    told.textContent = words.locating;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(3);
      form.elements.longitude.value = coords.longitude.toFixed(3);
      told.textContent = words.located;
      keepDraft();
    }, () => { told.textContent = words.unlocated; }, { timeout: 15000, maximumAge: 60000 });
  }

  async function prepare() {
    const draft = form.dataset.record === "fresh" && (await fieldStore.draft(owner, words.action));
    if (draft) {
      fill(draft.fields);
      for (const name of ["latitude", "longitude"]) form.elements[name].value = (draft.fields.find(([one]) => one === name) || ["", ""])[1];
      for (const picture of draft.pictures) {
        pictures.push(picture);
        await draw(picture);
      }
      say(words.restored);
    }
    const input = form.querySelector("[type=file]");
    input.addEventListener("change", async () => {
      const chosen = [...input.files];
      input.value = "";
      await take(chosen);
    });
    if (input.files.length) await take([...input.files]);
    form.addEventListener("input", keepDraft);
    form.addEventListener("submit", keep);
    const button = form.querySelector("[data-locate]");
    button.hidden = !navigator.geolocation;
    button.addEventListener("click", locate);
    form.dataset.ready = "yes";
  }

  /* --- what is kept at hand --- */

  async function keepAtHand() {
    if (window.caches) for (const name of await caches.keys()) if (name.startsWith("field-pages-") && name !== `field-pages-${owner}`) await caches.delete(name);
    if (!navigator.serviceWorker) return;
    const scope = words.scope;
    await navigator.serviceWorker.register(words.worker, { scope, updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    const paths = words.plans.split(" ").filter(Boolean);
    if (!navigator.onLine) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      box.dataset.atHand = data ? "yes" : "no";
      box.querySelector("[data-at-hand-words]").hidden = !data;
    };
    active.postMessage({ user: String(owner), paths: [scope, ...paths] }, [port2]);
  }

  window.addEventListener("online", () => {
    failures = 0;
    send();
  });
  window.addEventListener("offline", show);
  setInterval(send, EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  if (form) prepare();
  keepAtHand().catch(() => {});
  show().then(send).catch(() => {});
})();
