import { nothing } from 'lit-html';

/** An element as a page's view describes it, without a browser. */
export interface Drawn {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly listeners: Readonly<Record<string, (event: unknown) => void>>;
  readonly children: readonly (Drawn | string)[];
}

interface Building extends Drawn {
  readonly attributes: Record<string, string>;
  readonly properties: Record<string, unknown>;
  readonly listeners: Record<string, (event: unknown) => void>;
  readonly children: (Drawn | string)[];
}

interface Template {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

interface Directive {
  readonly _$litDirective$: new (part: object) => { render(...values: readonly unknown[]): unknown };
  readonly values: readonly unknown[];
}

const voidTags: ReadonlySet<string> = new Set(['br', 'img', 'input', 'link', 'meta']);
/** Stands where a value goes: a character that no template has, around the value's number. */
const hole = /\u0001(\d+)\u0001/;
const childPart = 2;
const attributePart = 1;

/** Draws a view as lit-html would, with its templates, directives and kinds of attributes. */
export function drawn(view: unknown): Drawn {
  const root = element('root');
  append(root, view);
  return root;
}

function element(tag: string): Building {
  return { tag, attributes: {}, properties: {}, listeners: {}, children: [] };
}

function append(parent: Building, value: unknown): void {
  if (value === nothing || value === undefined || value === null || value === '') return;
  if (isTemplate(value)) build(parent, value);
  else if (isDirective(value)) append(parent, outcome(value, { type: childPart }));
  else if (typeof value === 'object' && Symbol.iterator in value)
    for (const each of value as Iterable<unknown>) append(parent, each);
  else parent.children.push(plain(value));
}

function build(parent: Building, { strings, values }: Template): void {
  const html = strings.reduce((text, part, index) => `${text}\u0001${index - 1}\u0001${part}`);
  const open: Building[] = [parent];
  for (const [token] of html.matchAll(/<!--[\s\S]*?-->|<(?:"[^"]*"|[^">])*>|[^<]+/g)) {
    const top = open[open.length - 1];
    if (token.startsWith('<!--')) continue;
    if (token.startsWith('</')) {
      const name = token.slice(2, -1).trim();
      if (open.pop()?.tag !== name) throw new Error(`The template closes <${name}>, which is not open.`);
    } else if (token.startsWith('<')) {
      const child = opened(token, values);
      top.children.push(child);
      if (!voidTags.has(child.tag) && !token.endsWith('/>')) open.push(child);
    } else text(top, token, values);
  }
  if (open.length !== 1) throw new Error(`The template leaves <${open[open.length - 1].tag}> open.`);
}

function text(parent: Building, token: string, values: readonly unknown[]): void {
  token.split(hole).forEach((part, index) => {
    if (index % 2 === 1) append(parent, values[Number(part)]);
    else if (part !== '') parent.children.push(part.replaceAll('&gt;', '>').replaceAll('&lt;', '<'));
  });
}

