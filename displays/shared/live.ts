// A connection to the hub that is always on its way back. One loop serves the first start and every return:
// SignalR's own policy gives up after four tries and does not cover a failed first start.

import { HubConnectionBuilder, LogLevel, type HubConnection } from "/lib/signalr/signalr.js";
import { ticks } from "./clock.js";

export type LiveStatus = "connected" | "lost" | "refused";

export interface LiveOptions {
  url: string;
  token?: () => string;
  /** Takes each message, by the name of the hub's client method. */
  on: Record<string, (message: never) => void>;
  status: (status: LiveStatus) => void;
  /** How long one try may take. Screens hang on a local network; phones do not. */
  patienceMs?: number;
}

export interface Live { send(method: string, ...values: unknown[]): void; stop(): void; }

// From the start of one try to the start of the next: a board heals within 2 s of the hub's return.
const pausesMs = [0, 250, 500, 1000, 1500];
const pauseWhenRefusedMs = 5000;
/** The hub speaks every 5 s; a connection silent for longer than two of those is dead, whatever TCP believes. */
const silenceMs = 12_000;
const shortLivedMs = 5000;

export function live({ url, token, on, status, patienceMs = 2000 }: LiveOptions): Live {
  let current: HubConnection | null = null;
  let stopped = false;
  let wake = (): void => undefined;

  async function run(): Promise<void> {
    for (let failures = 0; !stopped;) {
      const begun = ticks();
      const end = await once();
      current = null;
      if (stopped) {
        return;
      }
      status(end);
      failures = ticks() - begun > Math.max(shortLivedMs, 3 * patienceMs) && end === "lost" ? 0 : failures + 1;
      const pause = end === "refused" ? pauseWhenRefusedMs : jitter(pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0);
      await rest(begun + pause - ticks());
    }
  }

  /** Lives through one connection, from the first try to its end. */
  async function once(): Promise<"lost" | "refused"> {
    const hub = new HubConnectionBuilder()
      .withUrl(url, { timeout: patienceMs, ...(token && { accessTokenFactory: token }) })
      .configureLogging(LogLevel.None)
      .build();
    hub.serverTimeoutInMilliseconds = silenceMs;
    hub.keepAliveIntervalInMilliseconds = 5000;
    current = hub;
    let heardAt = ticks();
    for (const [method, take] of Object.entries(on)) {
      hub.on(method, message => {
        heardAt = ticks();
        if (current === hub) {
          take(message as never);
        }
      });
    }
    const closed = new Promise<void>(resolve => hub.onclose(resolve));
    try {
      await within(hub.start(), 3 * patienceMs);
    } catch (failure) {
      void hub.stop();
      return /Status code '40[13]'/.test(String(failure)) ? "refused" : "lost";
    }
    status("connected");
    heardAt = ticks();
    let watch = 0;
    const silent = new Promise<void>(resolve => {
      watch = setInterval(() => ticks() - heardAt > silenceMs && resolve(), 1000);
    });
    await Promise.race([closed, silent]);
    clearInterval(watch);
    void hub.stop();
    return "lost";
  }

  /** Waits, but not when the network has just come back or someone looks at the page again. */
  function rest(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      wake = resolve;
      setTimeout(resolve, Math.max(0, milliseconds));
    });
  }

  addEventListener("online", () => wake());
  document.addEventListener("visibilitychange", () => wake());
  void run();

  return {
    send: (method, ...values) => void current?.send(method, ...values).catch(() => undefined),
    stop: () => {
      stopped = true;
      wake();
      void current?.stop();
    },
  };
}

/** A hall of boards does not knock all at once. */
function jitter(milliseconds: number): number {
  return milliseconds * (0.75 + 0.25 * Math.random());
}

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("No answer in time.")), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}
