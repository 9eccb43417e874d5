// A connection to the hub that never gives up. One loop serves the first start and every reconnect:
// SignalR's own policy stops after four tries and does not cover a failed first start.

import { HubConnectionBuilder, LogLevel, type HubConnection } from "/lib/signalr/signalr.js";
import { ticks } from "./clock.js";

export type LiveStatus = "connected" | "lost" | "refused";

export interface LiveOptions<Client> {
  url: string;
  token?: () => string;
  /** Takes each message, by the name of the hub's client method. */
  on: Client;
  status: (status: LiveStatus) => void;
  /** Screens of the office say at each heartbeat that they are there, with their build and clock. Phones of citizens do not. */
  isKnown?: boolean;
  /** How long one try may take. Screens hang on a local network; phones do not. */
  patienceMs?: number;
}

export interface Live<Server> {
  send<Method extends keyof Server & string>(method: Method, ...values: ValuesOf<Server[Method]>): void;
  stop(): void;
}
type ValuesOf<Method> = Method extends (...values: infer Values) => void ? Values : never;

// From the start of one try to the start of the next: a board recovers within 2 s of the hub's return.
const pausesMs = [0, 250, 500, 1000, 1500];
const pauseWhenRefusedMs = 5000;
/** The hub speaks every 5 s. A connection silent for longer than two heartbeats is dead, whatever TCP believes. */
const silenceMs = 12_000;
const shortLivedMs = 5000;

export function live<Client extends object, Server>(
  { url, token, on, status, isKnown = false, patienceMs = 2000 }: LiveOptions<Client>): Live<Server> {
  let current: HubConnection | null = null;
  let stopped = false;
  /** The build that this page was loaded with. */
  let build: string | null = null;
  let wake = (): void => undefined;

  async function run(): Promise<void> {
    for (let failures = 0; !stopped;) {
      const begun = ticks();
      const end = await connectOnce();
      current = null;
      if (stopped) {
        return;
      }
      status(end);
      failures = ticks() - begun > Math.max(shortLivedMs, 3 * patienceMs) && end === "lost" ? 0 : failures + 1;
      const pause = end === "refused" ? pauseWhenRefusedMs : jitter(pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0);
      await wait(begun + pause - ticks());
    }
  }

  /** One connection, from the first try to its end. */
  async function connectOnce(): Promise<"lost" | "refused"> {
    const hub = new HubConnectionBuilder()
      .withUrl(url, { timeout: patienceMs, ...(token && { accessTokenFactory: token }) })
      .configureLogging(LogLevel.None)
      .build();
    hub.serverTimeoutInMilliseconds = silenceMs;
    hub.keepAliveIntervalInMilliseconds = 5000;
    current = hub;
    let heardAt = ticks();
    for (const [method, take] of Object.entries(on) as [string, (message: unknown) => void][]) {
      hub.on(method, message => {
        heardAt = ticks();
        if (current === hub) {
          take(message);
          if (isKnown && method === "heartbeat") {
            build ??= (message as { build: string }).build;
            void hub.send("here", build, new Date().toISOString()).catch(() => undefined);
          }
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

  /** Ends early when the network comes back or someone looks at the page again. */
  function wait(milliseconds: number): Promise<void> {
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

/** All boards of a hall do not connect at the same moment. */
function jitter(milliseconds: number): number {
  return milliseconds * (0.75 + 0.25 * Math.random());
}

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("No answer in time.")), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}

/** How a change meets the shown state. After a gap the screen asks for the whole state. */
export function fit(shown: { queue: string; version: number } | null,
  change: { queue: string; from: number; to: number }): "continues" | "known" | "gap" {
  if (shown === null || shown.queue !== change.queue) {
    return "gap";
  }
  // A change from a version to itself comes when only the clock has moved on, and another ticket is next.
  if (change.from === shown.version) {
    return "continues";
  }
  return change.to <= shown.version ? "known" : "gap";
}
