import { make } from "./dom.js";
import type { TownLook } from "./messages.js";

let worn: HTMLLinkElement | null = null;

/** Wears the colours of the town, which is the first part of the screen's name: "alsdorf.rathaus.halle". */
export function wearTheme(name: string): void {
  const town = name.split(".")[0];
  if (town !== undefined && town !== "") {
    wear({ sheet: `/theme/${encodeURIComponent(town)}.css` });
  }
}

/** Changes into other colours without a moment of none; the former ones stay when these do not come. */
export function wear({ sheet }: TownLook): void {
  const former = worn;
  if (former?.getAttribute("href") === sheet) {
    return;
  }
  const next = make("link", { rel: "stylesheet", href: sheet });
  next.addEventListener("load", () => former?.remove());
  next.addEventListener("error", () => {
    next.remove();
    worn = worn === next ? former : worn;
  });
  worn = next;
  document.head.append(next);
}