function opened(token: string, values: readonly unknown[]): Building {
  const [, tag, rest] = /^<([\w-]+)([\s\S]*?)\/?>$/.exec(token)!;
  const child = element(tag);
  for (const [, name, quoted, bare] of rest.matchAll(/([^\s=]+)(?:=(?:"([^"]*)"|([^\s]+)))?/g)) {
    if (hole.test(name)) continue;
    attribute(child, name, part(name, quoted ?? bare ?? '', values));
  }
  return child;
}

/** One expression alone keeps its type; among text it becomes text. */
function part(name: string, source: string, values: readonly unknown[]): unknown {
  const pieces = source.split(hole).map((piece, index) => (index % 2 === 1 ? values[Number(piece)] : piece));
  const shown = pieces.map((piece) =>
    isDirective(piece) ? outcome(piece, { type: attributePart, name, strings: ['', ''] }) : piece,
  );
  if (shown.length === 3 && shown[0] === '' && shown[2] === '') return shown[1];
  return shown.includes(nothing) ? nothing : shown.map((piece) => plain(piece)).join('');
}

function attribute(child: Building, name: string, value: unknown): void {
  const kind = name.charAt(0);
  const key = name.slice(1);
  if (kind === '@') child.listeners[key] = value as (event: unknown) => void;
  else if (kind === '.') child.properties[key] = value;
  else if (kind === '?') {
    if (value) child.attributes[key] = '';
  } else if (value !== nothing) child.attributes[name] = plain(value);
}

function plain(value: unknown): string {
  return ((value ?? '') as { toString(): string }).toString();
}

function isTemplate(value: unknown): value is Template {
  return typeof value === 'object' && value !== null && '_$litType$' in value;
}

function isDirective(value: unknown): value is Directive {
  return typeof value === 'object' && value !== null && '_$litDirective$' in value;
}

function outcome({ _$litDirective$: Kind, values }: Directive, place: object): unknown {
  return new Kind(place).render(...values);
}

/** Every element below `root` that a selector names: `tag.class#id[name=value]`, its parts in any number. */
export function all(root: Drawn, selector: string): readonly Drawn[] {
  const inner = root.children.filter((child) => typeof child !== 'string');
  return inner.flatMap((child) => [...(matches(child, selector) ? [child] : []), ...all(child, selector)]);
}

/** The only element that a selector names; none or several are a failure. */
export function one(root: Drawn, selector: string): Drawn {
  const found = all(root, selector);
  if (found.length !== 1) throw new Error(`${found.length} elements are ${selector}.`);
  return found[0];
}

function matches({ tag, attributes }: Drawn, selector: string): boolean {
  return [...selector.matchAll(/\[([\w-]+)="?([^\]"]*)"?\]|([.#]?)([\w-]+)/g)].every(([, key, value, kind, name]) => {
    if (key !== undefined) return attributes[key] === value;
    if (kind === '#') return attributes.id === name;
    return kind === '.' ? (attributes.class ?? '').split(/\s+/).includes(name) : tag === name;
  });
}

/** The text of an element as it is read: runs of white space are one. */
export function textOf(node: Drawn | string): string {
  return rawText(node).replace(/\s+/g, ' ').trim();
}

function rawText(node: Drawn | string): string {
  return typeof node === 'string' ? node : node.children.map(rawText).join('');
}

/** The texts of all that a selector names. */
export function texts(root: Drawn, selector: string): readonly string[] {
  return all(root, selector).map(textOf);
}

/** The cells of a table's body, row by row. */
export function cells(table: Drawn): readonly (readonly string[])[] {
  return all(one(table, 'tbody'), 'tr').map(({ children }) =>
    children.filter((child) => typeof child !== 'string' && (child.tag === 'td' || child.tag === 'th')).map(textOf),
  );
}

/** The element whose own text is exactly this. */
export function named(root: Drawn, selector: string, label: string): Drawn {
  const found = all(root, selector).filter((each) => textOf(each) === label);
  if (found.length !== 1) throw new Error(`${found.length} of ${selector} say "${label}".`);
  return found[0];
}

/** An event as far as views look at it. */
export interface FakeEvent {
  readonly isPrevented: boolean;
}

/** Lets an element hear an event; `more` is what the event carries. */
export function fire(node: Drawn, type: string, more: object = {}): FakeEvent {
  let isPrevented = false;
  const preventDefault = (): void => void (isPrevented = true);
  const target = { closest: () => null, ...node.attributes, ...node.properties };
  node.listeners[type]({ preventDefault, target, currentTarget: target, ...more });
  return { isPrevented };
}

/** Stands in for the document while `run` runs; what it looked up to give it the focus. */
export function focusedBy(run: () => void): readonly string[] {
  const looked: string[] = [];
  const found = (what: string): object => ({ focus: () => void looked.push(what) });
  const stand = { querySelector: found, getElementById: (id: string) => found(`#${id}`) };
  const world = globalThis as { document?: unknown };
  const before = world.document;
  world.document = stand;
  try {
    run();
  } finally {
    world.document = before;
  }
  return looked;
}
