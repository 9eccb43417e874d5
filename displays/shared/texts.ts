// Texts for people. The German file is the list of keys; a missing key in another language does not compile.

import type { Texts } from "./messages.js";
import { de } from "./texts/de.js";
import { deSimple } from "./texts/de-simple.js";
import { refusals } from "./texts/de-simple/kiosk.js";
import { en } from "./texts/en.js";

export type Key = keyof typeof de;
type Counted<K> = K extends `${infer Stem}.other` ? Stem : never;
/** The stem of "queue.waiting.one" and "queue.waiting.other". */
export type CountKey = Counted<Key>;

/** Leichte Sprache, where German is spoken. */
export const simple = "de-simple";

const files: Record<string, Record<Key, string>> = { de, en, [simple]: deSimple };

function texts(language: string): Record<Key, string> {
  return files[language] ?? files[base(language)] ?? en;
}

/** The language itself: Leichte Sprache is German. */
export function base(language: string): string {
  return language.split("-")[0] ?? language;
}

/** The language that a page writes when asked for `wanted`: one with texts. */
export function spoken(wanted: string): string {
  return wanted in files ? wanted : base(wanted) in files ? base(wanted) : "en";
}

/** A text with its places filled: say("de", "board.stale.since", { time: "10:38" }). */
export function say(language: string, key: Key, places: Record<string, string | number> = {}): string {
  return texts(language)[key].replace(/\{(\w+)\}/g, (_, place: string) => String(places[place] ?? ""));
}

/** A text that depends on a number; its place is {n}. */
export function count(language: string, key: CountKey, n: number): string {
  const form = new Intl.PluralRules(spoken(language)).select(n) === "one" ? "one" : "other";
  return say(language, `${key}.${form}` as Key, { n });
}

/** A refusal of the hub in Leichte Sprache; null: the hub's own words are good. */
export function simpler(language: string, reason: string | null): string | null {
  return language === simple && reason !== null ? refusals[reason] ?? null : null;
}

/** The office's own text in a language, or the nearest it has. */
export function pick(texts: Texts, language: string): string {
  return texts[language] ?? texts[base(language)] ?? texts["de"] ?? Object.values(texts)[0] ?? "";
}

/** Writes every element that names its text: <button data-text="desk.recall">, and labels by data-label. */
export function translate(root: ParentNode, language: string): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-text]")) {
    element.textContent = say(language, element.dataset["text"] as Key);
  }
  for (const element of root.querySelectorAll<HTMLElement>("[data-label]")) {
    element.setAttribute("aria-label", say(language, element.dataset["label"] as Key));
  }
}
