import { make, set } from "./dom.js";
import type { Texts, TownLook } from "./messages.js";

const builtInSign = "/img/crest.svg";

let worn: HTMLLinkElement | null = null;
let sign = builtInSign;
let signTexts: Texts = {};

/** Wears the colours of the town, which is the first part of the screen's name: "alsdorf.rathaus.halle". */
export function wearTheme(name: string): void {
  const town = name.split(".")[0];
  if (town !== undefined && town !== "") {
    wearSheet(`/theme/${encodeURIComponent(town)}.css`);
  }
}

/** Changes into the colours and the logo of the town. */
export function wear({ sheet, logo, alt }: TownLook): void {
  wearSheet(sheet);
  signTexts = alt ?? {};
  wearSign(logo ?? builtInSign);
}

/** Changes into other colours without a moment of none; the former ones stay when these do not come. */
function wearSheet(sheet: string): void {
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

/** Says what the logo shows in the language of the page, or in German. */
export function nameSign(): void {
  const picture = document.querySelector(".crest");
  if (picture !== null) {
    const language = signTexts[document.documentElement.lang] === undefined ? "de" : document.documentElement.lang;
    set(picture, "alt", signTexts[language] ?? "");
    set(picture, "lang", language);
  }
}

/** The former sign stays until the picture of the next one is there. */
function wearSign(address: string): void {
  if (address === sign) {
    nameSign();
    return;
  }
  const former = sign;
  sign = address;
  const next = make("img", { class: address === builtInSign ? "crest" : "crest own", src: address, alt: "" });
  next.addEventListener("load", () => {
    next.style.setProperty("--ratio", String(next.naturalWidth / next.naturalHeight));
    if (sign === address) {
      document.querySelector(".crest")?.replaceWith(next);
      nameSign();
    }
  });
  next.addEventListener("error", () => {
    sign = sign === address ? former : sign;
  });
}
