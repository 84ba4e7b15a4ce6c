import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ChildMessage, ChildWork } from './stageChild';
import { stages, type Stage } from './stages';

/**
 * `npm run fuzz -- [--count N] [--seed N] [--stage NAME]`: foreign bytes of every kind through everything that is done
 * with them, each input within a budget of steps, memory and time, in children with little memory. Prints what was
 * tried and the worst of each stage; ends with 1 where an input has another outcome than an answer or a sentence.
 */
const { values } = parseArgs({
  options: { seed: { type: 'string' }, count: { type: 'string' }, stage: { type: 'string' } },
});
const firstSeed = Number(values.seed ?? '1');
const count = Number(values.count ?? '2500');

/** Heap of a child. */
const heapMegabytes = 512;
/** Longest time without a sign of life, the beginning of a child included. */
const silenceMs = 60_000;
/** Failures of one stage that are shown; a stage that fails so often is not tried further. */
const mostFailures = 5;

interface Sum {
  readonly stage: string;
  tried: number;
  ms: number;
  worst: { ms: number; seed: number };
  most: { bytes: number; seed: number };
  readonly failures: string[];
}

/** Tries some inputs of a stage. One that kills or stops its child is a failure, and another child goes on. */
async function tryInputs({ name }: Stage, inputs: number): Promise<Sum> {
  const sum: Sum = {
    stage: name,
    tried: 0,
    ms: 0,
    worst: { ms: 0, seed: 0 },
    most: { bytes: 0, seed: 0 },
    failures: [],
  };
  for (let seed = firstSeed; seed < firstSeed + inputs && sum.failures.length < mostFailures;) {
    seed = await inChild({ stage: name, seed, count: firstSeed + inputs - seed }, sum);
  }
  return sum;
}

/** Gives the seed behind the last that was tried. */
function inChild(work: ChildWork, sum: Sum): Promise<number> {
  const child = fork(fileURLToPath(new URL('./stageChild.ts', import.meta.url)), {
    execArgv: [`--max-old-space-size=${heapMegabytes}`, '--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let [last, isTrying] = [work.seed - 1, true];
  let timer: NodeJS.Timeout | undefined;
  const signOfLife = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => child.kill('SIGKILL'), silenceMs);
  };
  signOfLife();
  child.send(work);
  child.on('message', (data) => {
    signOfLife();
    const message = data as ChildMessage;
    if (message.type === 'done') return;
    last = message.seed;
    isTrying = message.type === 'begun';
    if (message.type === 'tried') add(sum, message.seed, message.taken);
    if (message.type === 'failed') sum.failures.push(`${sum.stage}, seed ${message.seed}: ${message.what}`);
    if (sum.failures.length >= mostFailures) child.kill();
  });
  return new Promise((resolve) =>
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      const isDone = !isTrying && last === work.seed + work.count - 1;
      if (!isDone && isTrying) sum.failures.push(`${sum.stage}, seed ${last}: the child ended (${code ?? signal}).`);
      resolve(last + 1);
    }),
  );
}

function add(sum: Sum, seed: number, { ms, bytes }: { readonly ms: number; readonly bytes: number }): void {
  sum.tried += 1;
  sum.ms += ms;
  if (ms > sum.worst.ms) sum.worst = { ms, seed };
  if (bytes > sum.most.bytes) sum.most = { bytes, seed };
}

function line({ stage, tried, ms, worst, most, failures }: Sum): string {
  const cells = [
    `${tried} inputs`,
    `${(ms / 1000).toFixed(1)} s`,
    `worst ${worst.ms.toFixed(0)} ms (seed ${worst.seed})`,
    `most ${(most.bytes / 2 ** 20).toFixed(0)} MB (seed ${most.seed})`,
    `${failures.length} failures`,
  ];
  return `${stage.padEnd(18)} ${cells.join(', ')}`;
}

async function main(): Promise<number> {
  const chosen = stages.filter(({ name }) => values.stage === undefined || name === values.stage);
  const shares = chosen.reduce((sum, { share }) => sum + share, 0);
  let [failed, tried] = [0, 0];
  for (const stage of chosen) {
    const sum = await tryInputs(stage, Math.max(1, Math.round((count * stage.share) / shares)));
    console.log(line(sum));
    for (const failure of sum.failures) console.error(failure);
    failed += sum.failures.length;
    tried += sum.tried;
  }
  console.log(`${tried} inputs tried from seed ${firstSeed}, ${failed} failures.`);
  return failed === 0 && chosen.length > 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
