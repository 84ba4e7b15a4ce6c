import { placedOperators } from '../../src/core/estimate/layers';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Model } from '../../src/core/model/model';
import coefficients from '../../src/core/runtimes/kernels/coefficients.json';
import { operatorCost } from '../../src/core/runtimes/kernels/cost';
import { interpreterInstructions } from '../../src/core/runtimes/tflm/invoke';
import type { Target } from '../../src/core/runtimes/target';
import { median, quantile } from '../fit/statistics';
import { readSharedJson, sharedModelBytes, sharedModels } from '../support/models';
import type { Section } from './section';
import { percent } from './section';

interface VariantRow {
  readonly models: number;
  readonly rows: number;
  readonly heldOut?: { readonly p50: number; readonly p90: number; readonly max: number };
}

/** Kernel variants that five models or more show: errors on models left out of the fit, the worst thirty first. */
export function operatorSection(): Section {
  const fits = coefficients.fits as Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, VariantRow>>>>>
  >;
  const all = Object.entries(fits).flatMap(([build, libraries]) =>
    Object.entries(libraries).flatMap(([library, variants]) =>
      Object.entries(variants).map(([variant, fit]) => ({ key: [build, `${library}: ${variant}`], fit })),
    ),
  );
  const seen = all.filter(({ fit }) => fit.models >= 5 && fit.heldOut !== undefined);
  const good = seen.filter(({ key, fit }) => (fit.heldOut?.p90 ?? 1) <= (key[0].includes('m55') ? 0.04 : 0.02)).length;
  const shown = [...seen].sort((a, b) => (b.fit.heldOut?.p90 ?? 0) - (a.fit.heldOut?.p90 ?? 0)).slice(0, 30);
  return {
    title: 'Instructions of one operator',
    about: `Counted instructions against a fit that has not seen the model. ${good} of ${seen.length} kernel variants that five models or more show (core and optimization apart) have 90 % of their rows within 2 % (Cortex-M55: 4 %); the thirty worst are shown.`,
    head: ['core and optimization', 'kernel variant', 'models', 'rows', 'median', '90 %', 'worst'],
    rows: shown.map(({ key, fit }) => [
      ...key,
      `${fit.models}`,
      `${fit.rows}`,
      percent(fit.heldOut?.p50 ?? 0),
      percent(fit.heldOut?.p90 ?? 0),
      percent(fit.heldOut?.max ?? 0),
    ]),
  };
}

interface CountedModel {
  readonly invoke_total_insns?: number;
}

type CountTable = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, CountedModel>>>>>>;

/** Whole models with the committed coefficients, against all instructions that `Invoke()` executed. */
export function wholeModelSection(): Section {
  const table = readSharedJson<CountTable>('insns.json');
  const errors = new Map<string, { readonly error: number; readonly model: string }[]>();
  for (const { name } of sharedModels()) {
    const { model } = readTflite(sharedModelBytes(name));
    if (model.graphs.length > 1) continue;
    for (const [library, cores] of Object.entries(table[name] ?? {})) {
      for (const [build, { invoke_total_insns: counted }] of Object.entries(cores)) {
        const predicted = predictedInstructions(model, targetOf(library, build));
        if (counted === undefined || predicted === undefined) continue;
        const key = `${library}|${build}`;
        errors.set(key, [...(errors.get(key) ?? []), { error: Math.abs(predicted / counted - 1), model: name }]);
      }
    }
  }
  return {
    title: 'Instructions of a whole model',
    about:
      'All instructions of `Invoke()` against those of the operators and of the interpreter between them, with the committed coefficients, which were fitted on the operators of these models; the table above is the one for models left out. Models of several graphs, and those with an operator whose cost is not known, are not in it.',
    head: ['library', 'core', 'models', 'median', '95 %', 'worst', 'worst model'],
    rows: [...errors]
      .map(([key, list]) => ({ key: key.split('|'), list: [...list].sort((a, b) => b.error - a.error) }))
      .sort((a, b) => middle(b.list) - middle(a.list))
      .map(({ key, list }) => [
        ...key,
        `${list.length}`,
        percent(middle(list)),
        percent(
          quantile(
            list.map(({ error }) => error),
            0.95,
          ),
        ),
        percent(list[0].error),
        list[0].model,
      ]),
  };
}

function middle(list: readonly { readonly error: number }[]): number {
  return median(list.map(({ error }) => error));
}

function targetOf(library: string, build: string): Target {
  const [core, level] = build.split('@kernels-');
  return resolveTarget({
    runtime: library === 'reference' ? 'tflm-reference' : 'tflm-cmsis-nn',
    settings: { core, optimization: level === 'Os' ? 'Os' : 'O2' },
  }).target;
}

function predictedInstructions(model: Model, target: Target): number | undefined {
  const placed = placedOperators(model);
  let sum = interpreterInstructions(target.core.id, placed.length);
  for (const { operator, graph } of placed) {
    const cost = operatorCost(operator, graph, model, target);
    if (cost === undefined) return undefined;
    sum += cost.instructions;
  }
  return sum;
}
