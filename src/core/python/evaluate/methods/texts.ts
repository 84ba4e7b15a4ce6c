import type { PythonMachine } from '../machine';
import { filledIn, textOfValue } from '../format';
import { unknown } from '../machine';
import { derived } from '../operators';
import { bool, builtin, int, list, numberOf, str, stringOf, tuple } from '../plainValues';
import { mostItems } from '../sizes';
import type { Call, StringValue, PythonValue } from '../values';

type Method = (text: string, call: Call, machine: PythonMachine) => PythonValue | undefined;

/** `text.name`. */
export function textMethod(machine: PythonMachine, { value }: StringValue, name: string): PythonValue | undefined {
  const method = methods.get(name);
  if (method === undefined) return undefined;
  return builtin(name, (call) => {
    if (name !== 'format' && name !== 'join') {
      const open = call.positional.find((each) => each.kind === 'unknown');
      if (open?.kind === 'unknown') return derived(open, call.at);
    }
    return method(value, call, machine) ?? unknown(`What ${name} gives is not followed.`, call.at);
  });
}

const plain =
  (change: (text: string) => string): Method =>
  (text) =>
    str(change(text));
const test =
  (holds: (text: string) => boolean): Method =>
  (text) =>
    bool(holds(text));

function ends(how: 'startsWith' | 'endsWith'): Method {
  return (text, { positional: [wanted] }) => {
    const all = wanted.kind === 'tuple' ? wanted.items : [wanted];
    return bool(all.some((each) => each.kind === 'string' && text[how](each.value)));
  };
}

function strip(from: 'both' | 'left' | 'right'): Method {
  return (text, { positional: [wanted] }) => {
    const letters = wanted === undefined || wanted.kind === 'none' ? undefined : stringOf(wanted);
    const isGone = (letter: string): boolean => (letters === undefined ? /\s/.test(letter) : letters.includes(letter));
    let [start, end] = [0, text.length];
    while (from !== 'right' && start < end && isGone(text[start])) start += 1;
    while (from !== 'left' && end > start && isGone(text[end - 1])) end -= 1;
    return str(text.slice(start, end));
  };
}

function split(from: 'left' | 'right'): Method {
  return (text, { positional, named }) => {
    const separator = positional.at(0) ?? named.get('sep');
    const most = numberOf(positional.at(1) ?? named.get('maxsplit')) ?? -1;
    const by = separator === undefined || separator.kind === 'none' ? undefined : stringOf(separator);
    const parts =
      by === undefined
        ? text
            .trim()
            .split(/\s+/)
            .filter((part) => part !== '')
        : by === ''
          ? [text]
          : text.split(by);
    if (most < 0 || parts.length <= most + 1) return list(parts.map(str));
    const glue = by ?? ' ';
    if (from === 'left') return list([...parts.slice(0, most), parts.slice(most).join(glue)].map(str));
    const cut = parts.length - most;
    return list([parts.slice(0, cut).join(glue), ...parts.slice(cut)].map(str));
  };
}

function partition(text: string, at: number, width: number): PythonValue {
  if (at < 0) return tuple([str(text), str(''), str('')]);
  return tuple([str(text.slice(0, at)), str(text.slice(at, at + width)), str(text.slice(at + width))]);
}

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['lower', plain((text) => text.toLowerCase())],
  ['casefold', plain((text) => text.toLowerCase())],
  ['upper', plain((text) => text.toUpperCase())],
  ['title', plain((text) => text.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase()))],
  ['capitalize', plain((text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase())],
  ['isdigit', test((text) => /^\d+$/.test(text))],
  ['isnumeric', test((text) => /^\d+$/.test(text))],
  ['isalpha', test((text) => /^[A-Za-z]+$/.test(text))],
  ['isupper', test((text) => text === text.toUpperCase() && text !== text.toLowerCase())],
  ['islower', test((text) => text === text.toLowerCase() && text !== text.toUpperCase())],
  ['startswith', ends('startsWith')],
  ['endswith', ends('endsWith')],
  ['strip', strip('both')],
  ['lstrip', strip('left')],
  ['rstrip', strip('right')],
  ['split', split('left')],
  ['rsplit', split('right')],
  ['splitlines', (text) => list(text.split(/\r?\n/).map(str))],
  ['encode', (text) => str(text)],
  [
    'replace',
    (text, { positional: [from, to], at }) =>
      from?.kind === 'string' && to?.kind === 'string' ? together(text.split(from.value), to.value, at) : undefined,
  ],
  ['removeprefix', (text, { positional: [from] }) => cut(text, stringOf(from), 'startsWith')],
  ['removesuffix', (text, { positional: [from] }) => cut(text, stringOf(from), 'endsWith')],
  ['find', (text, { positional: [from] }) => (from?.kind === 'string' ? int(text.indexOf(from.value)) : undefined)],
  ['index', (text, { positional: [from] }) => (from?.kind === 'string' ? int(text.indexOf(from.value)) : undefined)],
  [
    'count',
    (text, { positional: [from] }) =>
      from?.kind === 'string' && from.value !== '' ? int(text.split(from.value).length - 1) : undefined,
  ],
  [
    'partition',
    (text, { positional: [by] }) =>
      by?.kind === 'string' ? partition(text, text.indexOf(by.value), by.value.length) : undefined,
  ],
  [
    'rpartition',
    (text, { positional: [by] }) =>
      by?.kind === 'string' ? partition(text, text.lastIndexOf(by.value), by.value.length) : undefined,
  ],
  ['zfill', (text, { positional: [width] }) => str(text.padStart(Math.min(1000, numberOf(width) ?? 0), '0'))],
  ['join', join],
  [
    'format',
    (text, { positional, named, at }, machine) =>
      filledIn(text, positional, named, { at, look: (value, path) => followed(machine, value, path, at) }),
  ],
]);

function cut(text: string, part: string | undefined, how: 'startsWith' | 'endsWith'): PythonValue | undefined {
  if (part === undefined) return undefined;
  if (!text[how](part)) return str(text);
  return str(how === 'startsWith' ? text.slice(part.length) : text.slice(0, text.length - part.length));
}

function join(text: string, { positional: [given], at }: Call, machine: PythonMachine): PythonValue {
  const items = given === undefined ? undefined : machine.iterate(given, at);
  if (items === undefined)
    return given?.kind === 'unknown' ? derived(given, at) : unknown('What is joined is not known.', at);
  const texts: string[] = [];
  for (const item of items) {
    const each = textOfValue(item, at);
    if (typeof each !== 'string') return each;
    texts.push(each);
  }
  return together(texts, text, at);
}

/** Texts joined, unless they become longer than what is followed. */
function together(texts: readonly string[], glue: string, at: Call['at']): PythonValue {
  const length = texts.reduce((sum, each) => sum + each.length + glue.length, 0);
  return length > mostItems ? unknown('This text is longer than what is followed here.', at) : str(texts.join(glue));
}

/** `{0.name[1]}` of a format. */
function followed(machine: PythonMachine, value: PythonValue, path: string, at: Call['at']): PythonValue {
  let reached = value;
  for (const [, name, index] of path.matchAll(/\.(\w+)|\[([^\]]*)\]/g) as Iterable<(string | undefined)[]>) {
    if (name !== undefined) reached = machine.attribute(reached, name, at);
    else reached = machine.item(reached, /^\d+$/.test(index ?? '') ? int(Number(index)) : str(index ?? ''), at);
  }
  return reached;
}
