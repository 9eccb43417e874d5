// What a board shows for what it knows.

import type { BoardCall } from "../shared/messages.js";
import { isStale, type Board } from "./state.js";

export type BoardState = "starting" | "idle" | "calling" | "quiet" | "stale" | "unauthorised";
/** How the screen is divided: a hero, last calls beside a quiet panel, or the welcome alone. */
export type Layout = "calling" | "quiet" | "idle";

export interface View {
  state: BoardState;
  layout: Layout;
  hero: BoardCall | null;
  /** Changes when the hero shall pulse. */
  pulse: number;
  rows: readonly BoardCall[];
  page: number;
  pages: number;
  /** Server time of the data, in milliseconds since 1970. */
  asOf: number;
}

/** Rows that do not fit take turns, so that none is ever missing. */
const pageMs = 7_000;

export function view(board: Board, authorised: boolean, rowsPerPage: number, now: number): View {
  const calls = board.data?.calls ?? [];
  const hero = calls.find(call => call.number === board.hero?.number) ?? null;
  const others = calls.filter(call => call !== hero);
  const ordered = [...others.filter(call => call.state === "called"), ...others.filter(call => call.state === "serving")];
  const pages = Math.max(1, Math.ceil(ordered.length / rowsPerPage));
  const page = Math.floor(now / pageMs) % pages;
  const layout = hero !== null ? "calling" : ordered.length > 0 ? "quiet" : "idle";
  const rest = board.data === null ? "starting" : layout;
  return {
    state: !authorised ? "unauthorised" : isStale(board, now) ? "stale" : rest,
    layout,
    hero,
    pulse: board.hero?.pulse ?? 0,
    rows: ordered.slice(page * rowsPerPage, (page + 1) * rowsPerPage),
    page,
    pages,
    asOf: board.currentAt + board.serverAhead,
  };
}
