import type { FloatProgram } from '../../execute/floatEngine';
import type { Model } from '../../model/model';
import { runtimeById } from '../../runtimes/runtimes';
import type { SplitSamples } from '../../samples/samples';
import type { Range } from './affine';
import { hasPerChannelDense } from './denseScales';
import type { KnownWeights } from './unsignedWeights';
import type { QuantizationSpec } from './quantizationSpec';
import type { QuantizedGraph } from './quantizedGraph';
import { rangedStates } from './recurrentParts';
import type { QuantizeRequest, QuantizeTools } from './request';
import { floatValues } from './scaleClasses';

/** A float model that is being quantized. */
export interface Work {
  readonly request: QuantizeRequest;
  readonly tools: QuantizeTools;
  /** As it was read. */
  readonly source: Model;
  /** All float, after repair and folding. */
  readonly model: Model;
  /** Ranges that are known already; they stay. */
  readonly ranges: ReadonlyMap<number, Range>;
  readonly knownWeights: KnownWeights;
  /** Whether some range has to be found. */
  readonly isCalibrated: boolean;
  readonly samples: SplitSamples;
  readonly program: FloatProgram;
  /** Loads another model, which is disposed of in the end. */
  readonly load: (model: Model) => Promise<FloatProgram>;
}

/** What came of it. */
export interface Outcome {
  readonly work: Work;
  readonly quantized: QuantizedGraph;
  readonly decisions: readonly string[];
}

/** What a person asked for, without the scales. */
export function specOf({
  request,
  knownWeights,
}: Pick<Work, 'request' | 'knownWeights'>): Omit<QuantizationSpec, 'scales'> {
  const { activations, io, keepFloat } = request.options;
  const perChannelDense = hasPerChannelDense(request.options, request.target);
  const library = runtimeById(request.target.runtime)?.kernelLibrary;
  return { activations, io, perChannelDense, keepFloat, library, knownWeights };
}

/** All float values: graph inputs, what operators compute, and what they remember. */
export function valuesOf({ graphs: [graph] }: Model): readonly number[] {
  const inputs = graph.inputs.filter((index) => graph.tensors[index].type === 'float32');
  return [
    ...new Set([
      ...inputs,
      ...graph.operators.flatMap((operator) => floatValues(operator, graph).outputs),
      ...rangedStates(graph),
    ]),
  ];
}

/** Tells the share of one stage as a share of the whole work. */
export function stage({ progress }: QuantizeTools, name: string, from: number, width: number): (share: number) => void {
  return (share) => progress?.({ stage: name, share: from + width * share });
}
