import type { Report } from '../estimate/report';
import { flashPathOf } from '../estimate/timing/flashWait';
import type { Target } from '../runtimes/target';
import { tflmEspNn } from '../runtimes/tflm/tflmEspNn';
import { bytesText, exactBytesText, hertzText, millisecondsText, percentText } from '../text/units';
import type { Rule, RuleHit } from './rule';

type Facts = Omit<Report, 'findings'>;

/** Below this share of an inference, waiting for flash is not worth a word. */
const smallestShare = 0.15;

/** What every flash chip of a module with an Espressif chip can do. */
const fastest = { flashMode: 'qio', flashHz: 80e6 } as const;

/** A good part of an inference is spent waiting for weights in an external flash chip. */
export const weightsInFlash: Rule = {
  code: 'weights-wait-for-flash',
  severity: 'information',
  documentation:
    'A good part of an inference is spent waiting for weights that an external flash chip holds: they do not fit the cache before it, or the chip is read slowly.',
  find: ({ estimate: { report }, target }) => {
    const { ms, flashWaitMs } = report.latency ?? {};
    if (ms === undefined || flashWaitMs === undefined || flashWaitMs < smallestShare * ms) return [];
    return [hit(report, target, { ms, flashWaitMs })];
  },
};

function hit(report: Facts, target: Target, { ms, flashWaitMs }: { ms: number; flashWaitMs: number }): RuleHit {
  const { layers } = report;
  const worst = layers.reduce((a, b) => ((b.flashWaitMs ?? 0) > (a.flashWaitMs ?? 0) ? b : a));
  const read = worst.flashRead;
  const weights =
    read === undefined
      ? ''
      : ` ${worst.name} waits longest: its weights take ${exactBytesText(read.weightBytes)}, ` +
        `${read.weightBytes > read.cacheBytes ? `more than the ${bytesText(read.cacheBytes)} of the cache` : 'and others drive them out of the cache before they are read again'}.`;
  const saved = savedBySpeed(target, flashWaitMs);
  const speed =
    saved === undefined
      ? ''
      : ` Reading the flash on four lines at ${hertzText(fastest.flashHz)} (QIO) would save ${millisecondsText(saved)}, where the chip and its wiring allow it.`;
  const smaller = saved === undefined ? ' Weights in RAM, or layers whose weights fit the cache, do not wait.' : '';
  return {
    message:
      `${millisecondsText(flashWaitMs)} of the ${millisecondsText(ms)} of an inference (${percentText(flashWaitMs / ms)}) wait for weights in the flash chip.` +
      `${weights}${speed}${smaller}`,
    layer: worst.index,
  };
}

/** ESP-NN is for Espressif's cores alone. */
function isEspressif({ core }: Target): boolean {
  return tflmEspNn.isas.includes(core.kernelIsa);
}

/** Milliseconds that the fastest mode saves; absent where it is chosen already, or not to be had. */
function savedBySpeed(target: Target, flashWaitMs: number): number | undefined {
  if (!isEspressif(target)) return undefined;
  const now = flashPathOf(target)?.cyclesPerByte;
  const then = flashPathOf({ ...target, ...fastest })?.cyclesPerByte;
  if (now === undefined || then === undefined || then > 0.95 * now) return undefined;
  return flashWaitMs * (1 - then / now);
}
