// Two real helps: everything within reach of a wheelchair, and full contrast.

import { need } from "../shared/dom.js";

const aids = ["low", "contrast"] as const;

export function startAids(): void {
  for (const aid of aids) {
    need(`#${aid}`).addEventListener("click", () => set(aid, !document.body.classList.contains(aid)));
  }
}

export function resetAids(): void {
  for (const aid of aids) {
    set(aid, false);
  }
}

function set(aid: string, on: boolean): void {
  document.body.classList.toggle(aid, on);
  need(`#${aid}`).setAttribute("aria-pressed", String(on));
}
