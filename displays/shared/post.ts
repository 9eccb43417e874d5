// A wish sent to the hub. It carries its own id, so it may be sent again when no answer came: it happens at most once.

import { ticks } from "./clock.js";
import type { Problem, Texts } from "./messages.js";
import { pick } from "./texts.js";

export type Answer<T> =
  | { kind: "yes"; value: T }
  /** An expected no, with words for people when the hub sent some. */
  | { kind: "no"; status: number; texts: Texts | null; detail: string }
  | { kind: "unauthorised" }
  /** Nobody answered within the patience; whether the wish arrived is not known. */
  | { kind: "silence" };

const patienceMs = 10_000;
const oneTryMs = 4_000;
const pauseMs = 500;
const passing = new Set([502, 503, 504]);

/** The id of one press. Without https, as on an office network, browsers offer no randomUUID. */
export function newRequestId(): string {
  if (typeof crypto.randomUUID === "function") {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // RFC 9562, version 4: four bits of version, two of variant.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Sends the same body until there is an answer, for at most 10 s. */
export async function post<T>(path: string, body: { requestId: string }, token?: string): Promise<Answer<T>> {
  for (const begun = ticks(); ;) {
    const answer = await once<T>(path, body, token);
    if (answer.kind !== "silence" || ticks() - begun + pauseMs > patienceMs) {
      return answer;
    }
    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
}

async function once<T>(path: string, body: object, token: string | undefined): Promise<Answer<T>> {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(oneTryMs),
    });
    if (answer.ok) {
      return { kind: "yes", value: await answer.json() as T };
    }
    if (answer.status === 401) {
      return { kind: "unauthorised" };
    }
    const problem = await answer.json().catch(() => null) as Problem | null;
    // A 503 with words is the hub's own no; one without comes from a proxy while the hub restarts.
    return passing.has(answer.status) && problem?.texts === undefined
      ? { kind: "silence" }
      : { kind: "no", status: answer.status, texts: problem?.texts ?? null, detail: problem?.detail ?? "" };
  } catch {
    return { kind: "silence" };
  }
}

/** What to tell a person about a no: the hub's text in their language, or ours. */
export function wordsOf(no: { texts: Texts | null }, language: string, otherwise: string): string {
  return no.texts === null ? otherwise : pick(no.texts, language) || otherwise;
}
