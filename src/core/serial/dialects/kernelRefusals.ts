import type { FirmwareEvent } from '../events';
import { withoutLogPrefix } from '../logPrefix';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

/** Types as `TfLiteTypeGetName` writes them (`core/c/common.cc`). */
const typeName =
  /\b(NOTYPE|FLOAT32|FLOAT16|BFLOAT16|FLOAT64|INT2|INT4|INT8|INT16|INT32|INT64|UINT4|UINT8|UINT16|UINT32|UINT64|BOOL|STRING|COMPLEX64|COMPLEX128|RESOURCE|VARIANT)\b/g;
/** The kernels' sentences: a type is "not supported", "only" others are, or it is what they "got". */
const refusal =
  /\b(?:[Tt]ypes?|[Ii]nput|[Oo]utput) .{0,80}not (?:currently )?supported|[Tt]ype .{0,40}currently not supported|\b[Oo]nly .{0,60}support|only supports .{0,40}got|doesn't support input type|requires float/;
const check =
  /([\w./\\-]{1,200}\.(?:cc|cpp|h)):(\d{1,6}) (.{1,200}?(?: was not true\.?| != .{1,80}| not near .{1,80}))$/;
const hybrid = /(?:([\w./\\-]{1,200}\.(?:cc|cpp|h)) )?Hybrid models are not supported/;

/**
 * A kernel that refuses what the model asks: a type, float with integer weights ("hybrid"), or a condition of
 * `TF_LITE_ENSURE`.
 */
export const kernelRefusals: Dialect = {
  id: 'kernel-refusals',
  describes: 'Types, hybrid models and conditions that a kernel refuses',
  create: () => ({ id: 'kernel-refusals', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (line.length > 600) return noEvents;
  if (line.includes('Hybrid models')) return hybridOf(line);
  if (line.includes(' was not true') || line.includes(' != ') || line.includes(' not near ')) return checkOf(line);
  const mentions = line.includes('support') || line.includes('requires float');
  return mentions && refusal.test(line) ? typeOf(line) : noEvents;
}

function hybridOf(line: string): readonly FirmwareEvent[] {
  const file = hybrid.exec(line)?.[1];
  return [file === undefined ? { type: 'hybrid-refused' } : { type: 'hybrid-refused', file }];
}

function checkOf(line: string): readonly FirmwareEvent[] {
  const found = check.exec(line.trimEnd());
  if (found === null) return noEvents;
  return [{ type: 'check-failed', file: found[1], line: Number(found[2]), condition: found[3] }];
}

/**
 * The type that is refused comes after those that are allowed ("only FLOAT32 and INT8, got INT16"). Without one it is
 * another's sentence.
 */
function typeOf(line: string): readonly FirmwareEvent[] {
  const names = Array.from(line.matchAll(typeName), ([name]) => name);
  const message = withoutLogPrefix(line);
  const isOfTflm = names.length > 0 || /float32|int8|int16|int32|requires float/.test(line);
  if (!isOfTflm) return noEvents;
  const dataType = names.at(-1);
  return [dataType === undefined ? { type: 'type-refused', message } : { type: 'type-refused', dataType, message }];
}
