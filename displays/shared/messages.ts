// Written by ./run messages from the records in hub/Push and hub/Api, where each part is explained. A test compares it.
// Times are ISO 8601 with offset. Texts are by language tag, for example { de: "Schalter", en: "Counter" }.

export type Texts = Record<string, string>;

export interface TownLook { sheet: string; logo: string | null; alt: Texts | null; }

export interface BoardArea { key: string; name: Texts; }

export type Arrow =
  | "left" | "right" | "up" | "down" | "up-left" | "up-right" | "down-left" | "down-right" | "upstairs" | "downstairs";

export interface BoardCounter { id: string; label: string; arrow: Arrow | null; }

export interface PromisedRange { from: number; to: number | null; }

export interface BoardGroup { letter: string; name: Texts; waiting: number; wait: PromisedRange | null; }

export type TicketState =
  | "coming" | "waiting" | "called" | "serving" | "served" | "missed" | "parked" | "pickup" | "transferred" | "lapsed" | "cancelled"
  | "expired";

export interface BoardCall { number: string; counter: string; state: TicketState; calledAt: string; lastCallAt: string; calls: number; }

export interface BoardSnapshot {
  queue: string; version: number; at: string; build: string; office: Texts; area: string; areas: BoardArea[]; languages: string[];
  timeZone: string; counters: BoardCounter[]; groups: BoardGroup[]; notes: Texts[]; calls: BoardCall[];
}

export interface BoardChange {
  queue: string; from: number; to: number; at: string; calls: BoardCall[]; ended: string[]; waiting: Record<string, number>;
  wait: Record<string, PromisedRange> | null;
}

export interface Heartbeat { at: string; queue: string | null; version: number; build: string; }

export interface BoardClient {
  look(look: TownLook): void; snapshot(snapshot: BoardSnapshot): void; changed(change: BoardChange): void;
  heartbeat(heartbeat: Heartbeat): void;
}

export interface BoardServer { snapshot(): void; here(build: string, at: string): void; alive(queue: string, version: number): void; }

export type Presence =
  | "ready" | "pause-after" | "pause";

export interface DeskCounter {
  id: string; label: string; open: boolean; revision: number; ticket: string | null; clerk: string | null; presence: Presence;
  profile: string | null;
}

export interface DeskService { id: string; letter: string; name: Texts; usualMinutes: number; mine: boolean; }

export type WaitingClass =
  | "walk-in" | "appointment" | "priority" | "priority-appointment" | "transferred";

export interface Part { service: string; counter: string; calledAt: string; arrivedAt: string | null; endedAt: string; }

export interface DeskHome { earliest: string; arriveBy: string; cameAt: string | null; }

export interface TicketPerson { name: string; phone: string | null; persons: number; }

export type NoticeKind =
  | "come-closer" | "delay" | "papers-ready" | "document-ready" | "to-reception" | "text";

export type ServedOutcome =
  | "nothing-done" | "papers-missing";

export interface DeskCase { number: string; title: Texts | null; }

export interface DeskTicket {
  id: string; number: string; service: string; language: string; state: TicketState; takenAt: string; calls: number; counter: string | null;
  calledAt: string | null; lastCallAt: string | null; arrivedAt: string | null; class: WaitingClass; dueAt: string; booked: string | null;
  priority: string | null; also: string[]; remark: string | null; remarkIsClosed: boolean; forCounter: string | null;
  forClerk: string | null; notBefore: string | null; heldBack: boolean; wakeAt: string | null; misses: number; parts: Part[];
  fromArea: string | null; toArea: string | null; home: DeskHome | null; parkedBy: string | null; person: TicketPerson | null;
  notice: NoticeKind | null; outcome: ServedOutcome | null; endedAt: string | null; keptFrom: string | null; area: string | null;
  case: DeskCase | null;
}

export type WhyKind =
  | "longest-wait" | "appointment-due" | "priority" | "transferred" | "sent-here" | "kept-too-long" | "keeper-gone" | "waits-too-long"
  | "early-appointment" | "chosen";

export interface Why { kind: WhyKind; since?: string; reason?: string; }

export interface DeskNext { ticket: string; why: Why; }

export interface DeskUndo { ticket: string; number: string; became: TicketState; until: string; ended: string | null; }

export type StopKind =
  | "by-clerk" | "automatic";

export interface DeskStop { service: string; kind: StopKind; }

export interface DeskComing { counter: string; label: string; }

