// The board of an office's draft with invented calls, for those who configure the office. It has no live connection.

import { ticks } from "../shared/clock.js";
import { need, show } from "../shared/dom.js";
import type { BoardSnapshot } from "../shared/messages.js";

const patienceMs = 4_000;
/** The picture is shown anew as often as a live board hears a heartbeat, so it does not look old. */
const beatMs = 5_000;

/** Asks when it is opened and at the press of the button. A session that ended shows nothing. */
export function preview(name: string, take: (snapshot: BoardSnapshot | null) => void): void {
  const [town, office, board] = name.split(".").map(encodeURIComponent);
  let known: { snapshot: BoardSnapshot; at: number } | null = null;

  async function ask(): Promise<void> {
    try {
      const answer = await fetch(`/api/v1/offices/${town}.${office}/board-preview?board=${board}`,
        { signal: AbortSignal.timeout(patienceMs) });
      known = answer.ok ? { snapshot: await answer.json() as BoardSnapshot, at: ticks() } : null;
      again();
    } catch {
      known = null; // The board says itself that it is old.
    }
  }

  function again(): void {
    take(known === null ? null
      : { ...known.snapshot, at: new Date(Date.parse(known.snapshot.at) + ticks() - known.at).toISOString() });
  }

  show(need("#preview"), true);
  need("#preview-again").addEventListener("click", () => void ask());
  setInterval(() => known !== null && again(), beatMs);
  void ask();
}
