import type { ErrorObject } from 'ajv';
import { parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { KeySpan } from '../model/span';
import { nearest, quotedChoice } from '../text/nearest';
import { isTooDeep } from '../text/jsonNesting';
import { tooDeepSentence } from './nesting';
import type { Project } from './projectValues';
import { validate } from './validator';

export interface ProjectReading {
  /** What could be read; parts with an error are left out, an unreadable file gives an empty project. */
  readonly project: Project;
  /** Complete sentences. */
  readonly problems: readonly string[];
  /** Where each key stands in the text, by its path with dots: `board`, `models.0.target.clockHz`. */
  readonly spans: ReadonlyMap<string, KeySpan>;
}

/** Reads the text of a `milliwatt.json`; comments and trailing commas are allowed. Never throws. */
export function readProject(text: string): ProjectReading {
  if (isTooDeep(text)) return { project: {}, problems: [tooDeepSentence], spans: new Map() };
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) return { project: {}, problems: [syntaxSentence(text, errors[0])], spans: new Map() };
  const spans = spansOf(text, parseTree(text, [], { allowTrailingComma: true }));
  if (validate(value)) return { project: value, problems: [], spans };
  const problems = (validate.errors ?? []).map((error) => sentence(error, value));
  return { project: withoutErrors(value, validate.errors ?? []), problems: fewOf([...new Set(problems)]), spans };
}

/** Sentences that are told of one file. */
const mostProblems = 50;

function fewOf(problems: readonly string[]): readonly string[] {
  if (problems.length <= mostProblems) return problems;
  const rest = problems.length - mostProblems;
  return [...problems.slice(0, mostProblems), `milliwatt.json: ${rest} more parts are not valid.`];
}

/** Spans of all properties, each with its key and its value. */
function spansOf(text: string, root: Node | undefined): ReadonlyMap<string, KeySpan> {
  const spans = new Map<string, KeySpan>();
  // Properties come in the order of the text: each line break is passed once.
  let [line, lineStart] = [0, 0];
  const spanOf = ({ offset, length }: Node): KeySpan => {
    for (let next = text.indexOf('\n', lineStart); next >= 0 && next < offset; next = text.indexOf('\n', lineStart)) {
      [line, lineStart] = [line + 1, next + 1];
    }
    return { start: offset, end: offset + length, line, column: offset - lineStart };
  };
  const walk = (node: Node, path: string): void => {
    node.children?.forEach((child, index) => {
      const [key, value] = child.type === 'property' ? (child.children ?? []) : [undefined, child];
      if (value === undefined) return;
      const below = `${path}${key === undefined ? index : String(key.value)}`;
      if (key !== undefined) spans.set(below, spanOf(child));
      walk(value, `${below}.`);
    });
  };
  if (root !== undefined) walk(root, '');
  return spans;
}

function syntaxSentence(text: string, error: ParseError): string {
  const before = text.slice(0, error.offset);
  const line = before.split('\n').length;
  return `milliwatt.json cannot be read: ${printParseErrorCode(error.error)} in line ${line}. Correct the JSON there.`;
}

function sentence(error: ErrorObject, value: unknown): string {
  const place = error.instancePath === '' ? 'the file' : `"${error.instancePath.slice(1).replaceAll('/', '.')}"`;
  const extra = 'additionalProperty' in error.params ? ` ("${String(error.params.additionalProperty)}")` : '';
  const near = nearMiss(error, value);
  if (near !== undefined) return `milliwatt.json: ${place} ${near}`;
  return `milliwatt.json: ${place} ${error.message ?? 'is not valid'}${extra}. The schema offers what is allowed on Ctrl+Space.`;
}

/** What a word may have meant that is none of those allowed, as the end of a sentence. */
function nearMiss({ instancePath, params }: ErrorObject, value: unknown): string | undefined {
  const allowed: unknown = params.allowedValues;
  const given = instancePath
    .slice(1)
    .split('/')
    .reduce<unknown>(
      (at, key) => (at instanceof Object && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
      value,
    );
  if (!Array.isArray(allowed) || typeof given !== 'string') return undefined;
  const names = allowed.filter((name) => typeof name === 'string');
  return `cannot be "${given.slice(0, 80)}"; did you mean ${quotedChoice(nearest(given, names))}?`;
}

/** Drops the top-level keys that have an error, so that one wrong key does not silence the rest. */
function withoutErrors(value: unknown, errors: readonly ErrorObject[]): Project {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const wrong = new Set(errors.map((error) => error.instancePath.split('/').at(1)));
  const unknown = new Set(
    errors.map((error) => ('additionalProperty' in error.params ? String(error.params.additionalProperty) : undefined)),
  );
  const sound = Object.entries<unknown>({ ...value }).filter(([key]) => !wrong.has(key) && !unknown.has(key));
  return Object.fromEntries<unknown>(sound);
}
