// Keeps a desk's data true: whole on each connection, then change by change; a gap asks for the whole again.

import { ServerClock, ticks } from "../shared/clock.js";
import { live, type Live } from "../shared/live.js";
import type { DeskChange, DeskDevice, DeskForecasts, DeskSnapshot, Heartbeat } from "../shared/messages.js";
import { fit } from "../shared/versions.js";
import type { Place } from "./session.js";
import { applied } from "./state.js";

/** As on the board: without a sign of currency for this long, the desk says so and takes no wishes. */
const staleMs = 15_000;
const askAgainMs = 2_000;

export interface Listener { changed(): void; refused(): void; build(build: string): void; }

export class Follow {
  data: DeskSnapshot | null = null;
  /** Comes after the change it belongs to; an older one is still the best guess for those who waited then. */
  forecasts: DeskForecasts["tickets"] = {};
  readonly clock = new ServerClock();
  /** Server time at which the data was last known to be current. */
  asOf = 0;
  private connected = false;
  private currentAt = -Infinity;
  private askedAt = -Infinity;
  private readonly connection: Live;

  constructor(place: Place, token: string, private readonly listener: Listener) {
    this.connection = live({
      url: `/live/desk?area=${encodeURIComponent(place.area)}&counter=${encodeURIComponent(place.counter)}`,
      token: () => token,
      on: {
        snapshot: (snapshot: DeskSnapshot) => {
          listener.build(snapshot.build);
          this.take(snapshot, snapshot.at);
        },
        changed: (change: DeskChange) => this.change(change),
        heartbeat: (heartbeat: Heartbeat) => this.heard(heartbeat),
        devices: (devices: DeskDevice[]) => {
          if (this.data !== null) {
            this.data = { ...this.data, devices };
            listener.changed();
          }
        },
        forecasts: (forecasts: DeskForecasts) => {
          if (this.data?.queue === forecasts.queue) {
            this.forecasts = forecasts.tickets;
            listener.changed();
          }
        },
      },
      status: status => {
        this.connected = status === "connected";
        if (status === "refused") {
          this.stop();
          listener.refused();
        } else if (this.connected) {
          this.connection.send("snapshot");
        }
        listener.changed();
      },
    });
  }

  /** Whether what is shown is true now, so that a wish may be built on it. */
  get current(): boolean {
    return this.connected && ticks() - this.currentAt < staleMs;
  }

  stop(): void {
    this.connection.stop();
  }

  private take(data: DeskSnapshot, at: string): void {
    this.data = data;
    this.clock.heard(at);
    this.currentAt = ticks();
    this.asOf = this.clock.now();
    this.listener.changed();
  }

  private change(change: DeskChange): void {
    const fits = fit(this.data, change);
    if (fits === "continues" && this.data !== null) {
      this.take(applied(this.data, change), change.at);
    } else if (fits === "gap") {
      this.ask();
    }
  }

  private heard(heartbeat: Heartbeat): void {
    this.listener.build(heartbeat.build);
    if (this.data?.queue === heartbeat.queue && this.data.version >= heartbeat.version) {
      this.take(this.data, heartbeat.at);
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
