// The rules of the board, pure: its state, the next state for each message, and the view of a state.
// A call is announced once per `lastCallAt`. The first snapshot of a page announces nothing: those calls are older than the page.
// Later snapshots announce the calls that were made while the board was cut off.

import { fit } from "../shared/live.js";
import type { BoardCall, BoardChange, BoardSnapshot, Heartbeat } from "../shared/messages.js";

/** Each call is the hero at least this long, when several come at once. */
const heroMs = 8_000;
/** An older call is shown without a chime. */
const chimeFreshMs = 20_000;
/** Heartbeats come every 5 s. Data that nothing has confirmed for this long is shown as not current. */
const staleMs = 15_000;
const askAgainMs = 2_000;
/** Rows that do not fit take turns, so that none is ever missing. */
const pageMs = 7_000;

interface Announcement { number: string; chime: boolean; }
/** An announced hero keeps its place until `heldUntil`; one that only moved up gives way at once. */
interface Hero { number: string; heldUntil: number; pulse: number; }

export interface Board {
  data: BoardSnapshot | null;
  /** Local time at which the data was last known to be current. */
  currentAt: number;
  /** Server time minus local time. */
  serverAhead: number;
  /** Per number on the board: the `lastCallAt` that was announced. */
  announced: ReadonlyMap<string, number>;
  /** Calls that will be the hero. At most one per counter, so it cannot grow. */
  upcoming: readonly Announcement[];
  hero: Hero | null;
  askedAt: number;
}

export type Input =
  | { kind: "snapshot"; snapshot: BoardSnapshot }
  | { kind: "change"; change: BoardChange }
  | { kind: "heartbeat"; heartbeat: Heartbeat }
  | { kind: "tick" };

/** The next state, and two acts: chime now, ask the hub for a snapshot. */
export interface Step { board: Board; chime: boolean; ask: boolean; }

/** A board before its first message. All times are local milliseconds that only grow. */
export function newBoard(now: number, serverAhead = 0): Board {
  return { data: null, currentAt: now, serverAhead, announced: new Map(), upcoming: [], hero: null, askedAt: -Infinity };
}

export function step(board: Board, input: Input, now: number): Step {
  switch (input.kind) {
    case "snapshot":
      return advance(withData(board, input.snapshot, now, Date.parse(input.snapshot.at) - now), now);
    case "change":
      return afterChange(board, input.change, now);
    case "heartbeat":
      return afterHeartbeat(board, input.heartbeat, now);
    case "tick":
      return advance(board, now);
  }
}

function afterChange(board: Board, change: BoardChange, now: number): Step {
  const fits = fit(board.data, change);
  return fits === "continues" && board.data !== null
    ? advance(withData(board, changed(board.data, change), now, board.serverAhead), now)
    : fits === "known" ? advance(board, now) : ask(board, now);
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

/** A heartbeat proves the data current only if it names the very version that is shown. */
function afterHeartbeat(board: Board, heartbeat: Heartbeat, now: number): Step {
  const serverAhead = Date.parse(heartbeat.at) - now;
  const same = board.data?.queue === heartbeat.queue && board.data.version >= heartbeat.version;
  return same ? advance({ ...board, serverAhead, currentAt: now }, now) : ask({ ...board, serverAhead }, now);
}

function ask(board: Board, now: number): Step {
  const due = now - board.askedAt >= askAgainMs;
  const step = advance(due ? { ...board, askedAt: now } : board, now);
  return { ...step, ask: due };
}

/** Takes new data. Calls that have not been announced become upcoming ones. */
function withData(board: Board, data: BoardSnapshot, now: number, serverAhead: number): Board {
  const announced = new Map(data.calls.map(call => [call.number, lastCall(call)]));
  const before = isStale(board, now) ? board.upcoming.map(call => ({ ...call, chime: false })) : board.upcoming;
  const first = board.data === null;
  const fresh: Announcement[] = first ? [] : data.calls
    .filter(call => call.state === "called" && lastCall(call) > (board.announced.get(call.number) ?? -Infinity))
    .sort((a, b) => lastCall(a) - lastCall(b))
    .map(call => ({ number: call.number, chime: now + serverAhead - lastCall(call) <= chimeFreshMs }));
  const again = new Set(fresh.map(call => call.number));
  // Calls that were missed while cut off come after those that are being made now.
  const upcoming = [...before.filter(call => !again.has(call.number)), ...fresh].sort((a, b) => Number(b.chime) - Number(a.chime));
  return { ...board, data, announced, serverAhead, currentAt: now, askedAt: -Infinity, upcoming };
}

/** The hero leaves when its citizen has come. The next upcoming call takes its place when the hero was shown long enough. */
function advance(board: Board, now: number): Step {
  if (isStale(board, now)) {
    return { board, chime: false, ask: false };
  }
  const called = (board.data?.calls ?? []).filter(call => call.state === "called");
  const isCalled = (number: string): boolean => called.some(call => call.number === number);
  const upcoming = board.upcoming.filter(call => isCalled(call.number));
  const hero = board.hero !== null && isCalled(board.hero.number) ? board.hero : null;
  const pulse = board.hero?.pulse ?? 0;
  const shownLongEnough = hero === null || now >= hero.heldUntil;
  const next = upcoming[0];
  if (next !== undefined && (shownLongEnough || next.number === hero.number)) {
    const shown = { number: next.number, heldUntil: now + heroMs, pulse: pulse + 1 };
    return { board: { ...board, upcoming: upcoming.slice(1), hero: shown }, chime: next.chime, ask: false };
  }
  const newest = called[0]?.number;
  const movesUp = next === undefined && shownLongEnough && newest !== undefined && newest !== hero?.number;
  return { board: { ...board, upcoming, hero: movesUp ? { number: newest, heldUntil: now, pulse } : hero }, chime: false, ask: false };
}

function isStale(board: Board, now: number): boolean {
  return now - board.currentAt >= staleMs;
}

function lastCall(call: BoardCall): number {
  return Date.parse(call.lastCallAt);
}

/** How the screen is divided: a hero, last calls beside a quiet panel, or the welcome alone. */
type Layout = "calling" | "quiet" | "idle";

export interface View {
  state: Layout | "starting" | "stale" | "unauthorised";
  layout: Layout;
  hero: BoardCall | null;
  /** The hero's border pulses each time this number grows. */
  pulse: number;
  rows: readonly BoardCall[];
  page: number;
  pages: number;
  /** Server time of the data, in milliseconds since 1970. */
  asOf: number;
}

export function view(board: Board, authorised: boolean, rowsPerPage: number, now: number): View {
  const calls = board.data?.calls ?? [];
  const hero = calls.find(call => call.number === board.hero?.number) ?? null;
  const others = calls.filter(call => call !== hero);
  const ordered = [...others.filter(call => call.state === "called"), ...others.filter(call => call.state === "serving")];
  const pages = Math.max(1, Math.ceil(ordered.length / rowsPerPage));
  const page = Math.floor(now / pageMs) % pages;
  const layout = hero !== null ? "calling" : ordered.length > 0 ? "quiet" : "idle";
  return {
    state: !authorised ? "unauthorised" : isStale(board, now) ? "stale" : board.data === null ? "starting" : layout,
    layout,
    hero,
    pulse: board.hero?.pulse ?? 0,
    rows: ordered.slice(page * rowsPerPage, (page + 1) * rowsPerPage),
    page,
    pages,
    asOf: board.currentAt + board.serverAhead,
  };
}
