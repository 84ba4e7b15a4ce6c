import type { FirmwareEvent, InferenceTime } from '../events';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

const number = String.raw`(\d{1,12}(?:\.\d{1,6})?)`;
const unit = String.raw`(ms|msecs?|milliseconds?|us|µs|μs|usecs?|microseconds?|s|secs?|seconds?|(?:cpu |clock )?cycles|ticks)\b`;
/**
 * Edge Impulse's SDK: `Timing: DSP 5 ms, inference 30 ms, anomaly 0 ms`, `Predictions (DSP: 5 ms., Classification: 30
 * ms., …)`.
 */
const edgeImpulse = new RegExp(
  String.raw`\bDSP:? ${number} ?(?:ms|us|µs)\.?, {0,2}(?:inference|classification):? ${number} ?(ms|us|µs)\b`,
  'i',
);
/**
 * `Inference took 30 ms`, `inference_time: 30`, `Invoke() time = 30 us`, `Inference time (ms): 30`,
 * `inference_us=30000`.
 */
const plain = new RegExp(
  String.raw`\b(?:inference|invoke|invocation|run_classifier)(?:\(\))?[ _-]?` +
    String.raw`(time|latency|duration|took|takes|done in|finished in|completed in|ran in|elapsed(?: time)?)?` +
    String.raw`[ _-]?(ms|us|s|cycles)?\s{0,4}(?:[([]${unit}[)\]])?\s{0,4}(?:is|was|of|in|->|[:=])?\s{0,4}${number}\s?(?:${unit})?(?![\d.]|\s?(?:runs|times|inferences|classes|%))`,
  'i',
);
/** `30 ms (1920000 cycles)`, `30 ms, 1920000 cycles`. */
const alsoCycles = /[([,]\s{0,2}(\d{1,12}) (?:cpu |clock )?cycles\b/i;
const alsoTime = /[([,]\s{0,2}(\d{1,9}(?:\.\d{1,6})?) ?(ms|us|µs)\b/i;
/** An extreme or a sum is not the time of one inference. */
const notOne = /\b(?:min(?:imum)?|max(?:imum)?|total|sum|worst|best|budget|limit|timeout)[ _-]{1,2}$/i;

/**
 * The time of whole inferences in the forms in which public firmware prints it. Without a unit it is a number of ticks,
 * which the user says the meaning of.
 */
export const inferenceTime: Dialect = {
  id: 'inference-time',
  describes: 'Times of whole inferences: Edge Impulse, inference_time: N, Invoke() took N ms, with cycles in brackets',
  create: () => ({ id: 'inference-time', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (!mentions(line) || line.includes(' ticks (')) return noEvents;
  const text = line.slice(0, 400);
  const ofSdk = text.includes('DSP') ? edgeImpulse.exec(text) : null;
  if (ofSdk !== null) return eventsOf({ ...amountOf(ofSdk[2], ofSdk[3]), ...cyclesIn(text) });
  const found = plain.exec(text);
  if (found === null || notOne.test(text.slice(0, found.index))) return noEvents;
  const [, word, inKey, inBrackets, value, behind] = found;
  const said = behind ?? inBrackets ?? inKey;
  // A number behind a bare "inference" counts something else.
  if (word === undefined && said === undefined) return noEvents;
  const rest = text.slice(found.index + found[0].length);
  return eventsOf({ ...cyclesIn(rest), ...timeIn(rest), ...amountOf(value, said) });
}

function mentions(line: string): boolean {
  return line.includes('nferenc') || line.includes('nvo') || line.includes('INFER') || line.includes('lassif');
}

type Amounts = Omit<InferenceTime, 'type'>;

/** Nothing where it is below what was measured with: 0 ms. */
function eventsOf(amounts: Amounts): readonly FirmwareEvent[] {
  const all = Object.values(amounts);
  return all.length === 0 || all.every((value) => value === 0) ? noEvents : [{ type: 'inference-time', ...amounts }];
}

function amountOf(text: string, said: string | undefined): Amounts {
  const value = Number(text);
  if (said === undefined || /ticks/i.test(said)) return { ticks: value };
  if (/cycles/i.test(said)) return { cycles: value };
  if (/^m/i.test(said) && !/^mic/i.test(said)) return { ms: value };
  return { ms: /^s/i.test(said) ? value * 1000 : value / 1000 };
}

function cyclesIn(rest: string): Amounts {
  const found = alsoCycles.exec(rest);
  return found === null ? {} : { cycles: Number(found[1]) };
}

function timeIn(rest: string): Amounts {
  const found = alsoTime.exec(rest);
  return found === null ? {} : amountOf(found[1], found[2]);
}
