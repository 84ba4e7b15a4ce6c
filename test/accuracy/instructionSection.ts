import { readTflite } from '../../src/core/formats/tflite/reader';
import { interpreterInstructions } from '../../src/core/runtimes/tflm/invoke';
import type { CoreId } from '../../src/core/boards/board';
import { computesFloats } from '../fit/borrowed';
import { leaveOutFits, type LeaveOutFits } from '../fit/leaveOutFits';
import { isSoftFloat, sharedData } from '../fit/rows';
import { median, quantile } from '../fit/statistics';
import type { Prediction } from '../fit/variantFit';
import { readSharedJson, sharedModelBytes, sharedModels } from '../support/models';
import type { Section } from './section';
import { percent } from './section';

/** Every counted operator, predicted by a fit that has not seen its model or one that is nearly the same. */
export interface Instructions extends LeaveOutFits {
  readonly known: readonly Prediction[];
}

/** Fits all variants with whole models left out, once for all sections. */
export function leftOutInstructions(): Instructions {
  const folder = sharedData();
  if (folder === undefined) throw new Error('The measurements are not in ../shared/data.');
  const fits = leaveOutFits(folder);
  return { ...fits, known: fits.predictions.filter((p) => p.heldOut && !p.row.swept) };
}

/** Whether the work of an operator depends on the values it computes with: then there is a range and no one figure. */
export function dependsOnData({ row }: Prediction): boolean {
  if (row.call.most !== undefined) return true;
  return isSoftFloat(row.build) && computesFloats(row.call.variant);
}

function errorOf({ predicted, row }: Prediction): number {
  return Math.abs(predicted / row.instructions - 1);
}

/** Largest error that is aimed at for nine rows of ten. */
function aim(build: string): number {
  return build.includes('m55') ? 0.04 : 0.02;
}

const fewestModels = 5;

/** Kernel variants that five models or more show, the worst thirty first. */
export function operatorSection({ known }: Instructions): Section {
  const variants = grouped(
    known.filter((p) => !dependsOnData(p)),
    ({ row }) => `${row.build}|${row.library}: ${row.call.variant}`,
  )
    .map(([key, list]) => ({ key: key.split('|'), list, models: new Set(list.map(({ row }) => row.model)).size }))
    .filter(({ models }) => models >= fewestModels)
    .map((each) => ({ ...each, errors: each.list.map(errorOf) }));
  const good = variants.filter(({ key, errors }) => quantile(errors, 0.9) <= aim(key[0])).length;
  return {
    title: 'Instructions of one operator',
    about: `Counted instructions against a fit that has not seen the model, nor a near duplicate of it. ${good} of ${variants.length} kernel variants that five models or more show (core and optimization apart) have 90 % of their rows within 2 % (Cortex-M55: 4 %); the thirty worst are shown. Operators whose work depends on their data have a table of their own.`,
    head: ['core and optimization', 'kernel variant', 'models', 'rows', 'median', '90 %', 'worst'],
    rows: variants
      .sort((a, b) => quantile(b.errors, 0.9) - quantile(a.errors, 0.9))
      .slice(0, 30)
      .map(({ key, models, errors }) => [...key, `${models}`, ...spread(errors)]),
  };
}

/** Operators that make 1 % or more of their model, by build and library. */
export function largeOperatorSection({ known }: Instructions): Section {
  const large = known.filter((p) => p.row.instructions * 100 >= p.row.total && !dependsOnData(p));
  const rows = grouped(large, ({ row }) => `${row.build}|${row.library}`).map(([key, list]) => ({
    key: key.split('|'),
    errors: list.map(errorOf),
  }));
  return {
    title: 'Instructions of operators that make 1 % or more of a model',
    about:
      'The same predictions, of the operators that matter to the whole. "shared" are kernels that both libraries have. Aimed at: 90 % within 5 %.',
    head: ['core and optimization', 'library', 'rows', 'median', '90 %', 'worst', 'within 5 %'],
    rows: rows
      .sort((a, b) => quantile(b.errors, 0.9) - quantile(a.errors, 0.9))
      .map(({ key, errors }) => [...key, ...spread(errors), percent(share(errors, (error) => error <= 0.05))]),
  };
}

function spread(errors: readonly number[]): readonly string[] {
  return [`${errors.length}`, percent(median(errors)), percent(quantile(errors, 0.9)), percent(Math.max(...errors))];
}

function share<T>(list: readonly T[], holds: (each: T) => boolean): number {
  return list.filter(holds).length / list.length;
}

/** Whether the band around a prediction holds what was counted. */
function isInside({ row, least, most }: Prediction, fits: LeaveOutFits['fits']): boolean {
  const { low, high } = fits[row.build][row.library][row.call.variant];
  return row.instructions >= least * low - 1 && row.instructions <= most * high + 1;
}

