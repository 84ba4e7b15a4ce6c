import type { Model, Tensor } from '../../model/model';
import type { Target } from '../target';
import { tensorCount } from './lifetimes';
import { resourceNames } from './resources';
import { arenaBytes, isActivation } from './tensorBytes';

/** Beyond these a plan would take too long here, and no microcontroller holds the structures of so large a graph. */
const mostTensors = 50_000;
const mostOperators = 20_000;
export const mostPlannedBuffers = 8_000;
/** Sizes are 32 bits on the device. */
const mostBytes = 2 ** 31 - 1;

interface Refusal {
  readonly reason: string;
  readonly operator?: { readonly graph: number; readonly index: number };
}

/**
 * Why no arena can be computed for a model before anything is laid out, as a whole sentence; `undefined` when it can.
 */
export function refusalOf(model: Model, target: Target): Refusal | undefined {
  return tooLarge(model) ?? tensorRefusal(model) ?? intermediateRefusal(model) ?? resourceRefusal(model, target);
}

function tooLarge(model: Model): Refusal | undefined {
  if (model.graphs.length === 0) return { reason: 'The model has no graph to run. Convert it again.' };
  const tensors = tensorCount(model);
  const operators = model.graphs.reduce((sum, graph) => sum + graph.operators.length, 0);
  if (tensors <= mostTensors && operators <= mostOperators) return undefined;
  return {
    reason:
      `The model has ${tensors} tensors and ${operators} operators; an arena is planned for at most ${mostTensors} and ${mostOperators}. ` +
      'No microcontroller holds the structures of so large a graph: choose a smaller model.',
  };
}

function tensorRefusal(model: Model): Refusal | undefined {
  for (const graph of model.graphs) {
    for (const tensor of graph.tensors) {
      const reason = tensorReason(tensor);
      if (reason !== undefined) return { reason };
    }
  }
  return undefined;
}

function tensorReason(tensor: Tensor): string | undefined {
  const bytes = arenaBytes(tensor);
  if (bytes === undefined)
    return `Tensor ${quotedName(tensor)} is of type ${tensor.type}, which TensorFlow Lite Micro refuses. Convert the model without it.`;
  if (tensor.externalBuffer !== undefined) {
    return `The data of tensor ${quotedName(tensor)} are in another file, which TensorFlow Lite Micro cannot read. Convert the model into one file.`;
  }
  if (!isActivation(tensor) && !tensor.isVariable) return undefined;
  if (tensor.shape.some((size) => size < 0)) {
    return `Tensor ${quotedName(tensor)} has a dimension that is known only at run time, which TensorFlow Lite Micro refuses. Convert the model with fixed shapes.`;
  }
  return bytes > mostBytes
    ? `Tensor ${quotedName(tensor)} has ${bytes} bytes, more than a 32-bit device can address. Choose a smaller model.`
    : undefined;
}

function quotedName(tensor: Tensor): string {
  return tensor.name === '' ? String(tensor.index) : `"${tensor.name}"`;
}

/** Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/micro_allocation_info.cc (ValidateSubgraph). */
function intermediateRefusal(model: Model): Refusal | undefined {
  for (const graph of model.graphs) {
    for (const operator of graph.operators) {
      const tensor = operator.intermediates
        .map((index) => graph.tensors[index])
        .find((candidate) => candidate !== undefined && (arenaBytes(candidate) ?? 0) !== 0);
      if (tensor === undefined) continue;
      return {
        reason: `Intermediate tensor ${quotedName(tensor)} of ${operator.kind} has a size, which TensorFlow Lite Micro refuses. Convert the model again.`,
        operator: { graph: graph.index, index: operator.index },
      };
    }
  }
  return undefined;
}

function resourceRefusal(model: Model, target: Target): Refusal | undefined {
  const slots = target.resourceVariableSlots;
  const needed = resourceNames(model).length;
  if (slots === undefined || slots >= needed) return undefined;
  return {
    reason:
      `The model has ${needed} resource variables but resourceVariableSlots is ${slots}, so AllocateTensors() fails. ` +
      `Give MicroResourceVariables::Create() at least ${needed}.`,
  };
}
