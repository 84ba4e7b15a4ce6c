import { pickSamples } from '../../src/core/samples/samples';
import { loadWasmTfjs } from '../../src/tfjs/wasmTfjs';
import { comparisonOf, quantizeSubject, subjects } from '../support/twins';

/**
 * The time of quantization: `node --import tsx test/bench/quantize.ts`. Each MLPerf Tiny float model with 100 samples,
 * 80 of them for calibration; aimed at: keyword spotting in 5 s or less. Errors and costs are in ACCURACY.md.
 */
async function main(): Promise<void> {
  const { engine } = await loadWasmTfjs();
  for (const subject of subjects) {
    const comparison = await comparisonOf(subject, engine);
    const { calibration, test } = comparison.split;
    const first = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
    const split = { calibration: pickSamples(calibration, first(80)), test: pickSamples(test, first(20)) };
    const [start, processor] = [performance.now(), process.cpuUsage()];
    await quantizeSubject({ ...comparison, split });
    const { user, system } = process.cpuUsage(processor);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${subject.name.padEnd(24)} ${seconds} s by the clock, ${((user + system) / 1e6).toFixed(1)} s of processor`,
    );
  }
}

void main();
