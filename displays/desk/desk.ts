// The desk starts: the clerk's key first, then the counter, then work.

import { make, need, show, write } from "../shared/dom.js";
import type { OfficeInfo } from "../shared/messages.js";
import { pick, say, translate, type Key } from "../shared/texts.js";
import { keepLanguage, language, onLanguage, place, placeAddress, signIn, signOut, token } from "./session.js";
import { Work } from "./work.js";

const languages = ["de", "en"] as const;
const againMs = 3_000;

function start(): void {
  for (const code of languages) {
    need(`#language-${code}`).addEventListener("click", () => keepLanguage(code));
  }
  onLanguage(speak);
  const key = token();
  const where = place();
  if (key === null) {
    askForKey(null);
  } else if (where === null) {
    void chooseCounter(key);
  } else {
    new Work(where, key, refused);
  }
  speak();
}

function speak(): void {
  document.documentElement.lang = language();
  translate(document, language());
  for (const code of languages) {
    need(`#language-${code}`).setAttribute("aria-pressed", String(code === language()));
  }
  if (document.body.dataset["view"] !== "work") {
    document.title = say(language(), "desk.title");
    write(need("#own-counter"), say(language(), "desk.title"));
  }
}

function refused(): void {
  signOut();
  askForKey("desk.signin.refused");
  speak();
}

function askForKey(why: Key | null): void {
  document.body.dataset["view"] = "signin";
  const field = need<HTMLInputElement>("#key");
  complain(why);
  field.focus();
  need<HTMLFormElement>("#signin-form").onsubmit = event => {
    event.preventDefault();
    const given = field.value.trim();
    if (given === "") {
      complain("desk.signin.empty");
      field.focus();
      return;
    }
    field.value = "";
    signIn(given);
    location.reload();
  };
}

function complain(why: Key | null): void {
  const message = need("#key-error");
  if (why === null) {
    delete message.dataset["text"];
  } else {
    message.dataset["text"] = why;
  }
  write(message, why === null ? "" : say(language(), why));
  show(message, why !== null);
  need("#key").setAttribute("aria-invalid", String(why !== null));
}

/** Shows the counters as plain links, so that a clerk can keep one as a bookmark. */
async function chooseCounter(key: string): Promise<void> {
  document.body.dataset["view"] = "choose";
  for (; ;) {
    const answer = await fetch("/api/v1/offices", { headers: { authorization: `Bearer ${key}` } }).catch(() => null);
    if (answer?.status === 401) {
      refused();
      return;
    }
    if (answer?.ok === true) {
      const offices = await answer.json() as OfficeInfo[];
      show(need("#choose-failed"), false);
      writeCounters(offices);
      onLanguage(() => writeCounters(offices));
      return;
    }
    show(need("#choose-failed"), true);
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
