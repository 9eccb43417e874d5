// The appointments of the office, for one desk. Names come only on request.
// Cancelling tells the citizen at once, so the desk waits ten seconds before it is sent: until then it can be taken back.

import { ticks } from "../shared/clock.js";
import type { AppointmentKind, FoundSlots, Offer, StaffAppointment, StaffBookingRequest, Wanted } from "../shared/messages.js";
import { look, newRequestId, post } from "../shared/post.js";
import { valueOf } from "./answers.js";
import type { Message } from "./notices.js";
import type { Place } from "./session.js";

export type AppointmentAction = "check-in" | "undo-check-in" | "cancel";
export type Booking = Omit<StaffBookingRequest, "requestId">;

const readAgainMs = 3_000;
const takenBackMs = 10_000;

export class Appointments {
  /** Those of today, by time; null until they were read. */
  list: readonly StaffAppointment[] | null = null;
  private mark: string | null = null;
  private reading = false;
  private readAt = -Infinity;
  /** The open panel: what it reads again by itself is one look. */
  private look = newRequestId();
  /** Cancelled here, and not sent yet. */
  private readonly leaving = new Map<string, { appointment: StaffAppointment; timer: number }>();
  /** A booking without an answer keeps its id: sent again, it books once. */
  private unanswered: { id: string; booking: string } | null = null;
  private readonly office: string;

  constructor(place: Place, private readonly message: Message, private readonly changed: () => void, private readonly refused: () => void) {
    this.office = `/api/v1/offices/${encodeURIComponent(place.area.split(".").slice(0, 2).join("."))}`;
    addEventListener("pagehide", () => this.sendLeaving());
  }

  /** The panel was opened. */
  begin(): void {
    [this.look, this.mark] = [newRequestId(), null];
  }

  /** Reads the list again when the hub says that an appointment of today has changed. */
  async follow(mark: string): Promise<void> {
    if (mark === this.mark || this.reading || ticks() - this.readAt < readAgainMs) {
      return;
    }
    this.reading = true;
    const answer = await look<StaffAppointment[]>(`${this.office}/appointments?look=${this.look}`);
    const list = valueOf(answer, this.message, this.refused);
    this.reading = false;
    this.readAt = list === null ? ticks() : -Infinity;
    if (list !== null) {
      [this.list, this.mark] = [list, mark];
      this.changed();
    }
  }

  async act(appointment: StaffAppointment, action: AppointmentAction): Promise<boolean> {
    this.message.clear();
    const answer = await post<StaffAppointment>(this.pathOf(appointment, action), { requestId: newRequestId() });
    const after = valueOf(answer, this.message, this.refused);
    if (after !== null && this.list !== null) {
      this.list = this.list.map(known => known.id === after.id ? after : known).filter(known => known.state !== "cancelled");
      this.changed();
    }
    return after !== null;
  }

  cancel(appointment: StaffAppointment): void {
    const timer = setTimeout(() => {
      this.leaving.delete(appointment.id);
      void this.act(appointment, "cancel");
    }, takenBackMs);
    this.leaving.set(appointment.id, { appointment, timer });
    this.changed();
  }

  keep(appointment: StaffAppointment): void {
    clearTimeout(this.leaving.get(appointment.id)?.timer);
    this.leaving.delete(appointment.id);
    this.changed();
  }

  isLeaving(appointment: StaffAppointment): boolean {
    return this.leaving.has(appointment.id);
  }

  async offers(): Promise<Offer[] | null> {
    return valueOf(await look<Offer[]>(`${this.office}/offers`), this.message, this.refused);
  }

  async slots(services: readonly Wanted[], from: string, kind: AppointmentKind): Promise<FoundSlots | null> {
    const query = new URLSearchParams([...services.map(({ service, persons }) => ["service", `${service}:${persons}`]), ["from", from],
      ["kind", kind]]);
    return valueOf(await look<FoundSlots>(`${this.office}/slots?${query}`), this.message, this.refused);
  }

  async book(booking: Booking): Promise<StaffAppointment | null> {
    const written = JSON.stringify(booking);
    const id = this.unanswered?.booking === written ? this.unanswered.id : newRequestId();
    const answer = await post<StaffAppointment>(`${this.office}/appointments`, { requestId: id, ...booking } as StaffBookingRequest);
    this.unanswered = answer.kind === "silence" ? { id, booking: written } : null;
    return valueOf(answer, this.message, this.refused);
  }

  /** The page closes: what was cancelled must not be lost. */
  private sendLeaving(): void {
    for (const { appointment, timer } of this.leaving.values()) {
      clearTimeout(timer);
      void fetch(this.pathOf(appointment, "cancel"), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ requestId: newRequestId() }),
        keepalive: true,
      });
    }
    this.leaving.clear();
  }

  private pathOf({ week, id }: StaffAppointment, action: AppointmentAction): string {
    return `${this.office}/appointments/${encodeURIComponent(week)}/${id}/${action}`;
  }
}

/** "7K3F 9Q2M 4TZX", as the citizen's mail shows it. */
export function codeWords(code: string): string {
  return code.toUpperCase().replace(/.{4}(?=.)/g, "$& ");
}
