// Check-in with an appointment: its code comes from a scanner, which types like a keyboard, or from the large keys of the screen.

import { make, need, show, write } from "../shared/dom.js";
import type { KioskCheckInRequest, TakenTicket } from "../shared/messages.js";
import { newRequestId, type Answer } from "../shared/post.js";
import { say } from "../shared/texts.js";

/** Crockford's alphabet, as codes have it: no character is taken for another one. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** A code is read and typed in groups, as the mail shows it. */
const groupLength = 4;

/** The kiosk around this dialog. */
export interface Kiosk {
  /** Whether a scanned code may open the dialog: no other one is open, and the office gives appointments. */
  ready: () => boolean;
  language: () => string;
  /** Sends the request and shows the ticket that it gives. */
  ask: (request: KioskCheckInRequest) => Promise<Answer<TakenTicket>>;
  wordsOf: (answer: Answer<TakenTicket>) => string;
}

export class CheckIn {
  private readonly dialog = need<HTMLDialogElement>("#check-in");
  private readonly field = need<HTMLInputElement>("#code");
  private asking = false;
  /** A request without an answer keeps its id: the next try with this code gets the same ticket. */
  private unanswered: KioskCheckInRequest | null = null;

  constructor(private readonly kiosk: Kiosk) {
    need("#keys").append(...[...alphabet].map(letter => {
      const key = make("button", { type: "button" }, letter);
      key.addEventListener("click", () => this.write(this.field.value + letter));
      return key;
    }));
    need("#appointment").addEventListener("click", () => this.open());
    need("#code-delete").addEventListener("click", () => this.write(this.field.value.trimEnd().slice(0, -1)));
    need("#code-back").addEventListener("click", () => this.close());
    this.dialog.addEventListener("close", () => this.clear());
    this.field.addEventListener("input", () => {
      if (this.field.selectionStart === this.field.value.length) { // In the middle the cursor would jump.
        this.write(this.field.value);
      }
    });
    need("#code-form").addEventListener("submit", event => {
      event.preventDefault();
      void this.send();
    });
    addEventListener("keydown", event => this.keyDown(event));
  }

  close(): void {
    this.dialog.close();
  }

  private open(): void {
    if (!this.dialog.open) {
      this.dialog.showModal();
      this.field.focus();
    }
  }

  /** The field takes whatever is typed, wherever the focus is: a scanner does not look. */
  private keyDown(event: KeyboardEvent): void {
    const isCharacter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isCharacter && !this.asking && (this.dialog.open || this.kiosk.ready()) && document.activeElement !== this.field) {
      this.open();
      this.field.focus(); // The character goes to the element that has the focus after this.
    }
  }

  private write(code: string): void {
    this.complain("");
    // The code of a mail is scanned as the address of a page.
    const typed = code.toUpperCase().replace(/[^0-9A-Z]/g, "");
    this.field.value = /[:/]/.test(code) ? code : typed.replace(new RegExp(`.{${groupLength}}(?=.)`, "g"), "$& ");
  }

  private async send(): Promise<void> {
    const code = this.field.value.trim();
    if (code === "") {
      this.complain(say(this.kiosk.language(), "kiosk.code.empty"));
      this.field.focus();
      return;
    }
    if (this.asking) {
      return;
    }
    this.asking = true;
    const request = this.unanswered?.code === code ? this.unanswered : { requestId: newRequestId(), code };
    const answer = await this.kiosk.ask(request);
    this.asking = false;
    this.unanswered = answer.kind === "silence" ? request : null;
    if (answer.kind !== "yes") {
      this.complain(this.kiosk.wordsOf(answer));
      this.field.focus();
      this.field.select(); // The next scan replaces it.
    }
  }

  private complain(words: string): void {
    write(need("#code-error span"), words);
    show(need("#code-error"), words !== "");
    this.field.setAttribute("aria-invalid", String(words !== ""));
  }

  private clear(): void {
    this.unanswered = null;
    this.write("");
  }
}
