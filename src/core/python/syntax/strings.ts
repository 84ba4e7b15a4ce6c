const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

/** Where a literal's quotes begin and end, and whether backslashes stand for themselves. */
export function quotesOf(literal: string): { readonly start: number; readonly end: number; readonly isRaw: boolean } {
  let at = 0;
  while (at < literal.length && literal[at] !== '"' && literal[at] !== "'") at += 1;
  const isRaw = /r/i.test(literal.slice(0, at));
  if (at === literal.length) return { start: 0, end: at, isRaw };
  const width = literal.startsWith(literal[at].repeat(3), at) ? 3 : 1;
  const closed = literal.length >= at + 2 * width && literal.endsWith(literal[at].repeat(width));
  return { start: at + width, end: closed ? literal.length - width : literal.length, isRaw };
}

/** What a string literal says. */
export function stringValue(literal: string): string {
  const { start, end, isRaw } = quotesOf(literal);
  const inner = literal.slice(start, end);
  return isRaw ? inner : unescaped(inner);
}

export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^])/g, (whole, what: string) => {
    if (what.length > 1) return String.fromCharCode(Number.parseInt(what.slice(1), 16));
    return escapes.get(what) ?? whole;
  });
}

/** What a number literal says; imaginary ones are not numbers to us. */
export function numberValue(literal: string): { readonly value: number; readonly isFloat: boolean } {
  const text = literal.replace(/_/g, '');
  const isFloat = !/^0[xob]/i.test(text) && /[.e]/i.test(text);
  return { value: Number(text), isFloat };
}
