// Loads a new build of the page, at a quiet moment and only when the server answers.

import { ticks } from "./clock.js";

const tryEveryMs = 30_000;

export class Reloader {
  private loaded: string | null = null;
  private due = false;
  private triedAt = 0;

  /** Takes the build that the hub serves. */
  heard(build: string): void {
    this.loaded ??= build;
    this.due ||= this.loaded !== build;
  }

  /** Called often. `quiet` means that the screen may be away for a second. */
  consider(quiet: boolean): void {
    if (!this.due || !quiet || (this.triedAt !== 0 && ticks() - this.triedAt < tryEveryMs)) {
      return;
    }
    this.triedAt = ticks();
    fetch(location.href, { cache: "no-store" }).then(
      answer => answer.ok && location.reload(),
      () => undefined,
    );
  }
}
