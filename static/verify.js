/* Checks a receipt's proof in the browser: fingerprints, the way to the tree's head, signatures, and that the tree has only grown
   since this browser saw it. Nothing is sent but the sizes of two heads. The words come from the page. */
"use strict";

const box = document.getElementById("verify");
const verdict = document.getElementById("verdict");
const SEEN = "portal-heads-seen";
const text = new TextEncoder();

const fromHex = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromBase64 = (coded) => Uint8Array.from(atob(coded), (sign) => sign.charCodeAt(0));

async function hash(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}
const nodeHash = (left, right) => hash(Uint8Array.of(1), left, right);

// JSON in the one spelling that is signed: keys in order, no blanks.
function canonical(said) {
  const keys = Object.keys(said).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(said[key])}`).join(",")}}`;
}

async function isSigned(purpose, signed, keys) {
  const { signature, ...said } = signed;
  const key = await crypto.subtle.importKey("raw", fromHex(keys[said.key]), { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, fromBase64(signature), text.encode(purpose + canonical(said)));
}

// Sizes go beyond 32 bits in a long life, so no bit operators here.
const isOdd = (number) => number % 2 === 1;
const half = (number) => Math.floor(number / 2);

async function isIncluded(leaf, position, size, path, root) {
  if (!(position >= 0 && position < size)) return false;
  let [place, last, found] = [position, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      found = await nodeHash(sibling, found);
      while (place && !isOdd(place)) [place, last] = [half(place), half(last)];
    } else {
      found = await nodeHash(found, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && toHex(found) === root;
}

async function isConsistent(first, second, path) {
  if (first.size === second.size) return first.root === second.root;
  const isPower = Number.isInteger(Math.log2(first.size));
  const hashes = isPower ? [fromHex(first.root), ...path] : path;
  if (!hashes.length) return false;
  let [place, last] = [first.size - 1, second.size - 1];
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  let [older, newer] = [hashes[0], hashes[0]];
  for (const sibling of hashes.slice(1)) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      [older, newer] = [await nodeHash(sibling, older), await nodeHash(sibling, newer)];
      while (place && !isOdd(place)) [place, last] = [half(place), half(last)];
    } else {
      newer = await nodeHash(newer, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && toHex(older) === first.root && toHex(newer) === second.root;
}

function seenBefore() {
  try {
    return JSON.parse(localStorage.getItem(SEEN)) || null;
  } catch {
    return null;
  }
}

function remember(head) {
  try {
    localStorage.setItem(SEEN, JSON.stringify({ size: head.size, root: head.root }));
  } catch {
    // A browser that keeps nothing cannot compare next time; the rest holds all the same.
  }
}

async function onlyGrew(head) {
  const seen = seenBefore();
  if (!seen) return true;
  const [first, second] = seen.size <= head.size ? [seen, head] : [head, seen];
  if (first.size === second.size) return first.root === second.root;
  const answer = await fetch(`${box.dataset.consistency}?first=${first.size}&second=${second.size}`, { credentials: "omit" });
  if (!answer.ok) return false;
  return isConsistent(first, second, (await answer.json()).path.map(fromHex));
}

async function check(proof) {
  const leaf = await hash(Uint8Array.of(0), text.encode(proof.leaf));
  const lines = [
    ["leaf", toHex(leaf) === proof.promise.leaf],
    ["promise", await isSigned("efficiency-portal promise v1\n", proof.promise, proof.keys)],
  ];
  if (proof.inclusion) {
    const { position, path, head } = proof.inclusion;
    lines.push(["path", await isIncluded(leaf, position, head.size, path.map(fromHex), head.root)]);
    lines.push(["head", await isSigned("efficiency-portal tree head v1\n", head, proof.keys)]);
    const grew = await onlyGrew(head);
    lines.push(["seen", grew]);
    if (lines.every(([, holds]) => holds) && (seenBefore()?.size || 0) <= head.size) remember(head);
  }
  return lines;
}

function show(sentence, kind, lines, leaf) {
  verdict.replaceChildren();
  const head = document.createElement("p");
  head.className = `notice ${kind}`;
  head.textContent = sentence;
  verdict.append(head);
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [name, holds] of lines) {
    const row = document.createElement("div");
    const [term, value] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = box.dataset[name];
    value.textContent = holds ? box.dataset.good : box.dataset.bad;
    row.append(term, value);
    list.append(row);
  }
  if (lines.length) verdict.append(list);
  if (leaf) {
    const said = document.createElement("pre");
    said.className = "small";
    said.textContent = JSON.stringify(JSON.parse(leaf), null, 1);
    verdict.append(said);
  }
}

document.getElementById("proof").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (!file) return;
  let proof;
  try {
    proof = JSON.parse(await file.text());
    if (proof.format !== "efficiency-portal receipt proof v1") throw new Error("another format");
  } catch {
    show(box.dataset.file, "notice-warn", []);
    return;
  }
  try {
    const lines = await check(proof);
    const holds = lines.every(([, good]) => good);
    const sentence = holds ? (proof.inclusion ? box.dataset.fine : box.dataset.later) : box.dataset.broken;
    show(sentence, holds ? "" : "notice-warn", lines, holds ? proof.leaf : "");
  } catch (error) {
    show(error.name === "NotSupportedError" ? box.dataset.old : box.dataset.file, "notice-warn", []);
  }
});
