// Takes up a new build of the pages, at a quiet moment and only when the server answers.

import { ticks } from "./clock.js";

const tryEveryMs = 30_000;

export class Reloader {
  private loaded: string | null = null;
  private due = false;
  private triedAt = 0;

  /** The hub said which build it serves. */
  heard(build: string): void {
    this.loaded ??= build;
    this.due ||= this.loaded !== build;
  }

  /** Called often; `quiet` says that nobody would miss the screen for a second. */
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
