// Parts of panels: buttons that act at once, fields with their label, a time of today.

import { make, write } from "../../shared/dom.js";
import type { DeskTicket } from "../../shared/messages.js";
import { say } from "../../shared/texts.js";
import type { Appointments } from "../appointments.js";
import type { Commands } from "../commands.js";
import type { PanelName, View } from "../model.js";
import type { Message } from "../notices.js";

/** What panels and menus work with. */
export interface Context {
  commands: Commands;
  appointments: Appointments;
  message: Message;
  /** The present state: a panel may stay open while the queue changes. */
  view: () => View;
  close: () => void;
  /** Goes on with another panel, perhaps about one ticket. */
  open: (panel: PanelName, ticket?: string) => void;
}

/** A panel asks for what one key cannot say. It opens below the buttons: the ticket, the next step and the queue stay in sight. */
export interface Panel {
  title: (view: View, ticket: DeskTicket | null) => string;
  build: (view: View, context: Context, ticket: DeskTicket | null) => HTMLElement[];
  /** Belongs to the ticket at the counter: closes when that one leaves. */
  ofVisit: boolean;
  /** Belongs to one ticket, wherever it is: closes when that one leaves. */
  ofTicket?: boolean;
  /** Rewrites what has changed since. */
  update?: (body: HTMLElement, view: View, context: Context) => void;
}

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
export function todayAt(time: string, { formats, now }: Pick<View, "formats" | "now">): string | null {
  const minutes = minutesOf(time) - minutesOf(formats.time(now));
  const at = Math.floor(now / 60_000) * 60_000 + minutes * 60_000;
  return minutes > 0 && minutes < dayMinutes ? new Date(at).toISOString() : null;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** A time of today with the button that takes it, and the reason when it cannot be taken. */
export function timeChoice(view: () => View, go: string, take: (at: string) => void): HTMLElement {
  const { language } = view();
  const complaint = make("span", { class: "error", role: "alert", id: `field-${++ids}` });
  const input = make("input", { type: "time", "aria-label": say(language, "desk.panel.at.label"), "aria-describedby": complaint.id });
  const form = make("form", { class: "at-time", novalidate: "" }, make("span", {}, say(language, "desk.panel.at")), input,
    make("button", { type: "submit", class: "choice" }, make("b", {}, go)), complaint);
  form.addEventListener("submit", event => {
    event.preventDefault();
    const at = input.value === "" ? null : todayAt(input.value, view());
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
