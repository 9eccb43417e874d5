// The list of counters a desk can be opened at: plain links, so that a clerk can keep one as a bookmark.

import { need, show } from "../shared/dom.js";
import type { OfficeInfo } from "../shared/messages.js";
import { pick, say } from "../shared/texts.js";
import { language, onLanguage, placeAddress } from "./session.js";

const againMs = 3_000;

export async function chooseCounter(token: string, refused: () => void): Promise<void> {
  document.body.dataset["view"] = "choose";
  for (; ;) {
    const answer = await fetch("/api/v1/offices", { headers: { authorization: `Bearer ${token}` } }).catch(() => null);
    if (answer?.status === 401) {
      refused();
      return;
    }
    if (answer?.ok === true) {
      const offices = await answer.json() as OfficeInfo[];
      show(need("#choose-failed"), false);
      write(offices);
      onLanguage(() => write(offices));
      return;
    }
    show(need("#choose-failed"), true);
    await new Promise(resolve => setTimeout(resolve, againMs));
  }
}

function write(offices: readonly OfficeInfo[]): void {
  need("#offices").replaceChildren(...offices.flatMap(office => office.areas.map(area => {
    const section = document.createElement("section");
    const title = document.createElement("h2");
    title.textContent = `${pick(office.name, language())} · ${pick(area.name, language())}`;
    const list = document.createElement("ul");
    list.append(...area.counters.map(counter => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = placeAddress({ area: area.key, counter: counter.id });
      link.textContent = say(language(), "desk.own", { counter: counter.label });
      item.append(link);
      return item;
    }));
    section.append(title, list);
    return section;
  })));
}
