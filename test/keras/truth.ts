import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { KerasLayer, KerasModel, KerasShape, KerasValue } from '../../src/core/keras/kerasModel';
import { parametersOf } from '../../src/core/keras/parameters';
import { readKerasSource } from '../../src/core/keras/source/readKerasSource';
import type { KerasSourceModel } from '../../src/core/keras/source/sourceModel';

/**
 * Compares what is read of Keras sources with what Keras itself made of them: `node --import tsx test/keras/truth.ts
 * [FOLDER] [ID …]`. The folder has `sources`, `truth` as its README says.
 */

interface TruthLayer {
  readonly path: string;
  readonly name: string;
  readonly class: string;
  readonly kind: string;
  readonly depth: number;
  readonly line: number | null;
  readonly col: number;
  readonly end_line: number;
  readonly end_col: number;
  readonly cell?: number;
  readonly file?: string;
  readonly output_shape: unknown;
  readonly params: number;
}

interface TruthModel {
  readonly name: string;
  readonly expression: string;
  readonly open_values: Readonly<Record<string, KerasValue>>;
  readonly model_name: string;
  readonly keras: { readonly flavour: 'keras2' | 'keras3' };
  readonly created: { readonly line: number; readonly col: number; readonly cell?: number };
  readonly params: { readonly total: number };
  readonly layers: readonly TruthLayer[];
}

export interface Truth {
  readonly id: string;
  readonly source: string;
  readonly main?: string;
  readonly kind: string;
  readonly knowable: { readonly level: string };
  readonly models: readonly TruthModel[];
}

interface ReadLayer {
  readonly path: string;
  readonly className: string;
  readonly line: number;
  readonly column: number;
  readonly cell?: number;
  readonly shape: KerasShape;
  readonly params: number | undefined;
}

/** Layers as the truth lists them: what is inside a layer follows it. */
function flattened(model: KerasModel, parent = ''): readonly ReadLayer[] {
  const listed = model.kind === 'subclassed' ? model.layers.filter(({ kind }) => kind === 'layer') : model.layers;
  return listed.flatMap((layer) => {
    const path = parent + layer.name;
    const own: ReadLayer = {
      path,
      className: classOf(layer, model),
      line: (layer.origin?.span?.line ?? -1) + 1,
      column: layer.origin?.span?.column ?? -1,
      ...(layer.origin?.cell !== undefined && { cell: layer.origin.cell }),
      shape: layer.calls.at(0)?.outputs.at(0),
      params: parametersOf(model, layer)?.total,
    };
    const inner = layer.model === undefined || layer.className === 'Lambda' ? [] : flattened(layer.model, `${path}/`);
    return [own, ...inner];
  });
}

export function classOf(layer: KerasLayer, model: KerasModel): string {
  if (layer.kind === 'op' && model.flavour === 'keras2') {
    return layer.className === 'GetItem' ? 'SlicingOpLambda' : 'TFOpLambda';
  }
  return layer.className;
}

function shapeText(shape: unknown): string {
  return JSON.stringify(shape, (_, value: unknown) => (value === undefined ? '?' : value)) ?? '?';
}

/** Behind the batch: Keras gives nested models that were built by a call the batch of that call. */
function behindBatch(shape: unknown): string {
  return Array.isArray(shape)
    ? shapeText(Array.isArray(shape[0]) ? (shape[0] as unknown[]).slice(1) : shape.slice(1))
    : shapeText(shape);
}

export interface Comparison {
  readonly wrong: readonly string[];
  readonly layers: number;
  readonly exactLayers: number;
}

export function compareModel(truth: TruthModel, read: KerasSourceModel | undefined): Comparison {
  const expected = truth.layers;
  if (read === undefined) return { wrong: ['not read'], layers: expected.length, exactLayers: 0 };
  const got = flattened(read.model);
  const wrong: string[] = [];
  let exactLayers = 0;
  if (got.length !== expected.length) {
    wrong.push(
      `${got.length} layers instead of ${expected.length}: ${got.map(({ className }) => className).join(' ')}`,
    );
  }
  expected.forEach((layer, place) => {
    const own = got.at(place);
    const facts: string[] = [];
    if (own === undefined) facts.push('missing');
    else {
      if (own.className !== layer.class) facts.push(`class ${own.className}, not ${layer.class}`);
      if (layer.line !== null && own.line !== layer.line) facts.push(`line ${own.line}, not ${layer.line}`);
      if (layer.line !== null && own.column !== layer.col) facts.push(`column ${own.column}, not ${layer.col}`);
      if (layer.cell !== undefined && own.cell !== layer.cell) facts.push(`cell ${own.cell}, not ${layer.cell}`);
      const isCalled = layer.output_shape !== null;
      if (isCalled && behindBatch(own.shape) !== behindBatch(layer.output_shape)) {
        facts.push(`shape ${shapeText(own.shape)}, not ${shapeText(layer.output_shape)}`);
      }
      if (own.params !== layer.params) facts.push(`${own.params} parameters, not ${layer.params}`);
    }
    if (facts.length === 0) exactLayers += 1;
    else wrong.push(`${layer.path}: ${facts.join(', ')}`);
  });
  return { wrong, layers: expected.length, exactLayers };
}

