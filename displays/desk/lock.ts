// The desk of a person's session: it is locked by hand, or when nobody has touched it for a time.

import { need, show } from "../shared/dom.js";

interface SessionInfo { name: string; isSession: boolean; isLocked: boolean; }

const idleMs = 15 * 60_000;

/** Whether a person is signed in here; null: the hub does not answer. A locked session leads to the page that asks for the password. */
export async function hasSession(): Promise<boolean | null> {
  const answer = await fetch("/api/v1/session").catch(() => null);
  if (answer?.ok !== true) {
    return null;
  }
  const session = await answer.json() as SessionInfo;
  if (session.isLocked) {
    askForPassword();
  }
  return session.isSession;
}

/** Shows the button, and locks after a time without a touch. */
export function watchOverDesk(): void {
  let touchedAt = performance.now();
  for (const touch of ["pointerdown", "keydown"] as const) {
    addEventListener(touch, () => touchedAt = performance.now(), { capture: true });
  }
  setInterval(() => performance.now() - touchedAt >= idleMs && void lock(), 10_000);
  show(need("#lock"), true);
  need("#lock").addEventListener("click", () => void lock());
}

/** The password page comes back to this counter. */
export function askForPassword(): void {
  location.replace(`/staff/locked?${new URLSearchParams({ to: location.pathname + location.search })}`);
}

export function askForName(): void {
  location.replace(`/staff/sign-in?${new URLSearchParams({ to: location.pathname + location.search })}`);
}

async function lock(): Promise<void> {
  document.body.dataset["view"] = "starting"; // Nothing is shown while the hub locks.
  const answer = await fetch("/api/v1/session/lock", { method: "POST" }).catch(() => null);
  if (answer?.status === 401) {
    askForName();
  } else {
    askForPassword();
  }
}
