// The desk's data, kept current: whole on each connection, then change by change. After a gap it asks for the whole again.

import { ServerClock, ticks } from "../shared/clock.js";
import { fit, live, type Live } from "../shared/live.js";
import type { DeskChange, DeskClient, DeskForecasts, DeskServer, DeskSnapshot, DeskTrouble, Heartbeat } from "../shared/messages.js";
import { wear } from "../shared/theme.js";
import type { Place } from "./session.js";

/** As on the board: data that nothing has confirmed for this long is old, and the desk takes no commands. */
const staleMs = 15_000;
const askAgainMs = 2_000;

/** `cutOff`: the connection was lost, or refused. */
export interface Listener { changed(): void; cutOff(): void; build(build: string): void; }

export class DeskData {
  snapshot: DeskSnapshot | null = null;
  /** Comes after the change it belongs to; until then the one before is the best guess. */
  forecasts: DeskForecasts["tickets"] = {};
  troubles: readonly DeskTrouble[] = [];
  readonly clock = new ServerClock();
  /** Server time at which the data was last known to be current. */
  asOf = 0;
  private connected = false;
  private currentAt = -Infinity;
  private askedAt = -Infinity;
  private readonly connection: Live<DeskServer>;

  constructor(place: Place, private readonly listener: Listener) {
    this.connection = live<DeskClient, DeskServer>({
      url: `/live/desk?area=${encodeURIComponent(place.area)}&counter=${encodeURIComponent(place.counter)}`,
      isKnown: true,
      on: {
        snapshot: snapshot => {
          this.troubles = [];
          listener.build(snapshot.build);
          this.take(snapshot, snapshot.at);
        },
        look: wear,
        changed: change => this.change(change),
        heartbeat: heartbeat => this.confirm(heartbeat),
        devices: devices => {
          if (this.snapshot !== null) {
            this.snapshot = { ...this.snapshot, devices };
            listener.changed();
          }
        },
        troubles: troubles => {
          this.troubles = troubles;
          listener.changed();
        },
        forecasts: forecasts => {
          if (this.snapshot?.queue === forecasts.queue) {
            this.forecasts = forecasts.tickets;
            listener.changed();
          }
        },
      },
      status: status => {
        this.connected = status === "connected";
        if (this.connected) {
          this.connection.send("snapshot");
        } else {
          listener.cutOff();
        }
        listener.changed();
      },
    });
  }

  /** Whether the shown data is current, so that a command may be based on it. */
  get current(): boolean {
    return this.connected && ticks() - this.currentAt < staleMs;
  }

  /** A clerk has read a trouble: it leaves every desk of the office. */
  seen(trouble: string): void {
    this.connection.send("seen", trouble);
  }

  stop(): void {
    this.connection.stop();
  }

  private take(snapshot: DeskSnapshot, at: string): void {
    this.snapshot = snapshot;
    this.clock.heard(at);
    this.currentAt = ticks();
    this.asOf = this.clock.now();
    this.listener.changed();
  }

  private change(change: DeskChange): void {
    const fits = fit(this.snapshot, change);
    if (fits === "continues" && this.snapshot !== null) {
      this.take(changed(this.snapshot, change), change.at);
    } else if (fits === "gap") {
      this.ask();
    }
  }

  private confirm(heartbeat: Heartbeat): void {
    this.listener.build(heartbeat.build);
    if (this.snapshot?.queue === heartbeat.queue && this.snapshot.version >= heartbeat.version) {
      this.take(this.snapshot, heartbeat.at);
    } else {
      this.ask();
    }
  }

  private ask(): void {
    if (ticks() - this.askedAt >= askAgainMs) {
      this.askedAt = ticks();
      this.connection.send("snapshot");
    }
  }
}

/** The whole parts of a change replace those of the snapshot; tickets and counters are laid over. */
function changed(data: DeskSnapshot, change: DeskChange): DeskSnapshot {
  return {
    ...data,
    ...change,
    version: change.to,
    tickets: replaced(data.tickets, change.tickets).filter(ticket => !change.gone.includes(ticket.id))
      .sort((a, b) => Date.parse(a.takenAt) - Date.parse(b.takenAt)),
    counters: replaced(data.counters, change.counters),
  };
}

function replaced<T extends { id: string }>(have: readonly T[], changed: readonly T[]): T[] {
  const changes = new Map(changed.map(item => [item.id, item]));
  const known = new Set(have.map(item => item.id));
  return [...have.map(item => changes.get(item.id) ?? item), ...changed.filter(item => !known.has(item.id))];
}
