// The desk starts: the person's session first, then the counter, then work.

import { make, need, show, write } from "../shared/dom.js";
import type { OfficeInfo } from "../shared/messages.js";
import { pick, say, translate } from "../shared/texts.js";
import { nameSign, wearTheme } from "../shared/theme.js";
import { askForName, askForPassword, hasSession, watchOverDesk } from "./lock.js";
import { keepLanguage, language, onLanguage, place, placeAddress, type Place } from "./session.js";
import { Work } from "./work.js";

const languages = ["de", "en"] as const;
const againMs = 3_000;
/** In the address of the choice: why it is shown instead of a counter. */
const noSuchCounter = "#no-such-counter";

function start(): void {
  for (const code of languages) {
    need(`#language-${code}`).addEventListener("click", () => keepLanguage(code));
  }
  onLanguage(speak);
  wearTheme(place()?.area ?? "");
  speak();
  void open();
}

/** Without a session it leads to the sign-in, which comes back here. */
async function open(): Promise<void> {
  let found = await hasSession();
  while (found === null) {
    await new Promise(resolve => setTimeout(resolve, againMs));
    found = await hasSession();
  }
  if (!found) {
    askForName();
    return;
  }
  watchOverDesk();
  const where = place();
  if (where === null) {
    await chooseCounter();
  } else {
    work(where);
  }
}

/** A desk that is cut off asks for the counters of its person: the session may be over, and the counter removed. */
function work(where: Place): void {
  let asking = false;
  const desk = new Work(where, () => void doubt());

  async function doubt(): Promise<void> {
    if (asking) {
      return;
    }
    asking = true;
    const found = await officesHere();
    asking = false;
    if (found === null) {
      return; // The connection is tried again.
    }
    if (!found.some(office => office.areas.some(area => area.key === where.area
      && area.counters.some(counter => counter.id === where.counter)))) {
      desk.leave();
      location.replace(location.pathname + noSuchCounter);
    }
  }
}

function speak(): void {
  document.documentElement.lang = language();
  translate(document, language());
  nameSign();
  for (const code of languages) {
    need(`#language-${code}`).setAttribute("aria-pressed", String(code === language()));
  }
  if (document.body.dataset["view"] !== "work") {
    document.title = say(language(), "desk.title");
    write(need("#own-counter"), say(language(), "desk.title"));
  }
}

/** The offices of the person with their counters; null: the hub does not answer. Nobody in: the page is left. */
async function officesHere(): Promise<OfficeInfo[] | null> {
  const answer = await fetch("/api/v1/offices").catch(() => null);
  if (answer?.status === 423) {
    askForPassword();
  } else if (answer?.status === 401) {
    askForName();
  } else if (answer?.status === 403) {
    return []; // A person without a role for desks.
  }
  return answer?.ok === true ? await answer.json() as OfficeInfo[] : null;
}

/** Shows the counters as plain links, so that a clerk can keep one as a bookmark. */
async function chooseCounter(): Promise<void> {
  document.body.dataset["view"] = "choose";
  show(need("#choose-gone"), location.hash === noSuchCounter);
  for (; ;) {
    const found = await officesHere();
    show(need("#choose-failed"), found === null);
    show(need("#choose-none"), found?.length === 0);
    if (found !== null) {
      writeCounters(found);
      onLanguage(() => writeCounters(found));
      return;
    }
    await new Promise(resolve => setTimeout(resolve, againMs));
  }
}

function writeCounters(offices: readonly OfficeInfo[]): void {
  need("#offices").replaceChildren(...offices.flatMap(office => office.areas.map(area => make("section", {},
    make("h2", {}, `${pick(office.name, language())} · ${pick(area.name, language())}`),
    make("ul", {}, ...area.counters.map(counter => make("li", {},
      make("a", { href: placeAddress({ area: area.key, counter: counter.id }) }, say(language(), "desk.own", { counter: counter.label })),
    )))))));
}

start();
