// Passkeys on the staff's pages. Without a script, or under another host, nothing of it is shown, and the password stays.

import { need, show, write } from "../shared/dom.js";

const api = "/api/v1/session";

for (const box of document.querySelectorAll<HTMLElement>("[data-passkey-host]")) {
  if (isPossible(box.dataset["passkeyHost"])) {
    show(box, true);
    const form = box.querySelector("form");
    if (form === null) {
      need("button", box).addEventListener("click", () => void tried(box, () => enter(box)));
    } else {
      form.addEventListener("submit", event => {
        event.preventDefault();
        void tried(box, () => add(form, box));
      });
    }
  }
}

/** A key belongs to one host. An old browser cannot read the hub's challenges. */
function isPossible(host: string | undefined): boolean {
  return isSecureContext && location.hostname === host && "PublicKeyCredential" in window
    && "parseRequestOptionsFromJSON" in PublicKeyCredential && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

/** @returns The sentence of a refusal; null: it went well. */
type Deed = () => Promise<string | null>;

async function tried(box: HTMLElement, deed: Deed): Promise<void> {
  const [button, said] = [need<HTMLButtonElement>("button", box), need(".field-error", box)];
  button.disabled = true;
  write(said, "");
  const why = await deed().catch(() => box.dataset["failed"] ?? ""); // Called off, or not within the time.
  button.disabled = false;
  write(said, why ?? "");
  show(said, why !== null);
}

async function enter(box: HTMLElement): Promise<string | null> {
  const challenge = await post("/passkey/challenge", {});
  if (!challenge.ok) {
    return await refusal(challenge);
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await challenge.json() as PublicKeyCredentialRequestOptionsJSON);
  const credential = await navigator.credentials.get({ publicKey }) as PublicKeyCredential;
  const answer = await post("/passkey", credential.toJSON());
  if (!answer.ok) {
    return await refusal(answer);
  }
  location.replace(box.dataset["to"] ?? "/staff");
  return null;
}

async function add(form: HTMLFormElement, box: HTMLElement): Promise<string | null> {
  const entered = new FormData(form);
  const challenge = await post("/passkeys/challenge", { password: entered.get("confirm") });
  if (!challenge.ok) {
    return await refusal(challenge);
  }
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await challenge.json() as PublicKeyCredentialCreationOptionsJSON);
  const credential = await navigator.credentials.create({ publicKey }) as PublicKeyCredential;
  const answer = await post("/passkeys", { label: entered.get("passkeyname"), credential: credential.toJSON() });
  if (!answer.ok) {
    return await refusal(answer);
  }
  location.replace(box.dataset["to"] ?? "/staff");
  return null;
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(api + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

async function refusal(answer: Response): Promise<string> {
  const { texts } = await answer.json() as { texts?: Record<string, string> };
  return texts?.[document.documentElement.lang] ?? texts?.["de"] ?? "";
}
