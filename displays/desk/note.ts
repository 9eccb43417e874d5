// A note about a ticket. It is saved after a pause in typing, and when the field is left.

import { need, set, show, write } from "../shared/dom.js";
import type { DeskTicket } from "../shared/messages.js";
import { say } from "../shared/texts.js";
import type { View } from "./model.js";

const pauseMs = 1_500;

/** "closed": there is a note, and the hub cannot read it now. */
type State = "" | "saving" | "saved" | "unsaved" | "closed";

export class Note {
  private ticket: string | null = null;
  private kept = "";
  private state: State = "";
  private timer = 0;
  private language = "de";
  private offline = false;
  private readonly field: HTMLTextAreaElement;

  constructor(private readonly root: HTMLElement, private readonly keep: (ticket: string, remark: string | null) => Promise<boolean>) {
    this.field = need<HTMLTextAreaElement>("textarea", root);
    this.field.addEventListener("input", () => {
      this.say("unsaved");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.save(), pauseMs);
    });
    this.field.addEventListener("blur", () => void this.save());
  }

  /** Nothing that was typed is still to be saved. */
  get isKept(): boolean {
    return this.state !== "unsaved" && this.state !== "saving";
  }

  show(ticket: DeskTicket | null, { language, offlineSince }: View): void {
    this.language = language;
    this.offline = offlineSince !== null;
    if (this.ticket !== (ticket?.id ?? null)) {
      void this.save();
      this.ticket = ticket?.id ?? null;
      this.kept = this.field.value = ticket?.remark ?? "";
      this.state = "";
    } else if (ticket !== null && this.isKept && (ticket.remark ?? "") !== this.kept) {
      this.kept = this.field.value = ticket.remark ?? ""; // Written at another desk.
    } else if (this.state === "unsaved" && !this.offline && document.activeElement !== this.field) {
      void this.save(); // The connection is back.
    }
    if (this.state === "" || this.state === "closed") {
      this.state = ticket?.remarkIsClosed === true ? "closed" : "";
    }
    show(this.field, ticket !== null);
    this.say(this.state);
  }

  private async save(): Promise<void> {
    clearTimeout(this.timer);
    const { ticket, field: { value } } = this;
    if (ticket === null || this.state === "saving" || this.offline || value.trim() === this.kept) {
      return;
    }
    this.say("saving");
    const taken = await this.keep(ticket, value.trim() || null);
    if (this.ticket === ticket) {
      this.kept = taken ? value.trim() : this.kept;
      this.say(taken && this.field.value === value ? "saved" : "unsaved");
    }
  }

  private say(state: State): void {
    this.state = state;
    set(this.root, "data-note", state);
    write(need("[role=status]", this.root), state === "" ? "" : say(this.language, `desk.note.${state}`));
  }
}