/** Bands around single operators: what share of the counted operators they hold, on models left out. */
export function bandSection({ known, fits }: Instructions): Section {
  const kinds = [
    { kind: 'fixed by the shapes', list: known.filter((p) => !dependsOnData(p)) },
    { kind: 'depends on the data', list: known.filter(dependsOnData) },
  ];
  const rows = kinds.flatMap(({ kind, list }) =>
    grouped(list, ({ row }) => row.build).map(([build, members]) => {
      const widths = members.map(({ row, least, most, predicted }) => {
        const { low, high } = fits[row.build][row.library][row.call.variant];
        return (most * high - least * low) / predicted;
      });
      return { cells: [kind, build, `${members.length}`], inside: share(members, (p) => isInside(p, fits)), widths };
    }),
  );
  return {
    title: 'Bands of instructions',
    about:
      'How many of the counted operators of models left out lie between the least and the most that is given for them, and how wide the band is (most less least, over the figure). Work that depends on the data: int8 softmax, which takes exponentials only of values near the largest, and floating point in software, where a product with zero is quick.',
    head: ['work', 'core and optimization', 'operators', 'within the band', 'median width'],
    rows: rows
      .sort((a, b) => a.inside - b.inside)
      .map(({ cells, inside, widths }) => [...cells, percent(inside), percent(median(widths))]),
  };
}

interface CountedModel {
  readonly invoke_total_insns?: number;
}

type CountTable = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, CountedModel>>>>>>;

interface WholeModel {
  readonly model: string;
  readonly error: number;
}

/** Whole models left out of every fit, against all instructions that `Invoke()` executed. */
export function wholeModelSection(instructions: Instructions): Section {
  const { rows, known } = instructions;
  const predicted = new Map(known.map((p) => [keyOf(p.row), p]));
  const models = grouped(rows, ({ source, build, model }) => `${source}|${build}|${model}`);
  const sums = models.flatMap(([key, operators]) => {
    const [library, build, model] = key.split('|');
    const parts = operators.map((row) => predicted.get(keyOf(row)));
    if (parts.some((part) => part === undefined) || !isWhole(model, operators.length)) return [];
    const all = parts.filter((part) => part !== undefined);
    const soft = sum(all.filter(dependsOnData).map((p) => p.predicted)) > 0.01 * sum(all.map((p) => p.predicted));
    const own = sum(all.map((p) => p.predicted)) + interpreterInstructions(build.split(' ')[0] as CoreId, all.length);
    const counted = countedInstructions(model, library, build);
    if (counted === undefined) return [];
    const kind = soft && isSoftFloat(build) ? 'floating point in software' : 'all others';
    return [{ group: `${library}|${build}|${kind}`, model, error: Math.abs(own / counted - 1) }];
  });
  return {
    title: 'Instructions of a whole model',
    about:
      'All instructions of `Invoke()` against those of the operators and of the interpreter between them, each operator predicted by a fit that has not seen the model, nor a near duplicate of it. Aimed at: median 1 %, 95 % of the models within 5 %. Models of several graphs, and those with an operator whose cost is not known once their model is left out, are not in it. Where floating point is done in software, the work depends on the data: such models have lines of their own.',
    head: ['library', 'core and optimization', 'models with', 'models', 'median', '95 %', 'worst', 'worst model'],
    rows: grouped(sums, ({ group }) => group)
      .map(([key, list]) => ({ key: key.split('|'), list: [...list].sort((a, b) => b.error - a.error) }))
      .sort((a, b) => at(b.list, 0.95) - at(a.list, 0.95))
      .map(({ key, list }) => [
        ...key,
        `${list.length}`,
        percent(at(list, 0.5)),
        percent(at(list, 0.95)),
        percent(list[0].error),
        list[0].model,
      ]),
  };
}

function at(list: readonly WholeModel[], part: number): number {
  return quantile(
    list.map(({ error }) => error),
    part,
  );
}

let counts: CountTable | undefined;
let sizes: ReadonlyMap<string, number> | undefined;

function countedInstructions(model: string, library: string, build: string): number | undefined {
  counts ??= readSharedJson<CountTable>('insns.json');
  const [core, level] = build.split(' ');
  return counts[model]?.[library]?.[level === 'Os' ? `${core}@kernels-Os` : core]?.invoke_total_insns;
}

/** Whether all operators of a model of one graph are there. */
function isWhole(model: string, operators: number): boolean {
  sizes ??= new Map(
    sharedModels().map(({ name }) => {
      const { graphs } = readTflite(sharedModelBytes(name)).model;
      return [name, graphs.length === 1 ? graphs[0].operators.length : -1];
    }),
  );
  return sizes.get(model) === operators;
}

function keyOf(row: Prediction['row']): string {
  return `${row.library}|${row.build}|${row.model}|${row.operator}`;
}

function grouped<T>(list: readonly T[], keyOfEach: (each: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const each of list) {
    const key = keyOfEach(each);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(each);
  }
  return [...groups];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
