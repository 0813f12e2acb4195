/* While somebody fills in a form, their browser solves a small sum; whoever sends it along need not wait at the door.
   Nothing depends on it: a form without a solved sum goes the slower way. The words come from the page. */
"use strict";

const LIFE = 50 * 60 * 1000; // the sum itself lives an hour
const PATIENCE = 5000;

function door(box) {
  const form = box.closest("form");
  const field = box.querySelector("input");
  const line = box.querySelector("p");
  let solvedAt = 0;
  let working = null; // a promise while the sum is being solved

  const say = (words) => {
    line.hidden = !words;
    line.textContent = words || "";
  };

  function solved(sum) {
    return new Promise((resolve, reject) => {
      const worker = new Worker(box.dataset.worker);
      const done = (settle) => (event) => {
        worker.terminate();
        settle(event.data);
      };
      worker.onmessage = done((number) => (number < 0 ? reject(number) : resolve(number)));
      worker.onerror = done(reject);
      worker.postMessage(sum);
    });
  }

  async function work() {
    say(box.dataset.working);
    try {
      const answer = await fetch(box.dataset.proof, { credentials: "omit", cache: "no-store" });
      const { salt, challenge, signature, algorithm, maxnumber } = await answer.json();
      const number = await solved({ salt, challenge, maxnumber });
      field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
      solvedAt = Date.now();
      say(box.dataset.ready);
      const wait = form.querySelector("[data-wait]");
      if (wait) wait.hidden = true;
    } catch {
      say("");
    }
  }

  function begin() {
    field.value = "";
    working = work().finally(() => { working = null; });
    return working;
  }

  // Who is quicker than the sum waits a moment for it, and is told so.
  form.addEventListener("submit", (event) => {
    if (!working || event.submitter?.name === "find" || box.dataset.patient) return;
    event.preventDefault();
    event.stopPropagation();
    box.dataset.patient = "yes";
    line.setAttribute("role", "status");
    say(box.dataset.moment);
    const go = () => form.requestSubmit(event.submitter);
    Promise.race([working, new Promise((resolve) => setTimeout(resolve, PATIENCE))]).then(go);
  });

  const refresh = () => {
    if (!working && solvedAt && Date.now() - solvedAt > LIFE) begin();
  };
  document.addEventListener("visibilitychange", refresh);
  setInterval(refresh, 60 * 1000);
  // Back by the browser's own button: the sum on this page was handed in already.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    delete box.dataset.patient;
    begin();
  });
  begin();
}

if (window.Worker && window.fetch) for (const box of document.querySelectorAll("[data-proof]")) door(box);
