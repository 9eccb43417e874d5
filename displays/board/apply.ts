// A change laid over what the board has: the newest call stays first.

import type { BoardChange, BoardSnapshot } from "../shared/messages.js";

export function applied(data: BoardSnapshot, change: BoardChange): BoardSnapshot {
  const touched = new Set([...change.calls.map(call => call.number), ...change.ended]);
  const ended = new Set(change.ended);
  const calls = [...data.calls.filter(call => !touched.has(call.number)), ...change.calls.filter(call => !ended.has(call.number))]
    .sort((a, b) => Date.parse(b.lastCallAt) - Date.parse(a.lastCallAt));
  const groups = data.groups.map(group => ({
    ...group,
    waiting: change.waiting[group.letter] ?? group.waiting,
    wait: change.wait ? change.wait[group.letter] ?? null : group.wait, // Not among them means not known: an old promise is none.
  }));
  return { ...data, version: change.to, at: change.at, calls, groups };
}
