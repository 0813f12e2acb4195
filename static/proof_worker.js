/* Solves the sum of proof.js apart from the page: which number, written after the salt, has this SHA-256? Told and asked by messages.
   Written out here because the browser's own SHA-256 is there on https only, and for so many short texts slower. */
"use strict";

const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const ROUNDS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const words = new Int32Array(64);
const state = new Int32Array(8);

/* Takes a block of 64 bytes into the state. */
function compress(block, from) {
  for (let i = 0; i < 16; i++) {
    const at = from + 4 * i;
    words[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15], y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

/* Returns the number, or -1 when none up to `most` is right. */
function solve(salt, wanted, most) {
  const length = salt.length;
  const block = new Uint8Array(64 * Math.ceil((length + String(most).length + 9) / 64));
  for (let i = 0; i < length; i++) block[i] = salt.charCodeAt(i);
  const target = Int32Array.from({ length: 8 }, (_, i) => Number.parseInt(wanted.slice(8 * i, 8 * i + 8), 16));
  for (let number = 0; number <= most; number++) {
    const digits = String(number);
    for (let i = 0; i < digits.length; i++) block[length + i] = digits.charCodeAt(i);
    const end = length + digits.length;
    const blocks = Math.ceil((end + 9) / 64);
    block.fill(0, end);
    block[end] = 128;
    block[64 * blocks - 2] = (8 * end) >>> 8;
    block[64 * blocks - 1] = 8 * end;
    state.set(START);
    for (let i = 0; i < blocks; i++) compress(block, 64 * i);
    if (state.every((word, i) => word === target[i])) return number;
  }
  return -1;
}

onmessage = ({ data }) => postMessage(solve(data.salt, data.challenge, data.maxnumber));
