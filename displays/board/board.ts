// The board: messages from the hub change the state; the state is shown on the page and chimed.

import { ticks } from "../shared/clock.js";
import { fixPage } from "../shared/fixed.js";
import { live, type Live } from "../shared/live.js";
import type { BoardClient, BoardServer } from "../shared/messages.js";
import { Reloader } from "../shared/reload.js";
import { screenName } from "../shared/screen.js";
import { wear, wearTheme } from "../shared/theme.js";
import { takeToken } from "../shared/token.js";
import { Chime } from "./chime.js";
import { Page } from "./page.js";
import { areaOf } from "./parts.js";
import { preview } from "./preview.js";
import { newBoard, step, view, type Input } from "./state.js";

const query = new URLSearchParams(location.search);
const name = query.get("board") ?? "";
const tokenKey = `aufruf.board.${name}`;
const portrait = matchMedia("(max-aspect-ratio: 1/1)");
const tickMs = 250;
/** A new build is loaded when the hero has been shown for this long. */
const quietMs = 12_000;

wearTheme(name);
const page = new Page();
const chime = new Chime();
const reloader = new Reloader();
let board = newBoard(ticks(), performance.timeOrigin);
let authorised = true;
let connection: Live<BoardServer> | null = null;

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
  page.show(view(board, authorised, portrait.matches ? 5 : 4, now), now + board.serverAhead, board.serverAhead);
  reloader.consider(board.upcoming.length === 0 && (board.hero === null || now - board.hero.heldUntil > quietMs));
}

function start(): void {
  fixPage();
  connection?.stop();
  const token = takeToken(tokenKey);
  authorised = token !== null;
  connection = token === null ? null : live<BoardClient, BoardServer>({
    url: `/live/board?board=${encodeURIComponent(name)}&screen=${screenName()}`,
    token: () => token,
    isKnown: true,
    on: {
      look: wear,
      snapshot: snapshot => {
        reloader.heard(snapshot.build);
        take({ kind: "snapshot", snapshot });
      },
      changed: change => take({ kind: "change", change }),
      heartbeat: heartbeat => {
        reloader.heard(heartbeat.build);
        take({ kind: "heartbeat", heartbeat });
        // The answer names the shown version, so that the hub knows a screen that no longer follows.
        const shown = board.parts.get(areaOf(heartbeat.queue ?? ""))?.data;
        connection?.send("alive", shown?.queue ?? "", shown?.version ?? 0);
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

if (query.has("preview")) {
  preview(name, snapshot => {
    authorised = snapshot !== null;
    take(snapshot === null ? { kind: "tick" } : { kind: "snapshot", snapshot });
  });
} else {
  addEventListener("hashchange", start);
  start();
}
setInterval(() => take({ kind: "tick" }), tickMs);
