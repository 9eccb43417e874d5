// What the hub sends to screens and takes from them: the TypeScript side of hub/Push and hub/Api.
// Times are ISO 8601 with offset; texts are by language tag, for example { de: "Schalter", en: "Counter" }.

export type Texts = Record<string, string>;
export type TicketState = "waiting" | "called" | "serving" | "served" | "missed";
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
  groups: { letter: string; name: Texts; waiting: number }[];
  notes: Texts[];
  calls: BoardCall[];       // newest call first; only tickets that are called or being served now
}
export interface BoardCall { number: string; counter: string; state: "called" | "serving"; calledAt: string; lastCallAt: string; calls: number; }
export interface BoardChange {
  queue: string; from: number; to: number; at: string;
  calls: BoardCall[];       // new or changed, oldest change first
  ended: string[];          // numbers that leave the board
  waiting: Record<string, number>;  // per letter, all letters
}

// ---- desk: /live/desk?area=alsdorf.rathaus.erdgeschoss&counter=3, clerk token ----
// client methods: snapshot(DeskSnapshot), changed(DeskChange), heartbeat(Heartbeat), devices(DeskDevice[])
// server methods: snapshot()

export interface DeskSnapshot {
  queue: string; version: number; at: string; build: string;
  office: Texts; area: Texts; languages: string[]; timeZone: string;
  counter: string;          // the desk's own
  counters: DeskCounter[];
  services: { id: string; letter: string; name: Texts; usualMinutes: number; mine: boolean }[];
  tickets: DeskTicket[];    // all that wait or are at a counter, by arrival
  next: string | null;      // ticket this counter would call now
  served: number;           // tickets finished at this counter today
  devices: DeskDevice[];    // of this counter, and ticket printers of the office
}
export interface DeskCounter { id: string; label: string; open: boolean; revision: number; ticket: string | null; }
export interface DeskTicket {
  id: string; number: string; service: string; language: string; state: TicketState;
  takenAt: string; calls: number; counter: string | null; calledAt: string | null; lastCallAt: string | null; arrivedAt: string | null;
}
export interface DeskChange {
  queue: string; from: number; to: number; at: string;
  tickets: DeskTicket[];    // new or changed
  gone: string[];           // ticket ids that ended
  counters: DeskCounter[];  // changed
  next: string | null; served: number;
}
export interface DeskDevice { id: string; kind: "button-box" | "ticket-printer"; presence: "ready" | "lost" | "stopped" | "unknown"; printer: string | null; counter: string | null; }

// Actions: POST /api/v1/areas/{area}/counters/{counter}/{action}, bearer clerk token, body CounterWish.
// action: "call-next" | "recall" | "arrived" | "finish" | "missed" | "open" | "close"
// 200 CounterAnswer; 409 Problem for an expected no; 401 without token.
export interface CounterWish { requestId: string; seen: number | null; }   // requestId: a new uuid per press, the same on a retry
export interface CounterAnswer { version: number; }
export interface Problem { type: string; title: string; status: number; detail: string; reason?: string; texts?: Texts; }

// GET /api/v1/offices (clerk token): what a desk can be opened at.
export interface OfficeInfo { key: string; name: Texts; languages: string[]; areas: { key: string; id: string; name: Texts; counters: { id: string; label: string }[]; boards: { id: string }[] }[]; }

// ---- kiosk: /live/kiosk?kiosk=alsdorf.rathaus.foyer, no token ----
// client methods: show(KioskView) whole state on each change; heartbeat(Heartbeat)
export interface KioskView {
  at: string; build: string; office: Texts; languages: string[]; timeZone: string;
  services: { id: string; area: string; letter: string; name: Texts; note: Texts | null; icon: string | null; waiting: number }[];
  printer: { presence: string; condition: string } | null;  // null: this kiosk has no printer
}
// POST /api/v1/kiosks/{kiosk}/tickets  (no token, rate limited)  body TakeTicketWish -> 201 TakenTicket, 409/429/503 Problem
export interface TakeTicketWish { requestId: string; service: string; language: string; }
export interface TakenTicket { number: string; service: Texts; area: Texts; ahead: number; statusPath: string; qrPath: string; printing: boolean; }

// ---- ticket: /live/ticket?queue=alsdorf.rathaus.erdgeschoss.2026-11-23&code=..., the code is the right ----
// client methods: show(TicketView) whole state on each change; heartbeat(Heartbeat)
export interface TicketView {
  at: string; build: string; office: Texts; area: Texts; languages: string[]; timeZone: string;
  number: string; service: Texts; state: TicketState;
  ahead: number | null;     // waiting tickets before it, for counters that may call it; null when not waiting
  counter: string | null;   // label, when called
  takenAt: string; calledAt: string | null; lastCallAt: string | null; calls: number;
}
