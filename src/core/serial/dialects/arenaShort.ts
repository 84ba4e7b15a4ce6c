import type { ArenaShort, FirmwareEvent } from '../events';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

/**
 * The three messages of `single_arena_buffer_allocator.cc`; older versions print the numbers signed, and `tail` without
 * a comma.
 */
const short =
  /Failed to (?:(resize buffer)|allocate (?:(tail|temp) )?memory)\. Requested: (\d{1,10}),? available:? (\d{1,10}),? missing: (\d{1,10})/;
/** `micro_allocator.cc` up to mid 2022; `zu` itself is printed where the C library does not know it. */
const old =
  /Arena size is too small for (all|activation) buffers\. Needed (\d{1,10}|%?zu) but only (\d{1,10}|%?zu) was available/;
/** `…, 192 bytes required` of `micro_allocator.cc`, `micro_interpreter.cc` and `micro_allocation_info.cc`. */
const requiredPattern = /Failed to allocate (?:memory for )?([^,]{1,60}?), (\d{1,10}) bytes required/;
/** Messages without an amount, and the one that names a tensor's size. */
const plain =
  /(?:Failed to allocate (?:memory for |temp\. memory for )?|Unable to allocate )([^,.]{1,60}?(?:->zero_point)?)(?:\.|,|$)/;
const sizedPattern = /Failed to allocate (variable tensor) of size (\d{1,10})/;

/** TFLM's complaints about a tensor arena that is too small. Amounts are in bytes, as printed. */
export const arenaShort: Dialect = {
  id: 'arena-short',
  describes: 'Arena too small: what TensorFlow Lite Micro asked for, had and missed',
  create: () => ({ id: 'arena-short', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (line.includes('Arena size')) return oldOf(line);
  if (!line.includes('Failed to ') && !line.includes('Unable to allocate')) return noEvents;
  const found = short.exec(line);
  if (found !== null) return [shortOf(found)];
  if (line.includes('Requested: ')) return noEvents;
  const amount = requiredPattern.exec(line) ?? sizedPattern.exec(line);
  if (amount !== null) return [{ type: 'memory-short', what: amount[1], requiredBytes: Number(amount[2]) }];
  return isOfTflm(line) ? what(line) : noEvents;
}

function shortOf([, resize, memory, requested, available, missing]: RegExpExecArray): ArenaShort {
  return {
    type: 'arena-short',
    memory: resize === undefined ? ((memory as 'tail' | 'temp' | undefined) ?? 'whole') : 'plan',
    requestedBytes: Number(requested),
    availableBytes: Number(available),
    missingBytes: Number(missing),
  };
}

function oldOf(line: string): readonly FirmwareEvent[] {
  const found = old.exec(line);
  if (found === null) return noEvents;
  const [requestedBytes, availableBytes] = found.slice(2).map(Number);
  if (Number.isNaN(requestedBytes - availableBytes)) return [{ type: 'memory-short', what: `${found[1]} buffers` }];
  const missingBytes = requestedBytes - availableBytes;
  const memory = found[1] === 'all' ? 'whole' : 'plan';
  return [{ type: 'arena-short', memory, requestedBytes, availableBytes, missingBytes }];
}

/** Things that TFLM allocates: other software fails to allocate too. */
function isOfTflm(line: string): boolean {
  return /TfLite|node_and_registrations|model metadata|zero_point|resource (?:variable|buffer)|temp\. memory for tensor/.test(
    line,
  );
}

function what(line: string): readonly FirmwareEvent[] {
  const found = plain.exec(line);
  return found === null ? noEvents : [{ type: 'memory-short', what: found[1].trim() }];
}
