// The board: messages in, state through, page and chime out.

import { ticks } from "../shared/clock.js";
import { live, type Live } from "../shared/live.js";
import type { BoardChange, BoardSnapshot, Heartbeat } from "../shared/messages.js";
import { Reloader } from "../shared/reload.js";
import { takeToken } from "../shared/token.js";
import { Chime } from "./chime.js";
import { Page } from "./render.js";
import { newBoard, step, type Input } from "./state.js";
import { view } from "./view.js";

const name = new URLSearchParams(location.search).get("board") ?? "";
const tokenKey = `aufruf.board.${name}`;
const portrait = matchMedia("(max-aspect-ratio: 1/1)");
const tickMs = 250;
/** A new build waits for a moment without a fresh hero. */
const quietMs = 12_000;

const page = new Page();
const chime = new Chime();
const reloader = new Reloader();
let board = newBoard(ticks(), performance.timeOrigin);
let authorised = true;
let connection: Live | null = null;

function take(input: Input): void {
  const now = ticks();
  const next = step(board, input, now);
  board = next.board;
  if (next.chime) {
    void chime.play();
  }
  if (next.ask) {
    connection?.send("snapshot");
  }
  const shown = view(board, authorised, portrait.matches ? 5 : 4, now);
  page.show(shown, board.data, now + board.serverAhead);
  reloader.consider(board.line.length === 0 && (board.hero === null || now - board.hero.heldUntil > quietMs));
}

function start(): void {
  connection?.stop();
  const token = takeToken(tokenKey);
  authorised = token !== null;
  connection = token === null ? null : live({
    url: `/live/board?board=${encodeURIComponent(name)}`,
    token: () => token,
    on: {
      snapshot: (snapshot: BoardSnapshot) => {
        reloader.heard(snapshot.build);
        take({ kind: "snapshot", snapshot });
      },
      changed: (change: BoardChange) => take({ kind: "change", change }),
      heartbeat: (heartbeat: Heartbeat) => {
        reloader.heard(heartbeat.build);
        take({ kind: "heartbeat", heartbeat });
        // Answered with what is shown: the hub knows a screen that no longer follows.
        connection?.send("alive", board.data?.queue ?? "", board.data?.version ?? 0);
      },
    },
    status: status => {
      if (status === "connected") {
        connection?.send("snapshot");
      }
      authorised = status !== "refused" && (authorised || status === "connected");
      take({ kind: "tick" });
    },
  });
  take({ kind: "tick" });
}

addEventListener("hashchange", start);
setInterval(() => take({ kind: "tick" }), tickMs);
start();
