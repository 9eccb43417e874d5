// Sends a request to the hub. Each request has its own id, so it may be sent again: it is carried out at most once.

import { ticks } from "./clock.js";
import type { Texts } from "./messages.js";
import { pick, simpler } from "./texts.js";

export type Answer<T> =
  | { kind: "yes"; value: T }
  /** A refusal, with texts for people when the hub sent some. */
  | { kind: "no"; texts: Texts | null; reason: string | null }
  | { kind: "unauthorised" }
  /** No answer in time. Whether the request arrived is unknown. */
  | { kind: "silence" };

/** The hub's refusal as problem details (RFC 9457); hub/Api/Problems.cs adds the texts. */
interface Problem { texts?: Texts; reason?: string; }

const patienceMs = 10_000;
const oneTryMs = 4_000;
const pauseMs = 500;
const passing = new Set([502, 503, 504]);

/** The id of one press. Without https, as on an office network, browsers have no randomUUID. */
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

/** Sends the same body until there is an answer, for at most 10 s. Without a screen's token the browser's session speaks for a person. */
export async function post<T>(path: string, body: { requestId: string }, token?: string): Promise<Answer<T>> {
  for (const begun = ticks(); ;) {
    const answer = await once<T>(path, body, token);
    if (answer.kind !== "silence" || ticks() - begun + pauseMs > patienceMs) {
      return answer;
    }
    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
}

/** Reads what the hub shows at an address to the person of the browser's session, in one try. */
export function look<T>(path: string): Promise<Answer<T>> {
  return fetched<T>(path, {});
}

function once<T>(path: string, body: object, token: string | undefined): Promise<Answer<T>> {
  return fetched<T>(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token !== undefined && token !== "" && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
}

async function fetched<T>(path: string, request: RequestInit): Promise<Answer<T>> {
  try {
    const answer = await fetch(path, { ...request, signal: AbortSignal.timeout(oneTryMs) });
    if (answer.ok) {
      return { kind: "yes", value: await answer.json() as T };
    }
    if (answer.status === 401) {
      return { kind: "unauthorised" };
    }
    const problem = await answer.json().catch(() => null) as Problem | null;
    // A 503 with texts is the hub's own refusal; one without comes from a proxy while the hub restarts.
    return passing.has(answer.status) && problem?.texts === undefined
      ? { kind: "silence" }
      : { kind: "no", texts: problem?.texts ?? null, reason: problem?.reason ?? null };
  } catch {
    return { kind: "silence" };
  }
}

/** A refusal in words: the hub's text in the reader's language, or ours. */
export function wordsOf(no: { texts: Texts | null; reason: string | null }, language: string, otherwise: string): string {
  return simpler(language, no.reason) ?? (no.texts === null ? otherwise : pick(no.texts, language) || otherwise);
}
