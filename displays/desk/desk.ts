// The desk starts: the clerk's key first, then the counter, then work.

import { make, need, show, write } from "../shared/dom.js";
import type { OfficeInfo } from "../shared/messages.js";
import { authorised } from "../shared/post.js";
import { pick, say, translate, type Key } from "../shared/texts.js";
import { wearTheme } from "../shared/theme.js";
import { askForName, askForPassword, hasSession, watchOverDesk } from "./lock.js";
import { keepLanguage, language, ofSession, onLanguage, place, placeAddress, signIn, signOut, token, type Place } from "./session.js";
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
  const key = token();
  const where = place();
  wearTheme(where?.area ?? "");
  if (key === null) {
    void openBySession(where);
  } else if (where === null) {
    void chooseCounter(key);
  } else {
    work(where, key);
  }
  speak();
}

/** Without a key: a person's session opens the desk. */
async function openBySession(where: Place | null): Promise<void> {
  if (!await hasSession()) {
    askForKey(null);
    speak();
    return;
  }
  watchOverDesk();
  if (where === null) {
    await chooseCounter(ofSession);
  } else {
    work(where, ofSession);
  }
}

/** A desk that is cut off asks for the counters of its key: the key may be revoked, and the counter removed. */
function work(where: Place, key: string): void {
  let asking = false;
  const desk = new Work(where, key, () => void doubt());

  async function doubt(): Promise<void> {
    if (asking) {
      return;
    }
    asking = true;
    const found = await officesOf(key);
    asking = false;
    if (found === "away") {
      return; // The connection is tried again.
    }
    if (typeof found === "string") {
      desk.leave();
      refused(found, key);
    } else if (!found.some(office => office.areas.some(area => area.key === where.area
      && area.counters.some(counter => counter.id === where.counter)))) {
      desk.leave();
      location.replace(location.pathname + noSuchCounter);
    }
  }
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

function refused(why: Key, key: string): void {
  if (key === ofSession) {
    askForName();
    return;
  }
  signOut();
  askForKey(why);
  speak();
}

/** The offices of a key with their counters, or why it opens none. "away": the hub does not answer. */
async function officesOf(key: string): Promise<OfficeInfo[] | Key | "away"> {
  const answer = await fetch("/api/v1/offices", { headers: authorised(key) }).catch(() => null);
  if (answer?.status === 423) {
    askForPassword();
  }
  return answer?.ok === true ? await answer.json() as OfficeInfo[]
    : answer?.status === 401 ? "desk.signin.refused"
    : answer?.status === 403 ? "desk.signin.wrong"
    : "away";
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
  show(need("#choose-gone"), location.hash === noSuchCounter);
  for (; ;) {
    const found = await officesOf(key);
    show(need("#choose-failed"), found === "away");
    if (typeof found !== "string") {
      writeCounters(found);
      onLanguage(() => writeCounters(found));
      return;
    }
    if (found !== "away") {
      refused(found, key);
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
