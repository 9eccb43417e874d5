// How screens read and write their page.

/** An element that the page must have. */
export function need<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T {
  const found = root.querySelector<T>(selector);
  if (found === null) {
    throw new Error(`The page has no ${selector}.`);
  }
  return found;
}

/** Writes text only when it differs: a screen that runs for months repeats itself all day. */
export function write(element: Element, text: string, language?: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
  if (language !== undefined && element.getAttribute("lang") !== language) {
    element.setAttribute("lang", language);
  }
}

/** Shows or hides, and touches the page only when that changes. */
export function show(element: HTMLElement, visible: boolean): void {
  if (element.hidden === visible) {
    element.hidden = !visible;
  }
}

/** Sets an attribute only when it differs. */
export function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** A new element with its attributes and its content. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {},
  ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...content);
  return element;
}

/** A copy of one of the page's templates. */
export function copy(template: string): HTMLElement {
  return need("*", need<HTMLTemplateElement>(template).content).cloneNode(true) as HTMLElement;
}

/** As many copies of a page's template as there are items; each is kept and rewritten. */
export function fill<T>(list: Element, template: string, items: readonly T[], each: (element: HTMLElement, item: T) => void): void {
  while (list.children.length < items.length) {
    list.append(copy(template));
  }
  while (list.children.length > items.length) {
    list.lastElementChild?.remove();
  }
  items.forEach((item, index) => each(list.children[index] as HTMLElement, item));
}

/** Points an icon at one of the symbols that its page carries. */
export function icon(svg: Element, name: string): void {
  const use = need("use", svg);
  const target = `#icon-${name}`;
  if (use.getAttribute("href") !== target) {
    use.setAttribute("href", target);
  }
}

/** Letter and digits stand apart, so the letter never reads as a digit. */
export function writeNumber(element: Element, number: string): void {
  write(need(".letter", element), number.slice(0, 1));
  write(need(".digits", element), number.slice(1));
  element.classList.toggle("long", number.length > 4);
}
