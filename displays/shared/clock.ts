// What time it is at the hub. A board on a wall has no battery clock; the hub's heartbeat brings the time.

/** Milliseconds that only ever grow, whatever is done to the machine's clock. */
export function ticks(): number {
  return performance.now();
}

export class ServerClock {
  private ahead = performance.timeOrigin;

  /** The hub said what time it is (ISO 8601). */
  heard(at: string): void {
    this.ahead = Date.parse(at) - ticks();
  }

  /** Server time, in milliseconds since 1970. */
  now(): number {
    return ticks() + this.ahead;
  }
}

export interface TimeFormats { time(at: number): string; seconds(at: number): string; day(at: number): string; }

/** How an office writes time: its own time zone, the reader's language. */
export function timeFormats(timeZone: string, language: string): TimeFormats {
  const locale = language === "en" ? "en-GB" : language;
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const seconds = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: "medium", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(locale, { timeZone, weekday: "long", day: "numeric", month: "long" });
  return { time: at => time.format(at), seconds: at => seconds.format(at), day: at => day.format(at) };
}

/** Whole minutes between two instants, never negative. */
export function minutesBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / 60_000));
}

/** "4:38" for 278 seconds. */
export function stopwatch(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
