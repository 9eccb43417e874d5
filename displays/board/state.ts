// What a board knows and what follows from each message: pure, so that its rules can be read and tried without a screen.
// A call is announced once per `lastCallAt`. The first snapshot of a page's life announces nothing: those calls were made
// before the page could know them. Later snapshots announce what was called while the board was cut off.

import type { BoardCall, BoardChange, BoardSnapshot, Heartbeat } from "../shared/messages.js";
import { fit } from "../shared/versions.js";
import { applied } from "./apply.js";

/** Each call is the hero at least this long, when several come at once. */
export const heroMs = 8_000;
/** An older call is shown, but no longer chimed: nobody shall look up for what is past. */
export const chimeFreshMs = 20_000;
/** Heartbeats come every 5 s. Without a sign that the data is current for this long, the board says so. */
export const staleMs = 15_000;
const askAgainMs = 2_000;

export interface Announcement { number: string; chime: boolean; }
/** An announced hero keeps its place until `heldUntil`; one that only moved up gives way at once. `pulse` grows with each announcement. */
export interface Hero { number: string; heldUntil: number; pulse: number; }

export interface Board {
  data: BoardSnapshot | null;
  /** Local time at which the data was last known to be current. */
  currentAt: number;
  /** Server time minus local time. */
  serverAhead: number;
  /** Per number on the board: the `lastCallAt` that was announced, so that no call is announced twice. */
  announced: ReadonlyMap<string, number>;
  /** Calls that wait to be hero. At most one per counter, so it cannot grow. */
  line: readonly Announcement[];
  hero: Hero | null;
  askedAt: number;
}

export type Input =
  | { kind: "snapshot"; snapshot: BoardSnapshot }
  | { kind: "change"; change: BoardChange }
  | { kind: "heartbeat"; heartbeat: Heartbeat }
  | { kind: "tick" };

/** What to do: chime now, ask the hub for a snapshot. */
export interface Step { board: Board; chime: boolean; ask: boolean; }

/** A board before its first message. All times are local milliseconds that only grow. */
export function newBoard(now: number, serverAhead = 0): Board {
  return { data: null, currentAt: now, serverAhead, announced: new Map(), line: [], hero: null, askedAt: -Infinity };
}

export function step(board: Board, input: Input, now: number): Step {
  switch (input.kind) {
    case "snapshot":
      return advance(learn(board, input.snapshot, now, Date.parse(input.snapshot.at) - now), now);
    case "change":
      return changed(board, input.change, now);
    case "heartbeat":
      return heard(board, input.heartbeat, now);
    case "tick":
      return advance(board, now);
  }
}

export function isStale(board: Board, now: number): boolean {
  return now - board.currentAt >= staleMs;
}

function changed(board: Board, change: BoardChange, now: number): Step {
  const fits = fit(board.data, change);
  return fits === "continues" && board.data !== null
    ? advance(learn(board, applied(board.data, change), now, board.serverAhead), now)
    : fits === "known" ? advance(board, now) : ask(board, now);
}

/** A heartbeat proves the data current only if it names the very version that is shown. */
function heard(board: Board, heartbeat: Heartbeat, now: number): Step {
  const serverAhead = Date.parse(heartbeat.at) - now;
  const same = board.data?.queue === heartbeat.queue && board.data.version >= heartbeat.version;
  return same ? advance({ ...board, serverAhead, currentAt: now }, now) : ask({ ...board, serverAhead }, now);
}

function ask(board: Board, now: number): Step {
  const due = now - board.askedAt >= askAgainMs;
  const step = advance(due ? { ...board, askedAt: now } : board, now);
  return { ...step, ask: due };
}

/** Takes new data and lines up the calls that have not been announced. */
function learn(board: Board, data: BoardSnapshot, now: number, serverAhead: number): Board {
  const announced = new Map(data.calls.map(call => [call.number, lastCall(call)]));
  const old = isStale(board, now) ? board.line.map(waiting => ({ ...waiting, chime: false })) : board.line;
  const first = board.data === null;
  const fresh: Announcement[] = first ? [] : data.calls
    .filter(call => call.state === "called" && lastCall(call) > (board.announced.get(call.number) ?? -Infinity))
    .sort((a, b) => lastCall(a) - lastCall(b))
    .map(call => ({ number: call.number, chime: now + serverAhead - lastCall(call) <= chimeFreshMs }));
  const again = new Set(fresh.map(call => call.number));
  const line = [...old.filter(waiting => !again.has(waiting.number)), ...fresh];
  // Calls that were missed while cut off come after those that are being made now.
  return { ...board, data, announced, serverAhead, currentAt: now, askedAt: -Infinity, line: line.sort((a, b) => Number(b.chime) - Number(a.chime)) };
}

/** Lets the hero leave when its citizen has come, and the next in line take its place when its time has come. */
function advance(board: Board, now: number): Step {
  if (isStale(board, now)) {
    return { board, chime: false, ask: false };
  }
  const called = (board.data?.calls ?? []).filter(call => call.state === "called");
  const isCalled = (number: string): boolean => called.some(call => call.number === number);
  const line = board.line.filter(waiting => isCalled(waiting.number));
  const hero = board.hero !== null && isCalled(board.hero.number) ? board.hero : null;
  const shownLongEnough = hero === null || now >= hero.heldUntil;
  const next = line[0];
  if (next !== undefined && (shownLongEnough || next.number === hero.number)) {
    const pulse = (board.hero?.pulse ?? 0) + 1;
    return { board: { ...board, line: line.slice(1), hero: { number: next.number, heldUntil: now + heroMs, pulse } }, chime: next.chime, ask: false };
  }
  const newest = called[0]?.number;
  if (next === undefined && shownLongEnough && newest !== undefined && newest !== hero?.number) {
    return { board: { ...board, line, hero: { number: newest, heldUntil: now, pulse: board.hero?.pulse ?? 0 } }, chime: false, ask: false };
  }
  return { board: { ...board, line, hero }, chime: false, ask: false };
}

function lastCall(call: BoardCall): number {
  return Date.parse(call.lastCallAt);
}
