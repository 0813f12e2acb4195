/* Passkeys: the page says what is asked (#passkey-options), the device signs, the form carries the answer back. Whoever has no
   scripts types a code instead. */
"use strict";

const form = document.querySelector("form[data-passkey]");
const asked = JSON.parse(document.getElementById("passkey-options").textContent).publicKey;
const failed = form.querySelector("[data-passkey-failed]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function made() {
  const user = { ...asked.user, id: bytes(asked.user.id) };
  const publicKey = { ...asked, user, challenge: bytes(asked.challenge), excludeCredentials: known(asked.excludeCredentials) };
  return navigator.credentials.create({ publicKey });
}

function signed() {
  const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) };
  return navigator.credentials.get({ publicKey });
}

function told(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = text(key.response[name]);
  }
  return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response });
}

async function answer(ask) {
  failed.hidden = true;
  try {
    form.elements.answer.value = told(await ask());
    form.submit(); // as it is: the listener below would ask again
  } catch {
    failed.hidden = false; // given up, timed out, or known already
  }
}

if (window.PublicKeyCredential && form.dataset.passkey === "create") {
  form.querySelector("[data-passkey-able]").hidden = false;
  form.querySelector("[data-passkey-unable]").hidden = true;
  form.addEventListener("submit", (event) => {
    if (!form.elements.name.value.trim()) return; // the portal says what is missing
    event.preventDefault();
    event.stopImmediatePropagation();
    answer(made);
  });
} else if (window.PublicKeyCredential) {
  const start = form.querySelector("[data-passkey-start]");
  start.hidden = false;
  start.addEventListener("click", () => answer(signed));
}
