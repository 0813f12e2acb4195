/* Sends the files of a form in pieces that resume: a broken line, a reload or another day costs one piece and not the file. The server knows
   by the file itself (name, size, SHA-256) what it has of it already, so that nothing is kept on this device. Without this script, or in a
   browser that lacks something, the form sends the files whole. One file at a time; the words come from templates/components/uploads.html. */
"use strict";

(() => {
  const box = document.querySelector("[data-uploads]");
  const form = box && box.closest("form");
  const input = form && form.querySelector("input[type=file]");
  if (!input || !window.fetch || !Blob.prototype.arrayBuffer || !box.querySelector("template").content) return;

  const words = box.dataset;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const status = box.querySelector("[data-say]");
  const subtle = window.crypto && window.crypto.subtle;
  const LEAST = 64 * 1024;
  const LONGEST_WAIT = 30;
  const MOST_TRIES = 3; // for answers that say no; a broken line is tried for ever
  let rows = [];
  let busy = false;
  let held = null; // the button whose form waits for the files

  for (const plain of form.querySelectorAll("[data-plain]")) plain.hidden = true;

  const isOpen = (row) => !row.over;
  const inKilobytes = (bytes) => Math.max(1, Math.round(bytes / 1024));
  const inWords = (bytes) => (inKilobytes(bytes) < 1000 ? `${inKilobytes(bytes)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

  async function digest(blob) {
    if (!subtle) return "";
    const hash = await subtle.digest("SHA-256", await blob.arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* For who listens; what the rows do not show is for all eyes. */
  function say(text, isShown) {
    status.textContent = text;
    status.classList.toggle("visually-hidden", !isShown);
  }

  /* One request. A line that breaks answers with status 0. */
  function ask(row, method, path, body, headers) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      row.request = request;
      request.open(method, words.address + path);
      request.timeout = 120000;
      request.setRequestHeader("X-CSRFToken", token);
      for (const [name, value] of Object.entries(headers || {})) request.setRequestHeader(name, value);
      if (body instanceof Blob) request.upload.onprogress = (event) => draw(row, row.received + event.loaded);
      request.onloadend = () => {
        let said = {};
        try { said = JSON.parse(request.responseText); } catch { /* a page of somebody on the way */ }
        resolve({ status: request.status, said });
      };
      request.send(body || null);
    });
  }

  async function next(row) {
    if (!row.id) {
      if (row.sha256 === undefined) row.sha256 = await digest(row.file);
      const about = { name: row.file.name, size: row.file.size, sha256: row.sha256, number: words.number };
      return ask(row, "POST", "", new URLSearchParams(about));
    }
    if (row.unsure) return ask(row, "GET", `${row.id}/`);
    if (row.received < row.file.size) {
      const piece = row.file.slice(row.received, row.received + row.piece);
      const headers = { "Content-Type": "application/octet-stream", "X-Chunk-SHA256": await digest(piece) };
      return ask(row, "POST", `${row.id}/${row.received}/`, piece, headers);
    }
    show(row, words.looking);
    const isLast = words.wait && rows.filter(isOpen).length === 1;
    return ask(row, "POST", `${row.id}/finish/`, new URLSearchParams(isLast ? { last: 1 } : {}));
  }

  function take(row, said) {
    row.failures = 0;
    row.unsure = false;
    if (said.received > row.received) row.refusals = 0;
    if (said.arrived) return arrive(row, row.id ? words.arrived : words.there);
    if (said.id) {
      row.id = said.id;
      row.most = row.piece = said.piece;
      forget(said.id);
    } else {
      row.piece = Math.min(row.most, row.piece * 2);
    }
    row.received = said.received;
    if (said.id && !said.received) return show(row, words.queued);
    draw(row, row.received);
  }

  /* Goes on with one file until it is over, or until it is announced: what cannot be taken is told before anything is sent. */
  async function carry(row) {
    const isNew = !row.id;
    while (isOpen(row)) {
      let answer;
      try {
        answer = await next(row);
      } catch {
        fail(row, words.unreadable);
        break;
      }
      if (!isOpen(row)) {
        if (answer.said.id) ask(row, "POST", `${answer.said.id}/cancel/`); // given up while it was being announced
        break;
      }
      const { status: code, said } = answer;
      if (code === 200 || code === 201) {
        take(row, said);
        if (isNew && row.id) return;
      }
      else if (code === 0 || code >= 500) await breathe(row, words.lost);
      else if (code === 429) await breathe(row, said.error || words.lost, said.wait);
      else if (++row.refusals > MOST_TRIES || !goesOn(row, code, said)) fail(row, said.error || words.failed);
    }
  }

  /* Whether an answer that says no says how to go on: from another byte, or from the beginning. */
  function goesOn(row, code, said) {
    if (code === 409) row.received = said.received;
    else if (code === 404 && row.id) row.id = "";
    else return false;
    return true;
  }

  /* Waits longer each time, or until the device is on line again; then smaller pieces, from where the server stands. */
  function breathe(row, text, seconds) {
    row.failures += 1;
    row.unsure = Boolean(row.id) && row.received < row.file.size;
    row.piece = Math.max(LEAST, Math.floor(row.piece / 2));
    show(row, text);
    say(`${row.file.name}: ${text}`);
    const wait = seconds || Math.min(LONGEST_WAIT, 2 ** (row.failures - 1)) * (0.75 + Math.random() / 2);
    return new Promise((resolve) => {
      const goOn = () => {
        clearTimeout(timer);
        window.removeEventListener("online", goOn);
        resolve();
      };
      const timer = setTimeout(goOn, wait * 1000);
      row.wake = goOn;
      if (!seconds) window.addEventListener("online", goOn);
    });
  }

  function draw(row, sent) {
    const percent = Math.floor(Math.min(sent, row.file.size) * 100 / row.file.size);
    row.bar.value = percent;
    const text = words.sending.replace("{done}", inWords(Math.min(sent, row.file.size))).replace("{size}", inWords(row.file.size));
    show(row, text);
    if (percent - row.told < 25) return;
    row.told = percent;
    say(`${row.file.name}: ${text}`);
  }

  function show(row, text) {
    row.state.textContent = text;
  }

  async function arrive(row, text) {
    row.over = "arrived";
    row.bar.value = 100;
    row.button.hidden = true;
    show(row, text);
    say(`${row.file.name}: ${text}`);
    if (!words.next && await refresh()) row.item.remove();
  }

  function fail(row, text) {
    row.over = "failed";
    row.bar.hidden = true;
    row.button.firstChild.textContent = words.close;
    row.state.className = "error-text";
    show(row, text);
    say(`${row.file.name}: ${text}`);
  }

  /* Reads the list of what is there anew, from the page itself, and what the button says about it. */
  async function refresh() {
    const list = document.querySelector("[data-fresh]");
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = page.querySelector("[data-fresh]");
      if (!list || !fresh) return false;
      for (const row of rows.filter(isOpen)) fresh.querySelector(`[data-upload="${row.id}"]`)?.remove();
      if (!fresh.querySelector("[data-upload]")) fresh.querySelector("[data-under-way]")?.remove();
      document.querySelector("[data-fresh-words]").textContent = page.querySelector("[data-fresh-words]").textContent;
      const hadFocus = list.contains(document.activeElement);
      list.replaceWith(fresh);
      if (hadFocus) (fresh.querySelector("h2") || input).focus();
      return true;
    } catch {
      return false; // the row itself says that it has arrived
    }
  }

  /* An upload that goes on is no longer one that did not arrive. */
  function forget(id) {
    const item = document.querySelector(`[data-upload="${id}"]`);
    if (!item) return;
    const section = item.closest("[data-under-way]");
    item.remove();
    if (!section.querySelector("li")) section.remove();
  }

  function add(file) {
    const item = box.querySelector("template").content.firstElementChild.cloneNode(true);
    const row = { file, item, received: 0, piece: LEAST, failures: 0, refusals: 0, told: 0, id: "", over: "" };
    row.bar = item.querySelector("progress");
    row.state = item.querySelector("[data-state]");
    row.button = item.querySelector("button");
    item.querySelector("[data-name]").textContent = file.name;
    item.querySelector("[data-size]").textContent = inWords(file.size);
    item.querySelector("[data-of]").textContent = ` ${file.name}`;
    row.bar.setAttribute("aria-label", file.name);
    show(row, words.wait && !busy ? words.ready : words.queued);
    row.button.addEventListener("click", () => drop(row));
    box.querySelector("[data-rows]").append(item);
    rows.push(row);
  }

  function drop(row) {
    const wasOpen = isOpen(row);
    row.over = "dropped";
    rows = rows.filter((one) => one !== row);
    row.item.remove();
    input.focus();
    if (!wasOpen) return;
    if (row.request && row.id) row.request.abort();
    if (row.wake) row.wake();
    if (row.id) ask(row, "POST", `${row.id}/cancel/`);
  }

  async function run() {
    if (busy) return;
    busy = true;
    for (;;) {
      const row = rows.find((one) => isOpen(one) && !one.id) || rows.find(isOpen);
      if (!row) break;
      await carry(row);
    }
    busy = false;
    conclude();
  }

  function conclude() {
    const button = held;
    const isWhole = rows.every((row) => row.over === "arrived");
    held = null;
    if (words.next && rows.length && isWhole) location.assign(`${words.next}#evidence`);
    else if (button && isWhole && !words.next) button.click();
  }

  function choose() {
    for (const file of input.files) add(file);
    input.value = "";
    if (!words.wait) run();
  }

  input.addEventListener("change", choose);

  form.addEventListener("submit", (event) => {
    if (!rows.some(isOpen)) return;
    event.preventDefault();
    event.stopPropagation();
    held = event.submitter || form.querySelector("button:not([name])");
    say(words.hold, true);
    run();
  });

  window.addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });

  if (input.files.length) choose(); // chosen before this script was there
})();
