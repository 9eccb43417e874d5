"use strict";
const byId = id => document.getElementById(id);
const svg = (name, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const lampWords = {
  Offline: ["Aus: keine Verbindung", "off: not connected"],
  Ready: ["Bereit", "ready"],
  Waiting: ["Blinkt: wartet auf Antwort", "pulsing: waiting for the hub"],
  Accepted: ["Leuchtet: angenommen", "solid: accepted"],
  Refused: ["Dreimal geblinkt: nicht ausgeführt", "three blinks: refused"],
  Blocked: ["Blinkt langsam: außer Betrieb", "slow blinking: out of order"],
};
const faultWords = {
  NearEnd: "Papier fast leer", PaperOut: "Papier leer", CoverOpen: "Deckel offen", CutterError: "Messer klemmt",
  Slow: "Langsam", LinkLost: "Kabel ab", PowerOff: "Strom weg",
};
const english = { next: "next", recall: "call again", arrived: "has arrived", finish: "finish", missed: "did not come" };
const conditionWords = {
  Ready: "Drucker bereit", NearEnd: "Papier fast leer", PaperOut: "Papier leer", CoverOpen: "Deckel offen", CutterError: "Messer klemmt",
  Disconnected: "Drucker nicht erreichbar", Unknown: "Drucker unbekannt",
};
const post = path => fetch(path, { method: "POST" });

// Seven segments A to G and the point, as polygons of one digit 100 wide and 180 high.
const shapes = [
  "20,8 80,8 88,16 80,24 20,24 12,16", "90,18 98,26 98,78 90,86 82,78 82,26", "90,94 98,102 98,154 90,162 82,154 82,102",
  "20,156 80,156 88,164 80,172 20,172 12,164", "10,94 18,102 18,154 10,162 2,154 2,102", "10,18 18,26 18,78 10,86 2,78 2,26",
  "20,82 80,82 88,90 80,98 20,98 12,90",
];
let segments = [];
function drawSign() {
  for (let digit = 0; digit < 4; digit++) {
    const group = svg("g", { transform: `translate(${digit * 116} 0) skewX(-4) translate(6 0) scale(.94 1)` });
    const parts = shapes.map(points => svg("polygon", { points, class: "seg" }));
    parts.push(svg("circle", { cx: 112, cy: 164, r: 7, class: "seg" }));
    group.append(...parts);
    byId("sign").append(group);
    segments.push(parts);
  }
}

function showSign(sign) {
  byId("sign-section").hidden = !sign;
  if (!sign) return;
  if (!segments.length) drawSign();
  sign.segments.forEach((bits, digit) => segments[digit].forEach((part, bit) => part.classList.toggle("lit", (bits >> bit & 1) === 1)));
  byId("sign").classList.toggle("dim", sign.brightness < 3);
  byId("sign").dataset.text = sign.text;
  byId("sign-text").textContent = sign.text ? `Anzeige: ${sign.text}` : "Anzeige dunkel";
}

function showButtons(view) {
  const box = byId("buttons");
  if (box.childElementCount) return;
  const isPrinter = view.kind === "ticket-printer";
  box.classList.toggle("services", isPrinter);
  view.buttons.forEach((button, index) => {
    const element = document.createElement("button");
    element.id = `button-${button.name}`;
    element.type = "button";
    element.textContent = button.label;
    if (english[button.name]) {
      const small = document.createElement("small");
      small.lang = "en";
      small.textContent = english[button.name];
      element.append(small);
    }
    element.classList.toggle("first", !isPrinter && index === 0);
    element.addEventListener("click", () => post(`press/${button.name}`));
    box.append(element);
  });
}

function showFaults(view) {
  const hasEmulator = view.kind === "ticket-printer" && view.printer !== null;
  byId("faults-section").hidden = byId("tray-section").hidden = !hasEmulator;
  const box = byId("faults");
  if (!box.childElementCount) {
    for (const [fault, words] of Object.entries(faultWords)) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "checkbox";
      input.id = `fault-${fault}`;
      input.addEventListener("change", () => post(`fault/${fault}/${input.checked ? "on" : "off"}`));
      label.append(input, words);
      box.append(label);
    }
  }
  for (const fault of Object.keys(faultWords)) byId(`fault-${fault}`).checked = view.faults.includes(fault);
}

function showTray(slips) {
  const tray = byId("tray");
  const known = new Set([...tray.children].map(item => item.id));
  const wanted = new Set(slips.map(slip => `slip-${slip.nr}`));
  for (const item of [...tray.children]) if (!wanted.has(item.id)) item.remove();
  for (const slip of [...slips].reverse()) {
    if (known.has(`slip-${slip.nr}`)) continue;
    const item = document.createElement("li");
    const image = document.createElement("img");
    item.id = `slip-${slip.nr}`;
    image.src = `slips/${slip.nr}.png`;
    image.alt = slip.text;
    item.append(image);
    tray.prepend(item);
  }
  byId("tray-empty").hidden = slips.length > 0;
}

function show(view) {
  document.title = `${view.device} – virtuelles Gerät`;
  byId("device").dataset.lamp = view.lamp;
  byId("device-name").textContent = `${view.device} · ${view.office}`;
  byId("device-board").textContent = view.printer ? `${view.board} · ${conditionWords[view.printer]}` : view.board;
  const link = byId("link");
  link.classList.toggle("on", view.connected);
  link.textContent = view.connected ? "verbunden" : view.depth ? `offline, ${view.depth} warten` : "offline";
  byId("lamp").classList.toggle("lit", view.lit === true);
  const [german, words] = lampWords[view.lamp];
  if (byId("lamp-text").textContent !== german) byId("lamp-text").textContent = german;
  byId("lamp-en").textContent = words;
  showSign(view.sign);
  showButtons(view);
  showFaults(view);
  showTray(view.slips);
}

// The browser itself connects again when the device was restarted.
const watch = new EventSource("watch");
watch.onmessage = message => show(JSON.parse(message.data));
watch.onerror = () => {
  byId("link").classList.remove("on");
  byId("link").textContent = "Gerät aus";
};
