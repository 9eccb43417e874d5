// The case of the person at the counter: a link opens it beside the desk, another one begins it or says which one it is.

import { need, set, show, write } from "../shared/dom.js";
import { pick, say } from "../shared/texts.js";
import type { View } from "./model.js";
import type { Message } from "./notices.js";

/** One window for all cases, so the next one replaces the last one. */
const windowName = "aufruf-case";
const besideKey = "aufruf.desk.case-beside";

export class Cases {
  private readonly beside = need<HTMLInputElement>("#case-beside");
  /** The ticket and case that were shown last; null: none yet. A page that is loaded anew opens nothing. */
  private shown: string | null = null;

  constructor(private readonly message: Message) {
    this.beside.checked = localStorage.getItem(besideKey) !== null;
    this.beside.addEventListener("change", () => {
      if (this.beside.checked) {
        localStorage.setItem(besideKey, "yes");
      } else {
        localStorage.removeItem(besideKey);
      }
    });
  }

  show({ data, model, language }: View): void {
    const { ticket } = model;
    const known = ticket?.case ?? null;
    const authority = data.queue.split(".")[0] ?? "";
    show(need("#case"), ticket !== null && (data.rules.cases || known !== null));
    show(need("#case-open"), known !== null && data.rules.cases);
    show(need("#case-number"), known !== null && !data.rules.cases);
    show(need("#case-begin"), data.rules.cases);
    show(need("#case-follow"), data.rules.cases);
    if (known !== null) {
      const words = known.title === null ? say(language, "desk.case.number", { number: known.number })
        : say(language, "desk.case.title", { number: known.number, title: pick(known.title, language) });
      write(need("#case-open"), words);
      write(need("#case-number"), words);
      set(need("#case-open"), "href", address(authority, encodeURIComponent(known.number), language));
    }
    if (ticket !== null) {
      const visit = new URLSearchParams({ visit: `${data.queue}/${ticket.id}` });
      set(need("#case-begin"), "href", `${address(authority, "new", language)}&${visit}`);
      write(need("#case-begin"), say(language, known === null ? "desk.case.begin" : "desk.case.change"));
    }
    this.follow(`${ticket?.id ?? ""} ${known?.number ?? ""}`, known !== null && data.rules.cases, language);
  }

  /** A case that comes to the counter opens by itself, where the clerk wishes so. */
  private follow(now: string, isCase: boolean, language: string): void {
    const before = this.shown;
    this.shown = now;
    if (before !== null && before !== now && isCase && this.beside.checked
      && window.open(need<HTMLAnchorElement>("#case-open").href, windowName) === null) {
      this.message.say(say(language, "desk.case.blocked"), "bad");
    }
  }
}

function address(authority: string, page: string, language: string): string {
  return `/staff/${encodeURIComponent(authority)}/cases/${page}?lang=${language === "de" ? "de" : "en"}`;
}
