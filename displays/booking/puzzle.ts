// Solves the puzzle of a booking form in the background. A form that is sent before counts as one without a script.

import { need, show, write } from "../shared/dom.js";

interface Puzzle { algorithm: string; challenge: string; maxnumber: number; salt: string; signature: string; }

/** Between two breaths of the page: some milliseconds of work. */
const pieceSize = 500;

const place = need("#puzzle");
const progress = need<HTMLProgressElement>("#puzzle-progress");
const puzzle = JSON.parse(place.dataset["puzzle"] ?? "null") as Puzzle;

/** Null: it has no solution, which a forged page may have. */
async function solve(): Promise<number | null> {
  const encoder = new TextEncoder();
  for (let first = 0; first <= puzzle.maxnumber; first += pieceSize) {
    const hashes = await Promise.all(Array.from({ length: pieceSize }, (_, index) =>
      crypto.subtle.digest(puzzle.algorithm, encoder.encode(`${puzzle.salt}${first + index}`))));
    const found = hashes.findIndex(hash => hex(hash) === puzzle.challenge);
    if (found >= 0) {
      return first + found;
    }
    progress.value = first / puzzle.maxnumber;
  }
  return null;
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, "0")).join("");
}

// Without https browsers have no hashes.
if ("subtle" in crypto) {
  show(place, true);
  write(need("#puzzle-words"), place.dataset["running"] ?? "");
  const number = await solve();
  if (number !== null) {
    const { algorithm, challenge, salt, signature } = puzzle;
    need<HTMLInputElement>("#altcha").value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    write(need("#puzzle-words"), place.dataset["done"] ?? "");
    place.dataset["state"] = "done";
  }
  show(progress, false);
}
