import type { FirmwareEvent } from '../events';
import { withoutLogPrefix } from '../logPrefix';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

/**
 * `%s took %u ticks (%d ms).` of `MicroProfiler::Log`; the benchmarks leave out the dot. Older `%d` ticks may be
 * negative.
 */
const entry = /(\S.{0,119}?) took (-?\d{1,10}) ticks \((-?\d{1,10}) ms\)\.?/g;
const full = /total number of events exceeded the maximum of (\d{1,9})/;

/**
 * TFLM's `micro_profiler.cc`: one line an event, in order of their beginning. A line can hold two whose break was lost.
 */
export const tflmLog: Dialect = {
  id: 'tflm-log',
  describes: 'MicroProfiler::Log of TensorFlow Lite Micro: ticks of each operator',
  create: () => ({ id: 'tflm-log', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (line.includes(' took ')) return entriesOf(withoutLogPrefix(line));
  if (!line.includes('events exceeded')) return noEvents;
  const found = full.exec(line);
  return found === null ? noEvents : [{ type: 'profiler-full', maximumEvents: Number(found[1]) }];
}

function entriesOf(text: string): readonly FirmwareEvent[] {
  return Array.from(text.matchAll(entry), ([, tag, printed, ms]) => {
    // A count above 2^31 is negative where it was printed as a signed number.
    const ticks = Number(printed) < 0 ? Number(printed) + 2 ** 32 : Number(printed);
    return phaseOf(tag, ticks) ?? { type: 'profile-entry', dialect: 'tflm-log', tag, ticks, ms: Number(ms) };
  });
}

/** What `keyword_benchmark`, `person_detection_benchmark` and the generic benchmark time beside operators. */
const setUp = /\b(?:Initialize\w{0,40}Runner|TfliteGetModel|AllocateTensors)$/;
const whole = /\b(\w{1,60}I[et]\w{0,4}rations)\((\d{1,6})\)$/;

function phaseOf(tag: string, ticks: number): FirmwareEvent | undefined {
  const inferences = tag.endsWith(')') ? whole.exec(tag) : null;
  if (inferences !== null) {
    return { type: 'benchmark-phase', name: inferences[0], ticks, inferences: Number(inferences[2]) };
  }
  const name = setUp.exec(tag)?.[0];
  return name === undefined ? undefined : { type: 'benchmark-phase', name, ticks };
}
