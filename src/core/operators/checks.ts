import { isConstant } from '../model/model';
import { enumOption } from '../model/options';
import { shapeText } from './shapes';
import { alternatives, capital, countText, inputName, refuse, whileRunning, type Check } from './view';

/**
 * TFLM's shapes hold at most six dimensions. Source: RuntimeShape::kMaxSmallSize in kernels/internal/runtime_shape.h.
 */
const maximumRank = 6;

/** How many inputs or outputs a kernel takes: exactly, or from the first number to the second. */
export type Arity = number | readonly [number, number];

/** Refuses a wrong number of inputs or outputs, and inputs that are absent where no bias is. */
export function arityCheck(inputs: Arity, outputs: Arity, optional: readonly number[]): Check {
  return (view) => {
    const { operator, name, graph } = view;
    for (const [noun, arity, count] of [
      ['input', inputs, operator.inputs.length],
      ['output', outputs, operator.outputs.length],
    ] as const) {
      const [least, most] = typeof arity === 'number' ? [arity, arity] : arity;
      if (count >= least && count <= most) continue;
      return refuse(
        'inputs-unsupported',
        `${name} has ${countText(count, noun)}, but TFLite Micro takes ${rangeText(least, most)}; split the operator or convert the model again.`,
      );
    }
    const lacking = operator.inputs.findIndex(
      (index, position) =>
        graph.tensors[index] === undefined &&
        !(index === -1 && (view.role(position) === 'bias' || optional.includes(position))),
    );
    if (lacking === -1) return undefined;
    return refuse(
      'inputs-unsupported',
      `${name} lacks ${inputName(view, lacking)}, which TFLite Micro needs; convert the model again.`,
    );
  };
}

/** Refuses dimensions that are only known at run time (negative in the model's own shape). */
export const fixedShapes: Check = (view) => {
  const { operator, graph, name } = view;
  const open = [...operator.inputs, ...operator.outputs]
    .map((index) => graph.tensors[index])
    .find((tensor) => tensor?.shape.some((size) => size < 0));
  if (open === undefined) return undefined;
  return refuse(
    'dynamic-shape',
    `${name} works on ${shapeText(open)}, whose size is only known at run time; convert the model again with fixed input shapes (batch 1), since TFLite Micro plans all memory ahead.`,
  );
};

/**
 * Refuses outputs without elements, but for the shape [0] of old scalars, after everything else has been looked at.
 * Source: CheckDynamicTensors in tensorflow/lite/micro/micro_interpreter_graph.cc.
 */
export const filledOutputs: Check = (view) => {
  const empty = view.operator.outputs
    .map((_, position) => view.output(position))
    .find((tensor) => tensor !== undefined && tensor.shape.includes(0) && tensor.shape.join() !== '0');
  if (empty === undefined) return undefined;
  return refuse(
    'dynamic-shape',
    `${view.name} gives ${shapeText(empty)}, a tensor without elements, which TFLite Micro takes for one whose size is not known and refuses; leave that output out of the model.`,
  );
};

/** Refuses tensors of more than six dimensions. */
export const ranksHeld: Check = (view) => {
  const { operator, graph, name } = view;
  const tensors = [...operator.inputs, ...operator.outputs].map((index) => graph.tensors[index]);
  const rank = tensors.reduce((most, tensor) => Math.max(most, tensor?.shape.length ?? 0), 0);
  if (rank <= maximumRank) return undefined;
  return refuse(
    'shape-unsupported',
    `${name} works on a tensor of ${rank} dimensions, but TFLite Micro holds at most ${maximumRank}; reshape it before the operator.`,
  );
};

/** Requires input `position` to have a rank from `least` to `most`. */
export function inputRank(position: number, least: number, most: number = least): Check {
  return (view) => {
    const rank = view.input(position)?.shape.length;
    if (rank === undefined || (rank >= least && rank <= most)) return undefined;
    return refuse(
      'shape-unsupported',
      `${capital(inputName(view, position))} of ${view.name} has ${countText(rank, 'dimension')}, but TFLite Micro takes ${rangeText(least, most)}; reshape it before the operator.`,
    );
  };
}

/** Requires output `position` to have a rank from `least` to `most`. */
export function outputRank(position: number, least: number, most: number = least): Check {
  return (view) => {
    const rank = view.output(position)?.shape.length;
    if (rank === undefined || (rank >= least && rank <= most)) return undefined;
    return refuse(
      'shape-unsupported',
      `Output ${position} of ${view.name} has ${countText(rank, 'dimension')}, but TFLite Micro takes ${rangeText(least, most)}; reshape it before the operator.`,
    );
  };
}

/** Requires input `position` to be a constant of the model: TFLM reads it once, before the first inference. */
export function constantInput(position: number, noun: string): Check {
  return (view) => {
    const tensor = view.input(position);
    if (tensor === undefined || isConstant(tensor)) return undefined;
    return refuse(
      'constant-required',
      `${view.name} takes its ${noun} (input ${position}) from another operator, but TFLite Micro needs it as a constant; fix it in the model before converting it.`,
    );
  };
}

const plainActivations = ['RELU', 'RELU_N1_TO_1', 'RELU6'];

/**
 * Refuses fused activations that TFLM would ignore without a word. Source: CalculateActivationRange in
 * kernels/kernel_util.h.
 */
export const fusedActivation: Check = whileRunning(activationAmong(plainActivations));

/** Refuses any fused activation. */
export const noFusedActivation: Check = activationAmong([]);

function activationAmong(allowed: readonly string[]): Check {
  return ({ operator, name }) => {
    const activation = enumOption(operator, 'fusedActivationFunction', 'NONE');
    if (activation === 'NONE' || allowed.includes(activation)) return undefined;
    const applied = allowed.length === 0 ? 'none' : `only ${alternatives(allowed)}`;
    return refuse(
      'options-unsupported',
      `${name} has the fused activation ${activation}, but TFLite Micro applies ${applied} there; make the activation an operator of its own.`,
    );
  };
}

/** Runs `check` only with the CMSIS-NN kernels, and says so. */
export function onlyCmsisNn(check: Check): Check {
  return (view) => {
    const refusal = view.library === 'cmsis_nn' ? check(view) : undefined;
    if (refusal === undefined) return undefined;
    const reason = refusal.reason.replace('TFLite Micro', "TFLite Micro's CMSIS-NN kernel").replace(/\.$/, '');
    return { ...refusal, reason: `${reason}, or build with the reference kernels.` };
  };
}

function rangeText(least: number, most: number): string {
  if (least === most) return `${least}`;
  if (least === 0) return `at most ${most}`;
  return most === Infinity ? `${least} or more` : `${least} to ${most}`;
}
