import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { FuzzReport } from './child';

/**
 * `npm run fuzz -- [--seed N] [--count N]`: the reader over hostile, cut and changed files, in a child with little
 * memory.
 */
const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' } } });
const seed = values.seed ?? '1';
const randomCount = values.count ?? '40000';

/** Heap of the child. Its own code and the shared models take about 40 MB, so that one input has 64 MB at most. */
const heapMegabytes = 104;
/** Longest time without a sign of life. */
const silenceMs = 30_000;
const megabyte = 2 ** 20;
const allowedExtraBytes = 64 * megabyte;

const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [seed, randomCount], {
  execArgv: [`--max-old-space-size=${heapMegabytes}`, '--import', 'tsx'],
});
let last: FuzzReport | undefined;
let timer = setTimeout(giveUp, silenceMs);

child.on('message', (message) => {
  last = message as FuzzReport;
  clearTimeout(timer);
  if (!last.done) timer = setTimeout(giveUp, silenceMs);
});

child.on('exit', (code, signal) => {
  clearTimeout(timer);
  process.exitCode = finish(code, signal);
});

function giveUp(): void {
  console.error(
    `No input was finished for ${silenceMs / 1000} s: the reader hangs after input ${last?.tried ?? 0} (seed ${seed}).`,
  );
  child.kill('SIGKILL');
}

function finish(code: number | null, signal: string | null): number {
  if (last !== undefined) {
    const { tried, models, errors, extraBytes, largest, slowestMs, slowest } = last;
    console.log(`${tried} inputs tried (seed ${seed}): ${models} gave a model, ${errors} the typed error.`);
    console.log(
      `Largest extra memory of one input: ${(extraBytes / megabyte).toFixed(1)} MB (${largest}), writing it again included.`,
    );
    console.log(`Slowest input: ${slowestMs.toFixed(0)} ms (${slowest}).`);
  }
  if (last?.failure !== undefined) console.error(`Another outcome: ${last.failure}`);
  else if (last?.done !== true) console.error(`The child ended early (exit ${code}, signal ${signal}).`);
  else if (last.extraBytes > allowedExtraBytes) console.error('One input took more than 64 MB.');
  else return 0;
  return 1;
}
