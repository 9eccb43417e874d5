// A screen types its code once and keeps its own credential; nothing secret stands in an address.

import { need, show, write } from "../shared/dom.js";
import type { Paired } from "../shared/messages.js";
import { keepToken } from "../shared/token.js";

const field = need<HTMLInputElement>("#code");
const error = need("#code-error");

/** A QR code brings the code behind "#", which no server sees. */
field.value = decodeURIComponent(location.hash.slice(1)).slice(0, 20);
history.replaceState(null, "", location.pathname + location.search);

need<HTMLFormElement>("#pair-form").addEventListener("submit", event => {
  event.preventDefault();
  void pair();
});

async function pair(): Promise<void> {
  const answer = await fetch("/api/v1/pair", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: field.value.trim() }),
  }).catch(() => null);
  if (answer?.ok !== true) {
    complain(answer === null || answer.status >= 500 ? "away" : answer.status === 429 ? "often" : "wrong");
    return;
  }
  const paired = await answer.json() as Paired;
  if (paired.address === null || paired.screen === null) {
    show(need("#pair-form"), false);
    show(need("#device"), true);
    write(need("#password"), paired.token);
    return;
  }
  keepToken(`aufruf.${paired.kind === "kiosk" ? "kiosk" : "board"}.${paired.screen}`, paired.token);
  location.replace(paired.address);
}

function complain(why: "away" | "often" | "wrong"): void {
  write(error, error.dataset[why] ?? "");
  show(error, true);
  field.setAttribute("aria-invalid", "true");
  field.focus();
}
