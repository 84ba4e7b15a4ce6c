import { elementCount } from '../model/dataType';
import { circularCalls } from '../model/calls';
import { disordersOf, overwriting, unwrittenOutputs } from '../model/disorder';
import { isConstant, operatorName, type Model, type Tensor } from '../model/model';
import { wrongShapes } from '../faults/wrongAnswers';
import { isComplete, shapeProblemOf } from '../operators/operators';
import { HumanError } from '../model/problem';

/**
 * Elements of all activations of a model, a hundred times what the largest network of a microcontroller has: a file of
 * some hundred bytes may name shapes of gigabytes, and a compression takes memory and time for what shapes name.
 */
const mostElements = 2 ** 27;

/** Sizes of all dimensions: a compression follows every index of each. */
const mostIndices = 2 ** 24;

/** What a model claims beyond all that a compression can work on, as a complete sentence. */
function tooLargeText({ graphs }: Model): string | undefined {
  let [elements, indices] = [0, 0];
  for (const { tensors } of graphs) {
    for (const tensor of tensors) {
      if (tensor.data !== undefined) continue;
      elements += elementCount(tensor.shape);
      indices += tensor.shape.reduce((sum, length) => sum + length, 0);
      if (elements <= mostElements && indices <= mostIndices) continue;
      return (
        `The shapes of this model name more values than any microcontroller holds ("${tensor.name}" is ` +
        `[${tensor.shape.join(',')}]), so that it cannot be changed here. Convert it again with the shapes that are meant.`
      );
    }
  }
  return undefined;
}

/** An operator without an input or output that it computes with, as a complete sentence. */
function incompleteText({ graphs }: Model): string | undefined {
  for (const graph of graphs) {
    const operator = graph.operators.find((each) => !isComplete(each, graph));
    if (operator === undefined) continue;
    return (
      `Operator ${operator.index} (${operatorName(operator)}) lacks an input or an output that it needs, so that the model ` +
      'cannot be changed here. Convert it again.'
    );
  }
  return undefined;
}

/** A dimension that no tensor can have, as a complete sentence. */
function negativeText({ graphs }: Model): string | undefined {
  const tensor = graphs.flatMap(({ tensors }) => tensors).find(({ shape }) => shape.some((length) => length < 0));
  if (tensor === undefined) return undefined;
  return (
    `"${tensor.name}" has the shape [${tensor.shape.join(',')}], which no tensor can have, so that the model cannot be ` +
    'changed here. Convert it again.'
  );
}

/** What asks for the writer of a tensor would be led in circles, as a complete sentence. */
function overwrittenText({ graphs }: Model): string | undefined {
  const found = graphs.map(overwriting).find((each) => each !== undefined);
  if (found === undefined) return undefined;
  const { operator, tensor } = found;
  return (
    `Operator ${operator.index} (${operatorName(operator)}) writes "${tensor.name}", ` +
    `${isConstant(tensor) ? 'which is a constant' : 'which was written before'}, so that ` +
    'the model cannot be changed here. Convert it again, with a tensor of its own for each output.'
  );
}

/** What follows values from reader to writer would lead in circles, as a complete sentence. */
function disorderText({ graphs }: Model): string | undefined {
  for (const { operator, tensor, writer } of graphs.flatMap(disordersOf)) {
    // What nobody writes is the end of every way, and no circle.
    if (writer === 'nobody') continue;
    const what = writer === 'itself' ? 'which it writes itself' : 'which an operator writes that runs later';
    return (
      `Operator ${operator.index} (${operatorName(operator)}) reads "${tensor.name}", ${what}, so that the model cannot be ` +
      'changed here. Convert it again.'
    );
  }
  return undefined;
}

/** Graphs that call each other without end, as a complete sentence. */
function circleText(model: Model): string | undefined {
  const [operator] = circularCalls(model, model.graphs);
  if (operator === undefined) return undefined;
  return (
    `The graphs of this model call each other in a circle (operator ${operator.index}, ${operatorName(operator)}, closes ` +
    'it), so that the model cannot be changed here. Unroll the recursion before the model is converted.'
  );
}

/** Why no compression can work on a model, whatever its kind, as a complete sentence; absent where one can. */
export function unworkableText(model: Model): string | undefined {
  return (
    negativeText(model) ??
    tooLargeText(model) ??
    circleText(model) ??
    disorderText(model) ??
    overwrittenText(model) ??
    incompleteText(model)
  );
}

/** @throws HumanError `model-unworkable` where {@link unworkableText} has something to say. */
export function checkWorkable(model: Model): void {
  const text = unworkableText(model);
  if (text !== undefined) throw new HumanError('model-unworkable', text);
}

/** What reads or gives out what nobody writes, as a complete sentence: its outputs hang on what lies in memory. */
export function unwrittenText({ graphs }: Model): string | undefined {
  const found = graphs.flatMap(disordersOf).find(({ writer }) => writer === 'nobody');
  if (found === undefined) return unwrittenOutputText(graphs.flatMap(unwrittenOutputs)[0]);
  return (
    `Operator ${found.operator.index} (${operatorName(found.operator)}) reads "${found.tensor.name}", which nothing writes, so ` +
    'that its outputs hang on what lies in memory, and the model cannot be changed here. Convert it again.'
  );
}

function unwrittenOutputText(tensor: Tensor | undefined): string | undefined {
  if (tensor === undefined) return undefined;
  return (
    `The model gives out "${tensor.name}", which nothing writes, so that this output hangs on what lies in memory, and ` +
    'the model cannot be changed here. Convert it again, or leave that output out.'
  );
}

/**
 * Where the shapes in the file contradict each other or its operators, as a complete sentence: what is computed has not
 * the place then that the file names for it.
 */
export function contradictionText(model: Model): string | undefined {
  for (const graph of model.graphs) {
    for (const operator of graph.operators) {
      const problem = shapeProblemOf(operator, graph);
      if (problem !== undefined) return problem;
    }
  }
  return wrongShapes(model)[0]?.message;
}
