import type { FloatEngine } from '../../../execute/floatEngine';
import { mulberry32 } from '../../../execute/mulberry32';
import { elementCount } from '../../../model/dataType';
import type { Graph, Model, Operator } from '../../../model/model';
import { pickSamples } from '../../../samples/samples';
import type { Samples } from '../../../samples/samples';
import { summingLayer } from '../../clean/ranges/sums';
import type { SummingLayer } from '../../clean/ranges/sums';
import { patchesOf } from '../../patches';
import type { Patches } from '../../patches';
import type { Student } from '../student';
import { NormalEquations } from './leastSquares';
import { withWeights } from '../withWeights';
import { realValues } from '../../../model/values/real';

interface Reconstruction {
  readonly teacher: Model;
  readonly student: Student;
  readonly samples: Samples;
  readonly engine: FloatEngine;
}

interface Reconstructed {
  readonly student: Student;
  /** Layers that got new weights. */
  readonly layers: number;
}

/**
 * Solves the weights of every layer behind a removed channel again, one after another, so that its sums on samples come
 * as near to the unpruned model's as they can, given what reaches the layer now (He, Zhang and Sun 2017,
 * arXiv:1707.06168; Luo, Wu and Lin 2017, arXiv:1707.06342): in closed form, without gradients, and therefore with few
 * samples. A layer keeps its weights where the new ones are no better on samples set aside.
 */
export async function reconstruct(
  { teacher, student, samples, engine }: Reconstruction,
  report: (share: number) => void,
  signal?: AbortSignal,
): Promise<Reconstructed> {
  let { model } = student;
  let layers = 0;
  const todo = layersToSolve(teacher.graphs[0], student);
  for (const [place, { operator, teacherOperator, kept }] of todo.entries()) {
    report(place / todo.length);
    const layer = summingLayer(model.graphs[0].operators[operator], model.graphs[0])!;
    const patches = patchesOf(layer.operator, model.graphs[0]);
    // None of a batch of several images.
    if (patches === undefined) continue;
    const gathering = { teacher, model, layer, patches, teacherOperator, kept };
    const sums = await gather(gathering, { samples, engine }, signal);
    const solved = solvedWeights(layer, sums);
    if (solved === undefined) continue;
    model = withWeights(model, solved);
    layers += 1;
  }
  return { student: { ...student, model }, layers };
}

interface LayerToSolve {
  /** Index in the student. */
  readonly operator: number;
  readonly teacherOperator: Operator;
  /** Outputs of the unpruned layer that are left. */
  readonly kept: readonly number[] | undefined;
}

/** More unknowns than this take too long for what they bring: their square counts. */
const mostUnknowns = 1200;

/** Layers that read a changed tensor, in order of execution. */
function layersToSolve({ operators }: Graph, { model, tensorIndices, keptChannels }: Student): readonly LayerToSolve[] {
  const [graph] = model.graphs;
  const disturbed = new Set<number>();
  return operators.flatMap((teacherOperator): readonly LayerToSolve[] => {
    const reads = teacherOperator.inputs.some((index) => disturbed.has(index));
    if (!reads && !isCut(teacherOperator, keptChannels)) return [];
    teacherOperator.outputs.forEach((index) => disturbed.add(index));
    const own = tensorIndices[teacherOperator.outputs[0]];
    const operator = graph.operators.find(({ outputs }) => outputs[0] === own);
    const layer = operator && summingLayer(operator, graph);
    if (layer === undefined || !isSolvable(layer, graph)) return [];
    return [{ operator: layer.operator.index, teacherOperator, kept: keptChannels(teacherOperator.outputs[0]) }];
  });
}

/**
 * True for a layer of whose image or weights channels are gone: not for a depthwise one, which goes channel by channel.
 */
function isCut({ kind, inputs }: Operator, keptChannels: Student['keptChannels']): boolean {
  const mixes = kind === 'CONV_2D' || kind === 'FULLY_CONNECTED';
  return mixes && inputs.slice(0, 2).some((index) => keptChannels(index) !== undefined);
}

function isSolvable({ form, weights, bias, image }: SummingLayer, { operators }: Graph): boolean {
  const readers = operators.filter(
    ({ inputs }) => inputs.includes(weights.index) || inputs.includes(bias?.index ?? -2),
  );
  const unknowns = elementCount(weights.shape.slice(1));
  const isFloat = [image, weights, bias].every((tensor) => tensor === undefined || tensor.type === 'float32');
  return form === 'mixing' && isFloat && readers.length === 1 && unknowns <= mostUnknowns;
}

interface Gathering {
  readonly teacher: Model;
  readonly model: Model;
  readonly layer: SummingLayer;
  readonly patches: Patches;
  readonly teacherOperator: Operator;
  readonly kept: readonly number[] | undefined;
}

/** Sums over samples that weights are solved from, and over samples that judge them. */
interface Gathered {
  readonly fitting: NormalEquations;
  readonly judging: NormalEquations;
}

/** Bytes of observed values that are held at once. */
const heldBytes = 64 * 2 ** 20;

