import type { FirmwareEvent } from '../events';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

/** `micro_interpreter_graph.cc`; the number of the operator counts within its graph. */
const node = /Node (\S{1,60}) \(number (\d{1,6})f?\) failed to (prepare|invoke) with status (\d{1,4})/;
/** What TFLM's examples print, and their usual variations. */
const allocate = /\bAllocateTensors(?:\(\))? failed|[Ff]ailed to allocate tensors/;
const invoke = /\bInvoke(?:\(\))? (?:failed|called after initialization failed)/;
const schema = /schema version (\d{1,4}),? (?:is )?not equal to supported version (\d{1,4})/;

/** The interpreter gives up: which operator failed, in which stage, and the examples' own closing words. */
export const interpreterFailures: Dialect = {
  id: 'interpreter-failures',
  describes: 'AllocateTensors() and Invoke() that failed, and the operator that did',
  create: () => ({ id: 'interpreter-failures', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (line.includes('schema version')) return schemaOf(line);
  if (!line.includes('ailed')) return noEvents;
  const found = line.includes('Node ') ? node.exec(line) : null;
  if (found !== null) {
    const [, operator, position, stage, status] = found;
    return [
      {
        type: 'operator-failed',
        operator,
        position: Number(position),
        stage: stage as 'prepare' | 'invoke',
        status: Number(status),
      },
    ];
  }
  if (line.includes('llocate') && allocate.test(line)) return [{ type: 'allocate-failed' }];
  return line.includes('Invoke') && invoke.test(line) ? [{ type: 'invoke-failed' }] : noEvents;
}

function schemaOf(line: string): readonly FirmwareEvent[] {
  const found = schema.exec(line);
  if (found === null) return noEvents;
  return [{ type: 'schema-mismatch', modelVersion: Number(found[1]), supportedVersion: Number(found[2]) }];
}