/** The model that a truth's expression names. */
export function modelFor(truth: TruthModel, models: readonly KerasSourceModel[]): KerasSourceModel | undefined {
  const template = /^(\w+)\(/.exec(truth.expression)?.[1];
  const named = models.filter(({ names, template: of }) =>
    template !== undefined ? of?.name === template : names.includes(truth.expression),
  );
  if (named.length > 0) return named.find(({ model }) => model.name === truth.model_name) ?? named[0];
  const { line, col, cell } = truth.created;
  const there = models.filter(
    ({ model: { origin } }) =>
      (origin?.span?.line ?? -1) + 1 === line && origin?.span?.column === col && origin.cell === cell,
  );
  return there.at(-1);
}

export function readTruth(folder: string, id: string): Truth {
  return JSON.parse(readFileSync(join(folder, 'truth', `${id}.json`), 'utf8')) as Truth;
}

/** Paths are relative to the folder of the source. */
export function textsOf(folder: string): (path: string) => string | undefined {
  return (path) => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
}

function main(): void {
  const [given, ...ids] = process.argv.slice(2);
  const folder = resolve(given ?? '../shared/keras');
  const all = readdirSync(join(folder, 'truth'))
    .map((name) => name.replace(/\.json$/, ''))
    .filter((id) => ids.length === 0 || ids.includes(id));
  let [models, exact, layers, exactLayers, time] = [0, 0, 0, 0, 0];
  for (const id of all) {
    const truth = readTruth(folder, id);
    const entry = truth.main === undefined ? truth.source : `${truth.source}/${truth.main}`;
    for (const model of truth.models) {
      const options = { flavour: 'keras3' as const, openValues: new Map(Object.entries(model.open_values)) };
      const start = performance.now();
      let read: ReturnType<typeof readKerasSource>;
      try {
        read = readKerasSource(textsOf(folder), entry, options);
      } catch (error) {
        console.log(`${id} ${model.name}: CRASH ${error instanceof Error ? error.stack?.slice(0, 600) : ''}`);
        models += 1;
        layers += model.layers.length;
        continue;
      }
      time += performance.now() - start;
      const found = modelFor(model, read.models);
      const result = compareModel(model, found);
      models += 1;
      layers += result.layers;
      exactLayers += result.exactLayers;
      const marks = found === undefined ? '' : `${found.openValues.length} open, ${found.assumptions.length} assumed`;
      if (result.wrong.length === 0) exact += 1;
      else {
        console.log(`${id} ${model.name} (${truth.knowable.level}; ${marks}): ${result.wrong.length} wrong`);
        for (const line of result.wrong.slice(0, ids.length > 0 ? 60 : 3)) console.log(`    ${line.slice(0, 300)}`);
        for (const { message, place } of read.problems)
          console.log(`    problem: ${message} ${JSON.stringify(place?.span?.line)}`);
      }
      if (ids.length > 0)
        for (const open of found?.openValues ?? []) console.log('    open', JSON.stringify(open).slice(0, 300));
      if (ids.length > 0) for (const each of found?.assumptions ?? []) console.log('    assumed', each.text);
      if (ids.length > 0 && found === undefined) {
        console.log(
          '    models:',
          read.models
            .map((each) => `${each.names.join()}:${each.model.name}@${each.model.origin?.span?.line}`)
            .join(' '),
        );
      }
    }
  }
  const share = (part: number, whole: number): string => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
  console.log(`models exact in every layer: ${share(exact, models)}; layers: ${share(exactLayers, layers)}`);
  console.log(`${(time / models).toFixed(1)} ms for a source`);
}

if (process.argv[1]?.endsWith('truth.ts')) main();