async function gather(
  { teacher, model, layer, patches, teacherOperator, kept }: Gathering,
  { samples, engine }: Pick<Reconstruction, 'samples' | 'engine'>,
  signal?: AbortSignal,
): Promise<Gathered> {
  const wanted = teacherOperator.outputs[0];
  const size = elementCount(teacher.graphs[0].tensors[wanted].shape);
  const atOnce = Math.max(1, Math.floor(heldBytes / 4 / (size + elementCount(layer.image.shape))));
  const collector = new Collector({
    layer,
    patches,
    kept,
    samples: samples.count,
    teacherOutputs: size / patches.positions,
  });
  const [theirs, own] = [await engine.load(withoutActivation(teacher, teacherOperator)), await engine.load(model)];
  try {
    for (let first = 0; first < samples.count; first += atOnce) {
      const chosen = Array.from({ length: Math.min(atOnce, samples.count - first) }, (_, index) => first + index);
      const { inputs, count } = pickSamples(samples, chosen);
      const options = { signal, continues: first > 0 };
      const targets = (await theirs.run(inputs, count, [wanted], options)).get(wanted)!;
      const images = (await own.run(inputs, count, [layer.image.index], options)).get(layer.image.index)!;
      collector.add({ targets, images, first, count });
    }
  } finally {
    theirs.dispose();
    own.dispose();
  }
  return collector;
}

/** The sums of an operator themselves. */
function withoutActivation(model: Model, { index }: Operator): Model {
  const [graph, ...others] = model.graphs;
  const operators = graph.operators.map((operator) => {
    if (operator.index !== index || operator.options === undefined) return operator;
    const values = { ...operator.options.values, fusedActivationFunction: 'NONE' };
    return { ...operator, options: { ...operator.options, values } };
  });
  return { ...model, graphs: [{ ...graph, operators }, ...others] };
}

/** Rows for each unknown, and at least: enough that the weights are told by the samples, few enough to be quick. */
const rowsPerUnknown = 8;
const [fewestRows, mostRows] = [2048, 6144];
/** One sample in so many judges. */
const judgingPeriod = 5;
const positionsSeed = 20262;

class Collector implements Gathered {
  readonly fitting: NormalEquations;
  readonly judging: NormalEquations;
  readonly #patches: Patches;
  readonly #kept: readonly number[];
  readonly #teacherOutputs: number;
  readonly #positionsPerSample: number;
  readonly #random = mulberry32(positionsSeed);
  /** What the bias is multiplied by: nothing where there is none. */
  readonly #one: number;

  constructor(shape: {
    readonly layer: SummingLayer;
    readonly patches: Patches;
    readonly kept: readonly number[] | undefined;
    readonly samples: number;
    readonly teacherOutputs: number;
  }) {
    const { layer, patches, kept, samples, teacherOutputs } = shape;
    const outputs = layer.weights.shape[0];
    this.fitting = new NormalEquations(patches.length + 1, outputs);
    this.judging = new NormalEquations(patches.length + 1, outputs);
    this.#patches = patches;
    this.#kept = kept ?? Array.from({ length: outputs }, (_, index) => index);
    this.#teacherOutputs = teacherOutputs;
    this.#one = layer.bias === undefined ? 0 : 1;
    const rows = Math.min(mostRows, Math.max(fewestRows, rowsPerUnknown * patches.length));
    this.#positionsPerSample = Math.min(patches.positions, Math.max(1, Math.ceil(rows / samples)));
  }

  add(batch: {
    readonly targets: Float32Array;
    readonly images: Float32Array;
    readonly first: number;
    readonly count: number;
  }): void {
    const { positions, length } = this.#patches;
    const imageSize = batch.images.length / batch.count;
    const x = new Float64Array(length + 1).fill(this.#one);
    const y = new Float64Array(this.#kept.length);
    for (let sample = 0; sample < batch.count; sample++) {
      const isJudging = (batch.first + sample) % judgingPeriod === judgingPeriod - 1;
      const sums = isJudging ? this.judging : this.fitting;
      const image = batch.images.subarray(sample * imageSize, (sample + 1) * imageSize);
      for (let taken = 0; taken < this.#positionsPerSample; taken++) {
        const isAll = this.#positionsPerSample === positions;
        const position = isAll ? taken : Math.floor(this.#random() * positions);
        this.#patches.read(image, position, 0, x);
        const at = (sample * positions + position) * this.#teacherOutputs;
        this.#kept.forEach((output, index) => (y[index] = batch.targets[at + output]));
        sums.addRow(x, y);
      }
    }
  }
}

/** How firmly weights are held where they are; what suits depends on how many samples there are. */
const ridges = [1e-4, 1e-3, 1e-2, 1e-1, 1];

/** New values of weights and bias by tensor index; `undefined` where none are better on the rows set aside. */
function solvedWeights(
  layer: SummingLayer,
  { fitting, judging }: Gathered,
): ReadonlyMap<number, Float32Array> | undefined {
  const { weights, bias } = layer;
  const [outputs, inputs] = [fitting.outputs, fitting.inputs];
  const values = realValues(weights);
  const biases = bias === undefined ? undefined : realValues(bias);
  if (values === undefined || fitting.rows === 0 || judging.rows === 0) return undefined;
  const near = new Float64Array(inputs * outputs);
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs - 1; input++) {
      near[input * outputs + output] = values[output * (inputs - 1) + input];
    }
    near[(inputs - 1) * outputs + output] = biases?.[output] ?? 0;
  }
  let best = { ridge: 0, error: judging.errorOf(near) };
  for (const ridge of ridges) {
    const error = judging.errorOf(fitting.solve(near, ridge));
    if (error < best.error) best = { ridge, error };
  }
  if (best.ridge === 0) return undefined;
  fitting.addAll(judging);
  const solved = fitting.solve(near, best.ridge);
  const own = Float32Array.from(
    values,
    (_, index) => solved[(index % (inputs - 1)) * outputs + Math.floor(index / (inputs - 1))],
  );
  const result = new Map([[weights.index, own]]);
  if (bias !== undefined) result.set(bias.index, Float32Array.from(solved.subarray((inputs - 1) * outputs)));
  return result;
}
