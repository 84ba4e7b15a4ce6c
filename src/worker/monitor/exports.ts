import { hexRowBytes, hexRows } from '../../core/serial/hex';
import { replaceFileSync } from '../../files/writing';
import type { HexReply } from '../../protocol/monitor';
import type { TimestampMode } from '../../protocol/monitorState';
import type { SavedReply, TextReply } from '../../protocol/monitorWorker';
import { lineBefore, plainLine } from './rows';
import type { MonitorStream } from './stream';

const mostHexRows = 4000;
/** A text longer than this cannot be handed to the clipboard of many systems. */
const longestText = 32 * 1024 * 1024;
const writtenAtOnce = 1024 * 1024;

export function hexReply(stream: MonitorStream, from: number, to: number): HexReply {
  const { bytes } = stream;
  const first = Math.max(from, Math.floor(bytes.firstOffset / hexRowBytes));
  const last = Math.min(to, first + mostHexRows);
  const start = Math.max(first * hexRowBytes, bytes.firstOffset);
  // The first row may have lost its beginning: it starts where bytes are kept.
  const rowEnd = (Math.floor(start / hexRowBytes) + 1) * hexRowBytes;
  const head = start % hexRowBytes === 0 ? [] : hexRows(bytes.read(start, rowEnd), start);
  const rest = start % hexRowBytes === 0 ? start : rowEnd;
  const rows = [...head, ...hexRows(bytes.read(rest, last * hexRowBytes), rest)];
  return { rows: rows.map((row) => ({ ...row, timeMs: bytes.timeAt(row.offset) })), startMs: stream.startMs };
}

/** Rows as text, for the clipboard. */
export function textReply(
  stream: MonitorStream,
  { from, to, timestamps }: { readonly from?: number; readonly to?: number; readonly timestamps: TimestampMode },
): TextReply {
  const parts: string[] = [];
  let length = 0;
  for (const { line } of stream.rows(from ?? 0, to ?? Infinity)) {
    const text = plainLine(line, lineBefore(stream.history, line.number), timestamps, stream.startMs);
    length += text.length + 1;
    if (length > longestText) return { text: parts.join('\n'), lines: parts.length, isWhole: false };
    parts.push(text);
  }
  return { text: parts.join('\n'), lines: parts.length, isWhole: true };
}

/** Writes what was received to a file: the very bytes, or with a filter the lines that pass. */
export function saveReply(stream: MonitorStream, path: string): SavedReply {
  const { bytes } = stream;
  if (stream.filter === undefined) {
    const isWhole = bytes.firstOffset === 0;
    return { bytes: writeParts(path, [bytes.read(bytes.firstOffset, bytes.endOffset)]), isWhole };
  }
  return { bytes: writeParts(path, filteredLines(stream)), isWhole: stream.history.firstLine === 0 };
}

export function savedPlot(stream: MonitorStream, path: string): SavedReply {
  return { bytes: writeParts(path, linesOf(stream.plots.csvLines())), isWhole: true };
}

function* filteredLines(stream: MonitorStream): Generator<Uint8Array> {
  const lineFeed = Uint8Array.of(0x0a);
  for (const { line } of stream.rows(0, Infinity)) {
    yield line.bytes;
    yield lineFeed;
  }
}

function* linesOf(lines: Iterable<string>): Generator<Uint8Array> {
  for (const line of lines) yield Buffer.from(`${line}\n`);
}

/** The user has agreed to replace an existing file in the dialog that asked for it. */
function writeParts(path: string, parts: Iterable<Uint8Array>): number {
  return replaceFileSync(path, gathered(parts));
}

/** Lines are many and short: they are written together. */
function* gathered(parts: Iterable<Uint8Array>): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for (const part of parts) {
    waiting.push(part);
    waitingBytes += part.length;
    if (waitingBytes < writtenAtOnce) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
  }
  yield Buffer.concat(waiting);
}
