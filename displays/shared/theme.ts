import { make } from "./dom.js";

/** Wears the colours of the town, which is the first part of the screen's name: "alsdorf.rathaus.halle". */
export function wearTheme(name: string): void {
  const town = name.split(".")[0];
  if (town !== undefined && town !== "") {
    document.head.append(make("link", { rel: "stylesheet", href: `/theme/${encodeURIComponent(town)}.css` }));
  }
}
