// The clerk's counter and language, kept on this device. The cookie of the session names the clerk.

import { spoken } from "../shared/texts.js";

const languageKey = "aufruf.language";
const profileKey = "aufruf.desk.profile";
const listeners: (() => void)[] = [];

export interface Place { area: string; counter: string; }

/** The counter stands in the address, so that a bookmark opens it. */
export function place(): Place | null {
  const query = new URLSearchParams(location.search);
  const area = query.get("area");
  const counter = query.get("counter");
  return area === null || counter === null ? null : { area, counter };
}

export function placeAddress(place: Place): string {
  return `${location.pathname}?${new URLSearchParams({ ...place })}`;
}

/** The work profile of the last log-in, for the next one. The hub may refuse it. */
export function profile(): string | null {
  return localStorage.getItem(profileKey);
}

export function keepProfile(profile: string | null): void {
  if (profile === null) {
    localStorage.removeItem(profileKey);
  } else {
    localStorage.setItem(profileKey, profile);
  }
}

/** Opening a counter's address logs in there. Loading the page anew, as it does by itself at night, does not. */
export function justCame(): boolean {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return navigation?.type === "navigate";
}

export function leaveCounter(): void {
  location.href = location.pathname;
}

export function language(): string {
  return spoken(localStorage.getItem(languageKey) ?? (navigator.language.startsWith("en") ? "en" : "de"));
}

export function keepLanguage(language: string): void {
  localStorage.setItem(languageKey, language);
  for (const listener of listeners) {
    listener();
  }
}

export function onLanguage(listener: () => void): void {
  listeners.push(listener);
}