export interface DeskEmergency { area: string; counter: string; label: string; raisedAt: string; coming: DeskComing[]; }

export type DeviceKind =
  | "button-box" | "ticket-printer";

export interface DeskDevice { id: string; kind: DeviceKind; presence: string; printer: string | null; counter: string | null; }

export interface DeskName { id: string; name: Texts; }

export interface DeskTargetService { id: string; name: Texts; mine: boolean; }

export interface DeskTargetCounter { id: string; label: string; }

export interface DeskTarget {
  area: string; name: Texts; own: boolean; sendable: boolean; mayCallAny: boolean; services: DeskTargetService[];
  counters: DeskTargetCounter[];
}

export interface DeskRules {
  mayCallAny: boolean; missedReturns: number; missedReturnsAfter: number; keptMinutes: number; askName: boolean; cases: boolean;
}

export interface DeskBoard { id: string; silent: number; screens: number; since: string; }

export interface DeskRefusal { since: string; error: string; more: number; }

export interface DeskAppointments { expected: number; mark: string; }

export interface DeskSeat { area: string; label: string; clerk: string; }

export interface DeskSnapshot {
  queue: string; version: number; at: string; build: string; office: Texts; area: Texts; languages: string[]; timeZone: string;
  counter: string; clerk: string; counters: DeskCounter[]; services: DeskService[]; tickets: DeskTicket[]; next: DeskNext | null;
  served: number; undo: DeskUndo | null; stopped: DeskStop[]; emergencies: DeskEmergency[]; devices: DeskDevice[]; profiles: DeskName[];
  priorities: DeskName[]; targets: DeskTarget[]; rules: DeskRules; ended: boolean; silentBoards: DeskBoard[]; silentKiosks: DeskBoard[];
  refusal: DeskRefusal | null; appointments: DeskAppointments | null; further: DeskTicket[]; seats: DeskSeat[];
}

export interface DeskChange {
  queue: string; from: number; to: number; at: string; tickets: DeskTicket[]; gone: string[]; counters: DeskCounter[];
  next: DeskNext | null; served: number; undo: DeskUndo | null; stopped: DeskStop[]; emergencies: DeskEmergency[]; ended: boolean;
  silentBoards: DeskBoard[]; silentKiosks: DeskBoard[]; refusal: DeskRefusal | null; appointments: DeskAppointments | null;
  further: DeskTicket[]; seats: DeskSeat[];
}

export interface DeskTrouble { id: string; at: string; kind: string; about: string; area: string | null; }

export interface DeskForecasts { queue: string; version: number; tickets: Record<string, PromisedRange>; }

export interface DeskClient {
  look(look: TownLook): void; snapshot(snapshot: DeskSnapshot): void; changed(change: DeskChange): void;
  devices(devices: DeskDevice[]): void; troubles(troubles: DeskTrouble[]): void; forecasts(forecasts: DeskForecasts): void;
  heartbeat(heartbeat: Heartbeat): void;
}

export interface DeskServer { snapshot(): void; here(build: string, at: string): void; seen(trouble: string): void; }

export interface KioskService {
  id: string; area: string; queue: string | null; letter: string; name: Texts; note: Texts | null; icon: string | null; waiting: number;
  wait: PromisedRange | null; closed: Texts | null;
}

export interface KioskPrinter { presence: string; condition: string; }

export interface KioskView {
  at: string; build: string; office: Texts; languages: string[]; timeZone: string; services: KioskService[]; printer: KioskPrinter | null;
  appointments: boolean; homeTickets: boolean;
}

export interface KioskClient { look(look: TownLook): void; show(view: KioskView): void; heartbeat(heartbeat: Heartbeat): void; }

export interface KioskServer { snapshot(): void; here(build: string, at: string): void; }

export interface TicketFromHome { arriveBy: string; atKiosk: boolean; byPhone: boolean; }

export interface TicketMessage { kind: NoticeKind; text: string | null; at: string; }

export interface TicketView {
  at: string; build: string; office: Texts; area: Texts; languages: string[]; timeZone: string; number: string; service: Texts;
  state: TicketState; ahead: number | null; counter: string | null; takenAt: string; calledAt: string | null; lastCallAt: string | null;
  calls: number; wait: PromisedRange | null; notBefore: string | null; booked: string | null; home: TicketFromHome | null;
  message: TicketMessage | null;
}

