import { spendBytes } from '../model/budget';
import { absentValues } from '../model/constants';
import { elementCount, storedBytes } from '../model/dataType';
import { isConstant, operatorName, type Graph, type Model, type Tensor } from '../model/model';
import { decode } from '../model/values/stored';
import { HumanError } from '../model/problem';
import { elementBytes, Value } from './value';

/** More than any microcontroller, and little enough for the machine that this runs on. */
const mostBytes = 1 << 30;

/**
 * Memory of each tensor of a graph, constants filled in. Each has memory of its own, so that any layer can be looked at
 * afterwards.
 */
export function valuesOf(graph: Graph): readonly Value[] {
  const shapes = shapesOf(graph);
  let total = 0;
  return graph.tensors.map((tensor) => {
    const shape = shapes[tensor.index];
    total += elementCount(shape) * elementBytes(tensor.type);
    if (!(total <= mostBytes)) throw tooLarge(graph);
    spendBytes(elementCount(shape) * elementBytes(tensor.type));
    const value = new Value(tensor, shape);
    if (tensor.data !== undefined) fillConstant(value, tensor.data);
    else if (isConstant(tensor)) throw new HumanError('constant-absent', absentValues(tensor)!);
    else if (tensor.isVariable) resetVariable(value);
    return value;
  });
}

/**
 * As TFLM does: int8 begins at its zero point, everything else at 0. Source: ResetTensorData() in
 * micro_interpreter_graph.cc.
 */
export function resetVariable(value: Value): void {
  value.bytes.fill(value.type === 'int8' ? value.zeroPoint : 0);
}

/** RESHAPE's output may leave one dimension open: it follows from the input. Other open dimensions count as 1. */
function shapesOf(graph: Graph): (readonly number[])[] {
  const shapes = graph.tensors.map((tensor) => tensor.shape);
  for (const operator of graph.operators) {
    if (operatorName(operator) !== 'RESHAPE') continue;
    const [from, to] = [operator.inputs[0], operator.outputs[0]];
    const shape = shapes[to];
    if (shape === undefined || !shape.includes(-1)) continue;
    const known = shape.reduce((product, length) => (length < 0 ? product : product * length), 1);
    const open = known > 0 ? Math.floor(elementCount(shapes[from] ?? []) / known) : 0;
    shapes[to] = shape.map((length) => (length < 0 ? open : length));
  }
  return shapes.map((shape) => shape.map((length) => (length < 0 ? 1 : length)));
}

/** A constant of the model with its content. */
export function constantValue(tensor: Tensor): Value {
  if (tensor.data === undefined)
    throw new HumanError(
      'constant-absent',
      absentValues(tensor) ?? 'A constant has no values. Convert the model again.',
    );
  if (!(elementCount(tensor.shape) * elementBytes(tensor.type) <= mostBytes)) throw tooLargeTensor(tensor);
  const value = new Value(tensor, tensor.shape);
  fillConstant(value, tensor.data);
  return value;
}

function fillConstant(value: Value, data: Uint8Array): void {
  const needed = storedBytes(value.type, value.elements);
  if (data.byteLength < needed) throw shortConstant(value.tensor, data.byteLength, needed);
  if (value.type === 'int4') value.int8.set(decode('int4', data, value.elements)!);
  else value.bytes.set(data.subarray(0, value.bytes.length));
}

function tooLarge(graph: Graph): HumanError {
  return new HumanError(
    'model-too-large-to-run',
    `The tensors of graph "${graph.name}" need more than 1 GB of memory. Run a smaller model.`,
  );
}

function tooLargeTensor(tensor: Tensor): HumanError {
  return new HumanError(
    'model-too-large-to-run',
    `The tensor "${tensor.name}" needs more than 1 GB of memory. Run a smaller model.`,
  );
}

function shortConstant(tensor: Tensor, bytes: number, needed: number): HumanError {
  return new HumanError(
    'constant-too-short',
    `The constant "${tensor.name}" has ${bytes} bytes where its shape needs ${needed}. The file is damaged: convert the model again.`,
  );
}

/** A model without a graph has nothing to run. */
export function checkHasGraph(model: Model): void {
  if (model.graphs.length > 0) return;
  throw new HumanError('model-empty', 'The model has no graph, so there is nothing to run. Convert it again.');
}
