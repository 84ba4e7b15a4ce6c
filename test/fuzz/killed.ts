// killed.ts [ROUNDS] [SEED]: kills programs that write at random moments, and looks at what they leave.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { changeFileSync } from '../../src/files/changing';
import { commandLine, commandLineEnvironment, fromSources } from '../support/commandLine';
import { mulberry32 } from '../support/random';

const model = readFileSync(path.join(__dirname, '..', '..', 'examples', 'digits', 'digits_float.tflite'));

/** What a compression wrote when nobody killed it, by its arguments. */
const whole = new Map<string, Buffer>();

/** A program that is killed, and what must hold whenever that happens. */
interface Job {
  /** Arguments of Node, run in the folder of the round. */
  readonly program: (folder: string) => readonly string[];
  readonly prepare?: (folder: string) => void;
  /** `said`: its output up to its end. */
  readonly check: (folder: string, said: string) => void;
}

const jobs: Readonly<Record<string, Job>> = {
  save: {
    program: (folder) => [
      ...fromSources,
      path.resolve(__dirname, '..', 'files', 'writer.ts'),
      path.join(folder, '.milliwatt', 'measurements.json'),
      'line',
      '1000',
    ],
    check: (folder, said) => {
      const file = path.join(folder, '.milliwatt', 'measurements.json');
      checkKept(file, said);
      // Whoever comes next is not kept waiting by the lock of one that has ended.
      const reading = { mostBytes: 1024 * 1024 };
      changeFileSync(file, reading, (before = new Uint8Array()) => Buffer.concat([before, Buffer.from('next\n')]));
      assert.match(readFileSync(file, 'utf8'), /^next$/m);
    },
  },
  log: {
    program: (folder) => [...fromSources, path.join(__dirname, 'logger.ts'), path.join(folder, 'logs', 'board.log')],
    check: (folder, said) => checkKept(path.join(folder, 'logs', 'board.log'), said),
  },
  quantize: compression(['quantize', 'digits.tflite', '--samples', '16', '--force', '-o', 'out.tflite']),
  prune: compression(['prune', 'digits.tflite', '--ratio', '0.25', '--no-repair', '--force', '-o', 'out.tflite']),
};

/** What was said to be written stands in the file, in order; what stands there more was on its way. */
function checkKept(file: string, said: string): void {
  const acknowledged = said.slice(0, said.lastIndexOf('\n') + 1);
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
  assert.ok(kept.startsWith(acknowledged), `${file} lacks lines that were acknowledged`);
  assert.match(kept, /\n$|^$/, `${file} ends within a line`);
}

function compression(args: readonly string[]): Job {
  return {
    program: () => [...commandLine, ...args],
    prepare: (folder) => writeFileSync(path.join(folder, 'digits.tflite'), model),
    check: (folder) => {
      const source = readFileSync(path.join(folder, 'digits.tflite'));
      assert.ok(source.equals(model), 'the source was changed');
      const out = path.join(folder, 'out.tflite');
      if (existsSync(out)) assert.ok(readFileSync(out).equals(whole.get(args[0])!), 'half a result has its name');
      const others = readdirSync(folder).filter(
        (name) => !/^(?:digits|out)\.tflite$|^\.milliwatt-.*\.part$/.test(name),
      );
      assert.deepEqual(others, []);
    },
  };
}

interface Run {
  readonly said: string;
  readonly tookMs: number;
}

/** Runs a program; kills it after so long, where it is not over then. */
function run(args: readonly string[], folder: string, killAfterMs?: number): Promise<Run> {
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...commandLineEnvironment, SAYS: 'yes' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve) =>
    child.on('close', () => {
      clearTimeout(timer);
      resolve({ said, tookMs: performance.now() - start });
    }),
  );
}

/** Kills so many times, in turn all jobs. @throws where something was lost, or half a file is left under a name */
export async function killAtRandom(rounds: number, seed: number): Promise<Readonly<Record<string, number>>> {
  const random = mulberry32(seed);
  const parent = mkdtempSync(path.join(tmpdir(), 'milliwatt-killed-'));
  const tookMs = new Map<string, number>();
  const killed: Record<string, number> = {};
  let acknowledged = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      const name = Object.keys(jobs)[round % Object.keys(jobs).length];
      const { program, prepare, check } = jobs[name];
      const isFirst = !tookMs.has(name);
      const folder = path.join(parent, `${name}-${round}`);
      mkdirSync(folder);
      prepare?.(folder);
      const longestMs = isCompression(name) ? tookMs.get(name) : 3000;
      const killAfterMs = isFirst && isCompression(name) ? undefined : 300 + random() * longestMs!;
      const outcome = await run(program(folder), folder, killAfterMs);
      tookMs.set(name, isFirst ? outcome.tookMs : tookMs.get(name)!);
      if (isFirst && isCompression(name)) whole.set(name, readFileSync(path.join(folder, 'out.tflite')));
      check(folder, outcome.said);
      if (!isCompression(name)) acknowledged += outcome.said.split('\n').length - 1;
      killed[name] = (killed[name] ?? 0) + 1;
      rmSync(folder, { recursive: true });
    }
  } finally {
    rmSync(parent, { recursive: true });
  }
  assert.ok(acknowledged > 0, 'no line was written before a program was killed');
  return killed;
}

function isCompression(name: string): boolean {
  return name === 'quantize' || name === 'prune';
}

if (require.main === module) {
  const [rounds = '200', seed = '1'] = process.argv.slice(2);
  void killAtRandom(Number(rounds), Number(seed)).then((killed) => console.log('Nothing lost, no half file:', killed));
}
