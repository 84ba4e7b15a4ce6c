import type { Graph, Model, Operator, Tensor } from '../../model/model';
import { enumOption } from '../../model/options';
import type { GraphDraft } from '../rewrite/graphDraft';
import { addTensor, draftOf } from '../rewrite/graphDraft';
import { redraw } from '../rewrite/redraw';
import { encode } from '../../model/values/stored';
import type { Interval } from './interval';
import { heldInterval, reachedIntervals } from './intervals';

/** Limits that a quantized tensor has by its type alone; each only where the float operator would go beyond it. */
export interface Clamp {
  readonly least?: number;
  readonly most?: number;
}

/** What a quantized operator's limits are in floating point. */
export interface LiftedClamp {
  /** The activation function to fuse into the operator; absent where none says it. */
  readonly fused?: string;
  /** What is left to be clamped behind it; absent where nothing is. */
  readonly rest?: Clamp;
}

/** Operators whose kernels apply a fused activation function in floating point. */
const fusing: ReadonlySet<string> = new Set([
  ...['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD', 'SUB', 'MUL', 'AVERAGE_POOL_2D', 'MAX_POOL_2D'],
]);

/**
 * Clamps that only the ranges of quantized tensors make, by the tensor (the first output of its operator), as they have
 * to be said in floating point. None where the operator cannot leave the range: where it copies, or has a range of its
 * own.
 */
export function liftedClamps(graph: Graph): ReadonlyMap<number, LiftedClamp> {
  const reached = reachedIntervals(graph);
  const found = new Map<number, LiftedClamp>();
  for (const operator of graph.operators) {
    for (const output of operator.outputs) {
      const tensor = graph.tensors[output];
      const [held, reach] = [heldInterval(tensor), reached.get(output)];
      if (held === undefined || reach === undefined) continue;
      const clamp = clampOf(held, reach, tensor);
      if (clamp.least !== undefined || clamp.most !== undefined) found.set(output, liftClamp(operator, clamp, tensor));
    }
  }
  return found;
}

/**
 * A step beyond an end makes no more difference than rounding does: kernels with a range of their own end a step before
 * 1.
 */
function clampOf(held: Interval, reach: Interval, tensor: Tensor): Clamp {
  const step = 1.001 * stepOf(tensor);
  return {
    ...(reach.least < held.least - step && { least: held.least }),
    ...(reach.most > held.most + step && { most: held.most }),
  };
}

function stepOf({ quantization }: Tensor): number {
  return quantization?.scales[0] ?? 0;
}

function liftClamp(operator: Operator, clamp: Clamp, tensor: Tensor): LiftedClamp {
  const own = enumOption(operator, 'fusedActivationFunction', 'NONE');
  const name = activationFor(clamp, own, stepOf(tensor));
  if (!fusing.has(operator.kind) || operator.options === undefined || name === undefined) return { rest: clamp };
  const rest = name === 'RELU' && clamp.most !== undefined ? { most: clamp.most } : undefined;
  return { fused: name, ...(rest && { rest }) };
}

/** The activation function that clamps at the same places, to the half step that rounding hides. */
function activationFor({ least, most }: Clamp, own: string, step: number): string | undefined {
  const isAt = (value: number | undefined, wanted: number): boolean =>
    value !== undefined && wanted >= value - step / 2 && wanted <= value + step;
  const isAtZero = least === 0 || (least === undefined && own === 'RELU');
  if (isAtZero && isAt(most, 6)) return 'RELU6';
  if (own !== 'NONE') return undefined;
  if (least === 0) return 'RELU';
  return least !== undefined && Math.abs(least + 1) <= step && isAt(most, 1) ? 'RELU_N1_TO_1' : undefined;
}

/** An operator with the activation function that its clamp asks for. */
export function withActivation(operator: Operator, clamp: LiftedClamp | undefined): Operator {
  if (clamp?.fused === undefined || operator.options === undefined) return operator;
  const values = { ...operator.options.values, fusedActivationFunction: clamp.fused };
  return { ...operator, options: { ...operator.options, values } };
}

/**
 * Puts operators of TFLM that clamp behind the operators that compute these float tensors. The tensors keep their
 * indices and hold clamped values; what comes before is a new tensor.
 */
export function addClamps(draft: GraphDraft, clamps: ReadonlyMap<number, Clamp>): void {
  draft.operators = draft.operators.flatMap((operator) => {
    const added: Operator[] = [];
    const outputs = operator.outputs.map((output) => {
      const clamp = clamps.get(output);
      if (clamp === undefined) return output;
      const steps = stepsOf(draft, clamp);
      const tensor = draft.tensors[output];
      const places = steps.map((_step, place) =>
        addTensor(draft, { ...tensor, name: `${tensor.name}/unclamped${place || ''}` }),
      );
      steps.forEach(({ kind, constant }, place) => {
        const inputs = constant === undefined ? [places[place]] : [places[place], constant];
        added.push(clampOperator(kind, inputs, places[place + 1] ?? output));
      });
      return places[0];
    });
    return [{ ...operator, outputs }, ...added];
  });
}

interface Step {
  readonly kind: string;
  /** The other operand of a minimum or maximum. */
  readonly constant?: number;
}

function stepsOf(draft: GraphDraft, { least, most }: Clamp): readonly Step[] {
  const constant = (value: number): number =>
    addTensor(draft, {
      name: `limit_${value}`,
      type: 'float32',
      shape: [1],
      isVariable: false,
      data: encode('float32', [value]),
    });
  return [
    ...(least === undefined ? [] : [least === 0 ? { kind: 'RELU' } : { kind: 'MAXIMUM', constant: constant(least) }]),
    ...(most === undefined ? [] : [{ kind: 'MINIMUM', constant: constant(most) }]),
  ];
}

function clampOperator(kind: string, inputs: readonly number[], output: number): Operator {
  const options = kind === 'RELU' ? undefined : { table: 'MaximumMinimumOptions', values: {} };
  return { index: 0, kind, version: 1, inputs, outputs: [output], intermediates: [], options };
}

/**
 * A float model whose tensors hold what they would with these clamps: the same tensors under the same indices, with
 * operators behind them.
 */
export function withClamps(model: Model, clamps: ReadonlyMap<number, Clamp>): Model {
  if (clamps.size === 0) return model;
  const draft = draftOf(model.graphs[0]);
  addClamps(draft, clamps);
  return redraw(model, draft);
}
