import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mutate } from './mutants';
import type { Mutant } from './mutants';
import { subjects } from './subjects';
import type { Subject } from './subjects';

/**
 * `npm run mutation [-- NAME… --list --every N]`: changes the code of each subject in small ways, one at a time, and
 * counts how many changes its tests notice. `--list` prints those that live; `--every N` tries each Nth only. Fails
 * where a share lies below its bound.
 */
const root = resolve(import.meta.dirname, '../..');

interface Numbered extends Mutant {
  readonly file: string;
  readonly number: number;
}

interface Reached {
  readonly ids: readonly number[];
  readonly steps: number;
}

function filesOf({ files }: Subject): readonly string[] {
  return files.flatMap((file) => {
    if (file.endsWith('.ts')) return [file];
    return readdirSync(join(root, file), { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => `${file}/${name}`);
  });
}

/** The texts of all files with unique numbers of mutants. */
function mutatedTexts(files: readonly string[]): {
  readonly texts: Record<string, string>;
  readonly mutants: Numbered[];
} {
  const texts: Record<string, string> = {};
  const mutants: Numbered[] = [];
  for (const file of files) {
    const path = join(root, file);
    const offset = mutants.length;
    const mutated = mutate(readFileSync(path, 'utf8'), path);
    texts[path] = mutated.text.replace(
      /globalThis\.mutant\((\d+)\)/g,
      (_, id) => `globalThis.mutant(${offset + Number(id)})`,
    );
    mutants.push(...mutated.mutants.map((mutant) => ({ ...mutant, file, number: offset + mutant.id })));
  }
  return { texts, mutants };
}

/** True where all tests pass. */
function passes(test: string, environment: Readonly<Record<string, string>>): Promise<boolean> {
  const hook = pathToFileURL(join(root, 'test/mutation/hook.mjs')).href;
  const child = spawn(process.execPath, ['--import', hook, '--import', 'tsx', test], {
    cwd: root,
    env: { ...process.env, CI: '', ...environment },
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: 120_000,
  });
  return new Promise((settle) => child.on('close', (code) => settle(code === 0)));
}

/** What each test reaches; it has to pass without a change. */
async function reachedBy(test: string, folder: string, texts: Readonly<Record<string, string>>): Promise<Reached> {
  const file = join(folder, 'reached.json');
  writeFileSync(file, JSON.stringify({ texts, reached: true }));
  if (!(await passes(test, { MUTATION_TEXTS: file }))) throw new Error(`${test} fails without any change.`);
  return JSON.parse(readFileSync(`${file}.reached`, 'utf8')) as Reached;
}

/** The mutants that a test can notice. @throws Error for an entry of the list that names no mutant any more. */
function withoutEquivalents(mutants: readonly Numbered[], { equivalent = [] }: Subject): readonly Numbered[] {
  const left = new Set(mutants);
  for (const { file, before, after } of equivalent) {
    const same = mutants.filter((mutant) => mutant.file === file && mutant.before === before);
    for (const change of after) {
      const found = same.filter((mutant) => mutant.after === change);
      if (found.length === 0) throw new Error(`No mutant of ${file} changes ${before} into ${change}.`);
      for (const mutant of found) left.delete(mutant);
    }
  }
  return [...left];
}

async function survivorsOf(
  subject: Subject,
  every: number,
  folder: string,
): Promise<{ tried: number; alive: Numbered[] }> {
  const { texts, mutants } = mutatedTexts(filesOf(subject));
  const reached: { test: string; ids: ReadonlySet<number>; steps: number }[] = [];
  for (const test of subject.tests) {
    const { ids, steps } = await reachedBy(test, folder, texts);
    reached.push({ test, ids: new Set(ids), steps });
  }
  const file = join(folder, 'texts.json');
  writeFileSync(file, JSON.stringify({ texts, reached: false }));
  const chosen = withoutEquivalents(mutants, subject).filter(({ number }) => number % every === 0);
  const alive: Numbered[] = [];
  const waiting = [...chosen];
  async function work(): Promise<void> {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      if (await lives(mutant, reached, file)) alive.push(mutant);
    }
  }
  await Promise.all([work(), work()]);
  return { tried: chosen.length, alive: alive.sort((a, b) => a.number - b.number) };
}

async function lives(
  { number }: Numbered,
  reached: readonly { test: string; ids: ReadonlySet<number>; steps: number }[],
  file: string,
): Promise<boolean> {
  for (const { test, ids, steps } of reached) {
    if (!ids.has(number)) continue;
    const most = String(steps * 20 + 100_000);
    if (!(await passes(test, { MUTATION_TEXTS: file, MUTANT: String(number), MUTATION_STEPS: most }))) return false;
  }
  return true;
}

async function main(): Promise<void> {
  const names = process.argv.slice(2).filter((word) => subjects.some(({ name }) => name === word));
  const at = process.argv.indexOf('--every');
  const every = at < 0 ? 1 : Number(process.argv[at + 1]);
  const folder = mkdtempSync(join(tmpdir(), 'milliwatt-mutation-'));
  try {
    for (const subject of subjects) {
      if (names.length > 0 && !names.includes(subject.name)) continue;
      const { tried, alive } = await survivorsOf(subject, every, folder);
      const share = tried === 0 ? 1 : 1 - alive.length / tried;
      console.log(`${subject.name}: ${tried - alive.length} of ${tried} mutants killed, ${(share * 100).toFixed(1)} %`);
      if (process.argv.includes('--list')) {
        for (const { file, line, before, after } of alive) console.log(`  ${file}:${line}: ${before} -> ${after}`);
      }
      if (share < subject.least) process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
