import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isJsonObject, parsedJson } from '../text/json';

/** What the first line of an exported file records. */
export interface ExportStamp {
  /** The way from the folder of the exported file to the model, with `/` between folders. */
  readonly model: string;
  /** SHA-256 of the model's bytes, lower-case hexadecimal. */
  readonly hash: string;
  /** Board, runtime and version that its figures hold for. */
  readonly target: string;
  /** Id of the style that it was exported in. */
  readonly style: string;
}

const mark = 'Milliwatt export ';
/** Hexadecimal digits of SHA-256 that tell an edited file from one that was not. */
const digits = 16;
/** Longest first line that is looked at: a path of 4,096 bytes may stand there with an escape for each. */
const longestLine = 32_768;

/** A text with the line that records where it comes from, and what it was as it was written. */
export function stamped(text: string, { model, hash, target, style }: ExportStamp, comment: '//' | '#'): string {
  return `${comment} ${mark}${JSON.stringify({ model, hash, target, style, contents: contentsHash(text) })}\n${text}`;
}

/** What an exported file records; absent for any other file. */
export function stampOf(text: string): ExportStamp | undefined {
  const fields = fieldsOf(text);
  if (fields === undefined) return undefined;
  const { model, hash, target, style } = fields;
  if (typeof model !== 'string' || typeof hash !== 'string') return undefined;
  if (typeof target !== 'string' || typeof style !== 'string') return undefined;
  return { model, hash, target, style };
}

/** Whether an exported file is as it was written. False for any other file. */
export function isUnedited(text: string): boolean {
  const contents = fieldsOf(text)?.contents;
  return contents !== undefined && contents === contentsHash(text.slice(text.indexOf('\n') + 1));
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const head = text.slice(0, longestLine);
  const end = head.indexOf('\n');
  const start = ['// ', '# '].map((comment) => comment + mark).find((each) => head.startsWith(each))?.length;
  if (start === undefined || end < 0) return undefined;
  const said = parsedJson(head.slice(start, end));
  return isJsonObject(said) ? said : undefined;
}

/** Line breaks that a version control system writes are no edit. */
function contentsHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text.replaceAll('\r\n', '\n')))).slice(0, digits);
}
