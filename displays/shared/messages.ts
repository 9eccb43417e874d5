// What the hub sends to screens and takes from them: the TypeScript side of hub/Push and hub/Api.
// Times are ISO 8601 with offset; texts are by language tag, for example { de: "Schalter", en: "Counter" }.

export type Texts = Record<string, string>;
export type TicketState = "waiting" | "called" | "serving" | "served" | "missed" | "parked" | "pickup" | "transferred" | "cancelled" | "expired";
export type Arrow = "left" | "right" | "up" | "down" | "up-left" | "up-right" | "down-left" | "down-right" | "upstairs" | "downstairs";

/** Every 5 s on every connection. A version above one's own means: ask for the snapshot. */
export interface Heartbeat { at: string; queue: string; version: number; build: string; }

// ---- board: /live/board?board=alsdorf.rathaus.halle, display token ----
// client methods: snapshot(BoardSnapshot), changed(BoardChange), heartbeat(Heartbeat)
// server methods: snapshot() asks for a new snapshot; alive(queue, version) answers each heartbeat

export interface BoardSnapshot {
  queue: string;            // "alsdorf.rathaus.erdgeschoss.2026-11-23": changes at midnight
  version: number;          // journal version of that queue
  at: string; build: string;
  office: Texts; area: Texts; languages: string[]; timeZone: string;
  counters: { id: string; label: string; arrow: Arrow | null }[];
  groups: { letter: string; name: Texts; waiting: number; wait: PromisedRange | null }[];
  notes: Texts[];
  calls: BoardCall[];       // newest call first; only tickets that are called or being served now
}
export interface BoardCall { number: string; counter: string; state: "called" | "serving"; calledAt: string; lastCallAt: string; calls: number; }
export interface BoardChange {
  queue: string; from: number; to: number; at: string;
  calls: BoardCall[];       // new or changed, oldest change first
  ended: string[];          // numbers that leave the board
  waiting: Record<string, number>;  // per letter, where it has changed
  wait: Record<string, PromisedRange> | null;  // per letter, a letter that is missing: unknown; null: as before
}

// ---- desk: /live/desk?area=alsdorf.rathaus.erdgeschoss&counter=3, clerk token ----
// client methods: snapshot(DeskSnapshot), changed(DeskChange), heartbeat(Heartbeat), devices(DeskDevice[]), forecasts(DeskForecasts)
// server methods: snapshot()
// "next" follows the clock, too: the hub sends a change with from == to when another ticket has become the next one.

export interface DeskSnapshot {
  queue: string; version: number; at: string; build: string;
  office: Texts; area: Texts; languages: string[]; timeZone: string;
  counter: string;          // the desk's own
  clerk: string;            // who this desk's token belongs to
  counters: DeskCounter[];  // of this area
  services: DeskService[];
  tickets: DeskTicket[];    // all that wait, are at a counter, parked, come back for a document, were missed or given back today, by arrival
  next: DeskNext | null;    // ticket this counter would call now
  served: number;           // tickets finished at this counter today
  undo: DeskUndo | null;    // step of this counter that can be taken back
  stopped: { service: string; kind: "by-clerk" | "automatic" }[];
  emergencies: DeskEmergency[];  // of the whole office
  devices: DeskDevice[];    // of this counter, and ticket printers of the office
  profiles: { id: string; name: Texts }[];
  priorities: { id: string; name: Texts }[];
  targets: DeskTarget[];    // where tickets can be sent, this area among them
  rules: { mayCallAny: boolean; missedReturns: number; missedReturnsAfter: number };
  ended: boolean;           // the day is over
}
export type Presence = "ready" | "pause-after" | "pause";
export interface DeskCounter {
  id: string; label: string; open: boolean; revision: number; ticket: string | null;
  clerk: string | null; presence: Presence; profile: string | null;
}
export interface DeskService { id: string; letter: string; name: Texts; usualMinutes: number; mine: boolean; }
export type WaitingClass = "walk-in" | "appointment" | "priority" | "priority-appointment" | "transferred";
export interface DeskTicket {
  id: string; number: string; service: string; language: string; state: TicketState;
  takenAt: string; calls: number; counter: string | null; calledAt: string | null; lastCallAt: string | null; arrivedAt: string | null;
  class: WaitingClass; dueAt: string; booked: string | null; priority: string | null;
  also: string[];           // further services of the visit
  remark: string | null;    // in clear, for clerks
  forCounter: string | null; forClerk: string | null;   // sent to
  notBefore: string | null; // waits for this time
  heldBack: boolean;        // waits for some other calls first
  wakeAt: string | null;    // parked: when to remind
  misses: number;           // called and did not come
  parts: { service: string; counter: string; calledAt: string; arrivedAt: string | null; endedAt: string }[];
  fromArea: string | null; toArea: string | null;
}
export interface Why { kind: "longest-wait" | "appointment-due" | "priority" | "transferred" | "sent-here" | "waits-too-long" | "early-appointment" | "chosen"; since?: string; reason?: string; }
export interface DeskNext { ticket: string; why: Why; }
export interface DeskUndo { ticket: string; number: string; became: TicketState; until: string; }
export interface DeskEmergency { area: string; counter: string; label: string; raisedAt: string; coming: { counter: string; label: string }[]; }
export interface DeskTarget { area: string; name: Texts; own: boolean; sendable: boolean; services: { id: string; name: Texts }[]; counters: { id: string; label: string }[]; }
export interface DeskChange {
  queue: string; from: number; to: number; at: string;
  tickets: DeskTicket[];    // new or changed
  gone: string[];           // ticket ids that ended
  counters: DeskCounter[];  // changed
  next: DeskNext | null; served: number; undo: DeskUndo | null;
  stopped: { service: string; kind: "by-clerk" | "automatic" }[];
  emergencies: DeskEmergency[];
  ended: boolean;
}
/** Remaining minutes to the call, per waiting ticket; a ticket that is missing is "unknown". Comes a moment after the change it belongs to. */
export interface DeskForecasts { queue: string; version: number; tickets: Record<string, { p50: number; p90: number }>; }
export interface DeskDevice { id: string; kind: "button-box" | "ticket-printer"; presence: "ready" | "lost" | "stopped" | "unknown"; printer: string | null; counter: string | null; }

