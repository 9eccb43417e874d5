// The rules of the board, pure: its state, the next state for each message, and the view of a state.
// A call is announced once per `lastCallAt`. The first snapshot of a page announces nothing: those calls are older than the page.
// Later snapshots announce the calls that were made while the board was cut off. A board of several areas has such a part for each.

import type { BoardChange, BoardSnapshot, Heartbeat, Texts } from "../shared/messages.js";
import { areaOf, isOld, lastCall, pictureOf, withChange, withSnapshot, type Parts, type Picture, type ShownCall } from "./parts.js";

/** Each call is the hero at least this long, when several come at once. */
const heroMs = 8_000;
/** An older call is shown without a chime. */
const chimeFreshMs = 20_000;
const askAgainMs = 2_000;
/** Rows that do not fit take turns, so that none is ever missing. */
const pageMs = 7_000;

interface Announcement { number: string; area: string; chime: boolean; }
/** An announced hero keeps its place until `heldUntil`; one that only moved up gives way at once. */
interface Hero { number: string; heldUntil: number; pulse: number; }

export interface Board {
  /** By area; empty before the first snapshot. */
  parts: Parts;
  startedAt: number;
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
  return { parts: new Map(), startedAt: now, serverAhead, announced: new Map(), upcoming: [], hero: null, askedAt: -Infinity };
}

export function step(board: Board, input: Input, now: number): Step {
  switch (input.kind) {
    case "snapshot":
      return advance(withParts(board, withSnapshot(board.parts, input.snapshot, now), input.snapshot.area, now,
        Date.parse(input.snapshot.at) - now), now);
    case "change":
      return afterChange(board, input.change, now);
    case "heartbeat":
      return afterHeartbeat(board, input.heartbeat, now);
    case "tick":
      return advance(board, now);
  }
}

function afterChange(board: Board, change: BoardChange, now: number): Step {
  const parts = withChange(board.parts, change, now);
  return parts === "gap" ? ask(board, now)
    : parts === "known" ? advance(board, now)
    : advance(withParts(board, parts, areaOf(change.queue), now, board.serverAhead), now);
}

/** A heartbeat proves the data of its area current only if it names the very version that is shown. */
function afterHeartbeat(board: Board, heartbeat: Heartbeat, now: number): Step {
  const heard = { ...board, serverAhead: Date.parse(heartbeat.at) - now };
  if (heartbeat.queue === null) {
    return advance(heard, now); // The hub itself does not know that area yet. It sends the snapshot when it does.
  }
  const area = areaOf(heartbeat.queue);
  const data = board.parts.get(area)?.data ?? null;
  return data?.queue === heartbeat.queue && data.version >= heartbeat.version
    ? advance({ ...heard, parts: new Map(board.parts).set(area, { data, currentAt: now }) }, now)
    : ask(heard, now);
}

function ask(board: Board, now: number): Step {
  const due = now - board.askedAt >= askAgainMs;
  const step = advance(due ? { ...board, askedAt: now } : board, now);
  return { ...step, ask: due };
}

/** Takes new data of one area. Calls that have not been announced become upcoming ones. */
function withParts(board: Board, parts: Parts, area: string, now: number, serverAhead: number): Board {
  const known = board.parts.get(area);
  const first = (known?.data ?? null) === null;
  const wasOld = known !== undefined && isOld(known, now);
  const before = board.upcoming.map(call => wasOld && call.area === area ? { ...call, chime: false } : call);
  const calls = pictureOf(parts, now)?.calls ?? [];
  const announced = new Map(calls.map(call => [call.number, lastCall(call)]));
  const fresh: Announcement[] = first ? [] : (parts.get(area)?.data?.calls ?? [])
    .filter(call => call.state === "called" && lastCall(call) > (board.announced.get(call.number) ?? -Infinity))
    .sort((a, b) => lastCall(a) - lastCall(b))
    .map(call => ({ number: call.number, area, chime: now + serverAhead - lastCall(call) <= chimeFreshMs }));
  const again = new Set(fresh.map(call => call.number));
  // Calls that were missed while cut off come after those that are being made now.
  const upcoming = [...before.filter(call => !again.has(call.number)), ...fresh].sort((a, b) => Number(b.chime) - Number(a.chime));
  return { ...board, parts, announced, serverAhead, askedAt: -Infinity, upcoming };
}

/**
 * The hero leaves when its citizen has come, or when its area is old beside others. The next upcoming call takes its place when the hero
 * was shown long enough.
 */
function advance(board: Board, now: number): Step {
  if (isStale(board, now)) {
    return { board, chime: false, ask: false };
  }
  const called = (pictureOf(board.parts, now)?.calls ?? []).filter(call => call.state === "called" && !call.old);
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

/** Nothing on the screen is current. */
function isStale(board: Board, now: number): boolean {
  return board.parts.size === 0 ? isOld({ data: null, currentAt: board.startedAt }, now)
    : [...board.parts.values()].every(part => isOld(part, now));
}

/** How the screen is divided: a hero, last calls beside a quiet panel, or the welcome alone. */
type Layout = "calling" | "quiet" | "idle";

/** An area that is not current while others are. Server time of its data, in milliseconds since 1970; null: it never came. */
export interface OldArea { name: Texts; asOf: number | null; }

export interface View {
  state: Layout | "starting" | "stale" | "unauthorised";
  layout: Layout;
  picture: Picture | null;
  old: readonly OldArea[];
  hero: ShownCall | null;
  /** The hero's border pulses each time this number grows. */
  pulse: number;
  rows: readonly ShownCall[];
  page: number;
  pages: number;
  /** Server time of the oldest data, in milliseconds since 1970. */
  asOf: number;
}

export function view(board: Board, authorised: boolean, rowsPerPage: number, now: number): View {
  const picture = pictureOf(board.parts, now);
  const calls = picture?.calls ?? [];
  const stale = isStale(board, now);
  const hero = calls.find(call => call.number === board.hero?.number) ?? null;
  const others = calls.filter(call => call !== hero);
  const ordered = [...others.filter(call => call.state === "called"), ...others.filter(call => call.state === "serving")];
  const pages = Math.max(1, Math.ceil(ordered.length / rowsPerPage));
  const page = Math.floor(now / pageMs) % pages;
  const layout = hero !== null ? "calling" : ordered.length > 0 ? "quiet" : "idle";
  return {
    state: !authorised ? "unauthorised" : stale ? "stale" : picture === null ? "starting" : layout,
    layout,
    picture,
    old: stale ? [] : oldAreas(board, picture, now),
    hero,
    pulse: board.hero?.pulse ?? 0,
    rows: ordered.slice(page * rowsPerPage, (page + 1) * rowsPerPage),
    page,
    pages,
    asOf: Math.min(...[...board.parts.values()].map(part => part.currentAt), board.parts.size === 0 ? board.startedAt : Infinity)
      + board.serverAhead,
  };
}

function oldAreas(board: Board, picture: Picture | null, now: number): readonly OldArea[] {
  return (picture?.areas ?? []).flatMap(area => {
    const part = board.parts.get(area.key);
    return part === undefined || !isOld(part, now) ? []
      : [{ name: area.name, asOf: part.data === null ? null : part.currentAt + board.serverAhead }];
  });
}
