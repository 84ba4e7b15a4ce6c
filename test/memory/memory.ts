import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitModel } from '../../src/core/compress/fit/fitModel';
import { planModel } from '../../src/core/compress/fit/plan';
import { fitSteps } from '../../src/core/compress/fit/steps';
import { whyNotMoved } from '../../src/core/compress/fit/whyNotMoved';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Model } from '../../src/core/model/model';
import type { Target } from '../../src/core/runtimes/target';
import { planArena } from '../../src/core/runtimes/tflm/arena';
import { sectionText, type Section } from '../accuracy/section';
import { arenaTarget } from '../runtimes/tflm/targets';
import { sharedModelBytes, sharedModels, sharedModelsMissing } from '../support/models';

/**
 * `npm run memory`: what every way to less RAM gives each of `../shared/data/models` with ten operators or more, alone
 * and together, and how near plans come to the least. Writes the last part of MEMORY.md.
 */
const path = join(import.meta.dirname, '../../MEMORY.md');
const start = '<!-- made by npm run memory -->\n';
const fewestOperators = 10;
const never = (): boolean => false;

interface Subject {
  readonly name: string;
  readonly model: Model;
  readonly operators: number;
}

/** Models whose arena is known; of equal graphs under two names the first. */
function subjects(target: Target): readonly Subject[] {
  return sharedModels().flatMap(({ name }) => {
    const model = readable(name);
    const operators = model?.graphs[0]?.operators.length ?? 0;
    if (model === undefined || operators < fewestOperators) return [];
    const outcome = planArena(model, target);
    const isKnown = outcome.known && outcome.lowerBound === undefined && whyNotMoved(model) === undefined;
    return isKnown ? [{ name, model, operators }] : [];
  });
}

function readable(name: string): Model | undefined {
  try {
    return readTflite(sharedModelBytes(name)).model;
  } catch {
    return undefined;
  }
}

/** Bytes less with these steps. */
function saved(model: Model, target: Target, ids: readonly string[]): { readonly from: number; readonly to: number } {
  const steps = fitSteps.filter(({ id }) => ids.includes(id));
  const from = fitModel(model, target, [], never).leastBytes ?? 0;
  return { from, to: fitModel(model, target, steps, never).leastBytes ?? from };
}

const bytes = (value: number): string => value.toLocaleString('en-US');

function rowOf({ name, model, operators }: Subject, target: Target): readonly string[] {
  const ids = fitSteps.map(({ id }) => id);
  const alone = ids.map((id) => saved(model, target, [id]));
  const together = saved(model, target, ids);
  const less = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    from === to ? '' : bytes(to - from);
  const percent = ((together.to / together.from - 1) * 100).toFixed(1);
  return [
    ...[name, String(operators), bytes(together.from)],
    ...alone.map(less),
    together.from === together.to ? '' : `${bytes(together.to)} (${percent} %)`,
  ];
}

interface Planned {
  readonly hasGap: boolean;
  /** The least that is possible, known to be so. */
  readonly isLeast: boolean;
  /** Where there is a gap and no plan: why. */
  readonly reason?: string;
  readonly ms: number;
}

function planned({ model }: Subject, target: Target): Planned {
  const outcome = planArena(model, target);
  const arena = outcome.known ? outcome.arena : undefined;
  const began = process.cpuUsage();
  const plan = planModel(model, target, never);
  const { user, system } = process.cpuUsage(began);
  const hasGap = arena !== undefined && arena.plannedBytes > (arena.detail?.peak?.bytes ?? 0);
  return {
    ...{ hasGap, isLeast: plan.isPlanned && plan.isShortest, ms: (user + system) / 1000 },
    ...(!plan.isPlanned && { reason: plan.reason }),
  };
}

function planText(title: string, all: readonly Subject[], target: Target): string {
  const plans = all.map((subject) => ({ ...planned(subject, target), operators: subject.operators }));
  const gaps = plans.filter(({ hasGap }) => hasGap);
  const taken = gaps.filter(({ reason }) => reason === undefined);
  const least = taken.filter(({ isLeast }) => isLeast).length;
  const small = plans.filter(({ operators }) => operators <= 50).map(({ ms }) => ms);
  const sorted = [...small].sort((a, b) => a - b);
  return (
    `${title}: the interpreter's planner leaves gaps in ${gaps.length} of ${plans.length} models. Of these ${taken.length} get a plan, ${least} of which are at the lower bound or ` +
    `proved to be the shortest; ${gaps.length - taken.length} get none that is better and worse nowhere. ` +
    `A search for a model of at most 50 operators took ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms of processor time in the middle and ` +
    `${Math.round(sorted.at(-1) ?? 0)} ms at most, comparisons with all other libraries and versions included.`
  );
}

function main(): void {
  if (sharedModelsMissing !== false) {
    console.error(`${sharedModelsMissing} The table cannot be made without them.`);
    process.exitCode = 1;
    return;
  }
  const target = arenaTarget('cortex-m4f', { runtime: 'tflm-cmsis-nn' });
  const all = subjects(target);
  const rows = all.map((subject) => rowOf(subject, target)).filter((row) => row.at(-1) !== '');
  const section: Section = {
    title: 'What each way gives',
    about:
      `${all.length} public models of ${fewestOperators} operators or more whose arena is known, ${rows.length} of which take less; the others are as small as they can be with the same weights. Smallest arena in bytes, ` +
      'kernels of CMSIS-NN on a Cortex-M4F with TFLM 90b983c2, and how many fewer each way alone and all of them together need.',
    head: ['model', 'operators', 'arena', ...fitSteps.map(({ id }) => id), 'together'],
    rows,
  };
  const others = [planText('CMSIS-NN', all, target), planText('Reference kernels', all, arenaTarget())];
  const before = readFileSync(path, 'utf8');
  const text = `${before.slice(0, before.indexOf(start))}${start}\n${sectionText(section)}\n${others.map((each) => `- ${each}\n`).join('')}`;
  writeFileSync(path, text);
  console.log(text.slice(text.indexOf(start)));
}

main();