// At a counter: POST /api/v1/areas/{area}/counters/{counter}/{action}, bearer clerk token, body CounterWish.
// action: "call-next" | "call" (ticket) | "recall" | "arrived" | "finish" (given?, forPickup?) | "missed" | "return" (way, after?, until?) | "park" (until?)
//   | "resume" (ticket) | "transfer" (to) | "switch-service" (service) | "undo" | "open" | "close" | "log-in" (profile?) | "presence" (presence)
//   | "emergency" | "emergency-accept" (from: own counter; the address names the counter in need) | "emergency-end"
// About a ticket: POST /api/v1/areas/{area}/tickets/{ticket}/{action}: "cancel" | "reactivate" | "prioritise" (reason | null) | "remark" (remark | null), body TicketWish.
// A walk-in entered by a clerk: POST /api/v1/areas/{area}/tickets, body EnterTicketWish -> 201 TakenTicket.
// A service: POST /api/v1/areas/{area}/services/{service}/{action}: "stop" | "release", body { requestId, queue }.
// 200 CounterAnswer; 409 Problem for an expected no; 401 without token. requestId: a new uuid per press, the same on a retry.
// queue: the one on the clerk's screen, so that a wish made before midnight does not reach the next day's queue.
export interface CounterWish {
  requestId: string; seen: number | null; queue?: string;
  ticket?: string; service?: string; given?: { service: string; quantity: number }[]; forPickup?: boolean;
  way?: "keep-place" | "to-end" | "after" | "at-time"; after?: number; until?: string;
  to?: { area?: string; counter?: string; clerk?: string; service?: string };
  profile?: string | null; presence?: Presence; from?: string;
}
export interface TicketWish { requestId: string; queue?: string; reason?: string | null; remark?: string | null; }
export interface EnterTicketWish { requestId: string; queue?: string; service: string; also?: string[]; language: string; priority?: string | null; remark?: string | null; printer?: string | null; }
export interface CounterAnswer { version: number; }
export interface Problem { type: string; title: string; status: number; detail: string; reason?: string; texts?: Texts; }

// GET /api/v1/offices (clerk token): what a desk can be opened at.
export interface OfficeInfo { key: string; name: Texts; languages: string[]; areas: { key: string; id: string; name: Texts; counters: { id: string; label: string }[]; boards: { id: string }[] }[]; }

// ---- kiosk: /live/kiosk?kiosk=alsdorf.rathaus.foyer, no token ----
// client methods: show(KioskView) whole state on each change; heartbeat(Heartbeat)
export interface KioskView {
  at: string; build: string; office: Texts; languages: string[]; timeZone: string;
  services: { id: string; area: string; queue: string | null; letter: string; name: Texts; note: Texts | null; icon: string | null; waiting: number; wait: PromisedRange | null; closed: Texts | null }[];  // wait null: unknown; closed: why no ticket is given now
  printer: { presence: string; condition: string } | null;  // null: this kiosk has no printer
}
/** Minutes from now to the call: "about from to to"; to null: at least from. */
export interface PromisedRange { from: number; to: number | null; }
// POST /api/v1/kiosks/{kiosk}/tickets  (no token, rate limited)  body TakeTicketWish -> 201 TakenTicket, 409/429/503 Problem
export interface TakeTicketWish { requestId: string; service: string; language: string; queue: string | null; }  // queue: the one the kiosk shows
export interface TakenTicket { number: string; service: Texts; area: Texts; ahead: number; statusPath: string; qrPath: string; printing: boolean; wait: PromisedRange | null; }

// ---- ticket: /live/ticket?queue=alsdorf.rathaus.erdgeschoss.2026-11-23&code=..., the code is the right ----
// client methods: show(TicketView) whole state on each change; heartbeat(Heartbeat)
export interface TicketView {
  at: string; build: string; office: Texts; area: Texts; languages: string[]; timeZone: string;
  number: string; service: Texts; state: TicketState;
  ahead: number | null;     // waiting tickets before it, for counters that may call it; null when not waiting
  counter: string | null;   // label, when called
  takenAt: string; calledAt: string | null; lastCallAt: string | null; calls: number;
  wait: PromisedRange | null;   // null: not waiting, or unknown
  notBefore: string | null;     // comes back at a time
}
// POST /api/v1/tickets/{queue}/{code}/cancel  body { requestId }: gives the ticket back.