export interface TicketClient { show(view: TicketView): void; heartbeat(heartbeat: Heartbeat): void; }

export interface TicketServer { snapshot(): void; here(build: string, at: string): void; }

export interface GivenService { service: string; quantity: number; }

export type ReturnWay =
  | "keep-place" | "to-end" | "after" | "at-time";

export interface TransferTarget { area?: string | null; counter?: string | null; clerk?: string | null; service?: string | null; }

export type VisitOutcome =
  | "served" | "missed";

export interface CounterRequest {
  seen?: number | null; ticket?: string | null; service?: string | null; given?: GivenService[] | null; forPickup?: boolean;
  outcome?: ServedOutcome | null; way?: ReturnWay | null; after?: number | null; until?: string | null; to?: TransferTarget | null;
  profile?: string | null; move?: boolean; presence?: Presence | null; from?: string | null; elsewhere?: boolean;
  became?: VisitOutcome | null; requestId: string; queue?: string | null;
}

export interface TicketRequest {
  reason?: string | null; remark?: string | null; service?: string | null; also?: string[] | null; language?: string | null;
  to?: TransferTarget | null; person?: TicketPerson | null; message?: NoticeKind | null; text?: string | null; requestId: string;
  queue?: string | null;
}

export interface EnterTicketRequest {
  service: string; language: string; also?: string[] | null; priority?: string | null; remark?: string | null; person?: TicketPerson | null;
  printer?: string | null; requestId: string; queue?: string | null;
}

export interface ServiceRequest { requestId: string; queue?: string | null; }

export interface TakeTicketRequest { service: string; language: string; requestId: string; queue?: string | null; }

export interface KioskCheckInRequest { requestId: string; code: string; }

export interface StaffActionRequest { requestId: string; }

export interface Wanted { service?: string; persons?: number; }

export type AppointmentKind =
  | "at-counter" | "phone" | "video";

export interface StaffBookingRequest {
  requestId: string; calendar: string; services: Wanted[]; from: string; kind: AppointmentKind; language: string; name: string;
  mail?: string | null; phone?: string | null; remark?: string | null;
}

export interface FindRequest { text?: string | null; look?: string | null; requestId: string; queue?: string | null; }

export interface SlipRequest { printer?: string | null; requestId: string; queue?: string | null; }

export interface CounterAnswer { version: number; stillWished: string[]; }

export interface TakenTicket {
  number: string; service: Texts; area: Texts; ahead: number; statusPath: string; qrPath: string | null; printing: boolean;
  wait: PromisedRange | null; booked: string | null;
}

export interface CounterInfo { id: string; label: string; }

export interface AreaInfo { key: string; id: string; name: Texts; counters: CounterInfo[]; }

export interface OfficeInfo { key: string; name: Texts; languages: string[]; areas: AreaInfo[]; }

export interface WantedService { id: string; name: Texts; persons: number; }

export type AppointmentState =
  | "held" | "preconfirmed" | "confirmed" | "checked-in" | "cancelled" | "moved";

export type NoWay =
  | "no-address" | "mail-failed" | "mail-returned";

export interface StaffAppointment {
  week: string; id: string; from: string; minutes: number; services: WantedService[]; kind: AppointmentKind; state: AppointmentState;
  name: string | null; remark: string | null; code: string; ticket: string | null; number: string | null; warning: Texts | null;
  video: string | null; noWay: NoWay | null;
}

export interface OfferedService {
  id: string; name: Texts; note: Texts | null; minutes: number; mostPersons: number; kinds: AppointmentKind[];
}

export interface Offer {
  office: string; officeName: Texts; address: string; timeZone: string; languages: string[]; calendar: string; services: OfferedService[];
}

export interface OfficeSlots { offer: Offer; minutes: number; starts: string[]; nextRelease: string | null; }

export interface FoundSlots { offices: OfficeSlots[]; }

export interface FoundTickets { tickets: DeskTicket[]; more: number; }

export type CredentialKind =
  | "display" | "device" | "kiosk" | "feed" | "mail";

export interface Paired {
  kind: CredentialKind; office: string; holder: string; screen: string | null; address: string | null; token: string;
}

export type CounterAction =
  | "call-next" | "call" | "recall" | "arrived" | "finish" | "missed" | "return" | "park" | "resume" | "reopen" | "transfer"
  | "switch-service" | "undo" | "open" | "close" | "log-in" | "presence" | "emergency" | "emergency-accept" | "emergency-end";
