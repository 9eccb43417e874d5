// Tabs with their counts; arrows, Home and End move between them.

import { need, set, show, write } from "../shared/dom.js";
import { say, type Key } from "../shared/texts.js";

export class Tabs {
  chosen: string;
  private readonly tabs: readonly { name: string; element: HTMLElement }[];

  /** `rare`: a tab that is there only while its list has something. */
  constructor(names: readonly string[], private readonly rare: string, private readonly changed: () => void) {
    this.chosen = names[0] ?? "";
    this.tabs = names.map(name => ({ name, element: need(`#tab-${name}`) }));
    this.tabs.forEach(({ name, element }) => {
      element.addEventListener("click", () => this.choose(name));
      element.addEventListener("keydown", event => {
        const shown = this.tabs.filter(tab => !tab.element.hidden);
        const index = shown.findIndex(tab => tab.name === name);
        const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: -1 }[event.key];
        const tab = to === undefined ? undefined : shown.at(to % shown.length);
        if (tab !== undefined) {
          event.preventDefault();
          this.choose(tab.name);
          tab.element.focus();
        }
      });
    });
  }

  show(language: string, countOf: (name: string) => number): void {
    for (const { name, element } of this.tabs) {
      write(need("span", element), say(language, `desk.tab.${name}` as Key));
      write(need("b", element), String(countOf(name)));
      show(element, name !== this.rare || countOf(name) > 0 || name === this.chosen);
      set(element, "aria-selected", String(name === this.chosen));
      element.tabIndex = name === this.chosen ? 0 : -1;
    }
    set(need("#waiting-panel"), "aria-labelledby", `tab-${this.chosen}`);
  }

  private choose(name: string): void {
    this.chosen = name;
    this.changed();
  }
}
