// The fixed words of the board, in the two languages of the office at once: nothing flickers between them.

import { write } from "../shared/dom.js";
import { say, spoken, type Key } from "../shared/texts.js";

export class Labels {
  /** First and second language; the same twice when the office has one. */
  languages: readonly [string, string] = ["de", "en"];
  private written = "";

  /** Writes all labels once per pair of languages; answers the first. */
  use(languages: readonly string[]): string {
    const first = spoken(languages[0] ?? "de");
    const second = spoken(languages[1] ?? first);
    if (this.written !== first + second) {
      this.written = first + second;
      this.languages = [first, second];
      document.documentElement.lang = first;
      this.writeAll("[data-first]", "first", first);
      this.writeAll("[data-second]", "second", second === first ? null : second);
    }
    return first;
  }

  private writeAll(selector: string, kind: string, language: string | null): void {
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      write(element, language === null ? "" : say(language, element.dataset[kind] as Key), language ?? "de");
    }
  }
}
