// The board of an office's draft with invented calls, for those who configure the office. It has no live connection.

import { need, show } from "../shared/dom.js";
import type { BoardSnapshot } from "../shared/messages.js";

const askEachMs = 5_000;
const patienceMs = 4_000;

/** Asks again and again: a draft that is saved meanwhile is shown, and a session that ended shows nothing. */
export function preview(name: string, take: (snapshot: BoardSnapshot | null) => void): void {
  const [town, office, board] = name.split(".").map(encodeURIComponent);

  async function ask(): Promise<void> {
    try {
      const answer = await fetch(`/api/v1/offices/${town}.${office}/board-preview?board=${board}`,
        { signal: AbortSignal.timeout(patienceMs) });
      take(answer.ok ? await answer.json() as BoardSnapshot : null);
    } catch {
      // The board says itself that it is old.
    }
  }

  show(need("#preview"), true);
  setInterval(() => void ask(), askEachMs);
  void ask();
}
