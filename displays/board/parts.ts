// The data of a board, area by area: each has a stream of its own, and one may be old while the others are current.

import { fit } from "../shared/live.js";
import type { BoardArea, BoardCall, BoardChange, BoardCounter, BoardGroup, BoardSnapshot, Texts } from "../shared/messages.js";

/** Heartbeats come every 5 s. Data that nothing has confirmed for this long is shown as not current. */
const staleMs = 15_000;

/** One area. Its data is null until its first snapshot; `currentAt` is the local time at which it was last known to be current. */
export interface Part { data: BoardSnapshot | null; currentAt: number; }
export type Parts = ReadonlyMap<string, Part>;

/** "alsdorf.rathaus.halle" of "alsdorf.rathaus.halle.2026-11-23". */
export function areaOf(queue: string): string {
  return queue.slice(0, queue.lastIndexOf("."));
}

export function isOld(part: Part, now: number): boolean {
  return now - part.currentAt >= staleMs;
}

/** Takes the whole picture of one area. Each names all areas of the board, so a missing one is noticed. */
export function withSnapshot(parts: Parts, snapshot: BoardSnapshot, now: number): Parts {
  return new Map(snapshot.areas.map(({ key }) =>
    [key, key === snapshot.area ? { data: snapshot, currentAt: now } : parts.get(key) ?? { data: null, currentAt: now }]));
}

/** Takes a change of one area. After a gap it cannot be taken. */
export function withChange(parts: Parts, change: BoardChange, now: number): Parts | "known" | "gap" {
  const area = areaOf(change.queue);
  const data = parts.get(area)?.data ?? null;
  const fits = fit(data, change);
  return data === null || fits === "gap" ? "gap" : fits === "known" ? "known"
    : new Map(parts).set(area, { data: changed(data, change), currentAt: now });
}

function changed(data: BoardSnapshot, change: BoardChange): BoardSnapshot {
  const touched = new Set([...change.calls.map(call => call.number), ...change.ended]);
  const ended = new Set(change.ended);
  const calls = [...data.calls.filter(call => !touched.has(call.number)), ...change.calls.filter(call => !ended.has(call.number))]
    .sort((a, b) => lastCall(b) - lastCall(a));
  const groups = data.groups.map(group => ({
    ...group,
    waiting: change.waiting[group.letter] ?? group.waiting,
    wait: change.wait ? change.wait[group.letter] ?? null : group.wait, // A letter that is missing has no known wait.
  }));
  return { ...data, version: change.to, at: change.at, calls, groups };
}

export function lastCall(call: BoardCall): number {
  return Date.parse(call.lastCallAt);
}

/** A call with its counter. The place is the area of the counter, where a board shows several. */
export interface ShownCall extends BoardCall { where: BoardCounter | null; place: Texts | null; old: boolean; asOf: number; }
export interface ShownGroup extends BoardGroup { place: Texts | null; }

/** All areas as one picture. */
export interface Picture {
  office: Texts;
  areas: readonly BoardArea[];
  languages: readonly string[];
  timeZone: string;
  notes: readonly Texts[];
  /** The latest call first. */
  calls: readonly ShownCall[];
  /** Of areas that are current. */
  groups: readonly ShownGroup[];
}

/** Null until the first snapshot. */
export function pictureOf(parts: Parts, now: number): Picture | null {
  const known = [...parts].flatMap(([key, part]) => part.data === null ? [] : [{ key, data: part.data, part }]);
  const first = known[0]?.data;
  if (first === undefined) {
    return null;
  }
  const nameOf = (area: string): Texts | null => parts.size > 1 ? first.areas.find(({ key }) => key === area)?.name ?? null : null;
  const calls = new Map<string, ShownCall>();
  for (const { key, data, part } of known) {
    for (const call of data.calls) {
      const other = calls.get(call.number);
      // A ticket that moves between two areas may stand in both for a moment.
      if (other === undefined || lastCall(other) < lastCall(call)) {
        const where = data.counters.find(counter => counter.id === call.counter) ?? null;
        calls.set(call.number, { ...call, where, place: nameOf(key), old: isOld(part, now), asOf: part.currentAt });
      }
    }
  }
  return {
    office: first.office,
    areas: first.areas,
    languages: first.languages,
    timeZone: first.timeZone,
    notes: first.notes,
    calls: [...calls.values()].sort((a, b) => lastCall(b) - lastCall(a)),
    groups: known.filter(({ part }) => !isOld(part, now))
      .flatMap(({ key, data }) => data.groups.map(group => ({ ...group, place: nameOf(key) }))),
  };
}
