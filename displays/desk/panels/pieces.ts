// What panels are made of: buttons that do it at once, fields with their label, a time of today.

import { make, write } from "../../shared/dom.js";
import { say } from "../../shared/texts.js";
import type { Seen } from "../seen.js";

/** A button; `small` says in a second line what it means. */
export function choice(words: string, press: () => void, small?: string, kind = "choice"): HTMLButtonElement {
  const button = make("button", { type: "button", class: kind }, make("b", {}, words));
  if (small !== undefined) {
    button.append(make("small", {}, small));
  }
  button.addEventListener("click", press);
  return button;
}

let ids = 0;

/** A field below its label. */
export function field<T extends HTMLElement>(words: string, control: T): HTMLElement {
  control.id ||= `field-${++ids}`;
  return make("p", { class: "field" }, make("label", { for: control.id }, words), control);
}

export function selection(options: readonly (readonly [string, string])[]): HTMLSelectElement {
  return make("select", {}, ...options.map(([value, words]) => make("option", { value }, words)));
}

export function group(words: string, kind: string, ...content: HTMLElement[]): HTMLElement {
  const title = make("h3", { id: `group-${++ids}` }, words);
  return make("section", { class: kind, role: "group", "aria-labelledby": title.id }, title, ...content);
}

/** A group whose choices stand beside its name. */
export function line(words: string, ...content: HTMLElement[]): HTMLElement {
  return group(words, "line", make("div", { class: "choices" }, ...content));
}

const dayMinutes = 24 * 60;

/** The instant of a local time of today in the office's zone; null when it has passed. */
export function todayAt(time: string, { formats, now }: Pick<Seen, "formats" | "now">): string | null {
  const minutes = minutesOf(time) - minutesOf(formats.time(now));
  const at = Math.floor(now / 60_000) * 60_000 + minutes * 60_000;
  return minutes > 0 && minutes < dayMinutes ? new Date(at).toISOString() : null;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** A time of today with the button that takes it, and the reason when it cannot be taken. */
export function timeChoice(seen: () => Seen, go: string, take: (at: string) => void): HTMLElement {
  const { language } = seen();
  const complaint = make("span", { class: "error", role: "alert", id: `field-${++ids}` });
  const input = make("input", { type: "time", "aria-label": say(language, "desk.panel.at.label"), "aria-describedby": complaint.id });
  const form = make("form", { class: "at-time", novalidate: "" }, make("span", {}, say(language, "desk.panel.at")), input, make("button", { type: "submit", class: "choice" }, make("b", {}, go)), complaint);
  form.addEventListener("submit", event => {
    event.preventDefault();
    const at = input.value === "" ? null : todayAt(input.value, seen());
    input.setAttribute("aria-invalid", String(at === null));
    write(complaint, at !== null ? "" : say(language, input.value === "" ? "desk.panel.no-time" : "desk.panel.past"));
    if (at === null) {
      input.focus();
    } else {
      take(at);
    }
  });
  return form;
}
