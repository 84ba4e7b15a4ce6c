import { elementCount } from './dataType';
import { isConstant, type Graph, type Operator, type Tensor } from './model';

/** An operator that reads what nothing has written when it runs, or what it writes itself. */
export interface Disorder {
  readonly operator: Operator;
  readonly tensor: Tensor;
  /** `itself`: it writes its own input; `nobody`: no operator does; else the one that does, which runs later. */
  readonly writer: Operator | 'itself' | 'nobody';
}

/**
 * Where the order of a graph's operators is no order: the first input of each operator that it cannot have. What
 * follows tensors from reader to writer leads in circles only through these. Time: proportional to the graph.
 */
export function disordersOf(graph: Graph): readonly Disorder[] {
  const { tensors, operators } = graph;
  const firstWriter = new Array<Operator | undefined>(tensors.length);
  for (const operator of operators) for (const output of operator.outputs) firstWriter[output] ??= operator;
  const isThere = thereBefore(graph);
  return operators.flatMap((operator): readonly Disorder[] => {
    const own = new Set(operator.outputs);
    for (const index of operator.inputs) {
      if (own.has(index)) return [{ operator, tensor: tensors[index], writer: 'itself' }];
      const writer = firstWriter[index];
      if (isThere(index) || (writer !== undefined && writer.index < operator.index)) continue;
      // An accelerator's scratch memory is an input of its operator.
      if (writer === undefined && operator.kind === 'CUSTOM') continue;
      return [{ operator, tensor: tensors[index], writer: writer ?? 'nobody' }];
    }
    return [];
  });
}

/** Outputs of a graph that it is not given and that none of its operators writes. */
export function unwrittenOutputs(graph: Graph): readonly Tensor[] {
  const written = new Set(graph.operators.flatMap(({ outputs }) => outputs));
  const isThere = thereBefore(graph);
  return graph.outputs.filter((index) => !written.has(index) && !isThere(index)).map((index) => graph.tensors[index]);
}

/** Which tensors have their values before any operator runs, or hold none. */
function thereBefore({ tensors, inputs }: Graph): (index: number) => boolean {
  const given = new Set(inputs);
  return (index) => {
    const tensor = tensors[index];
    if (tensor === undefined || isConstant(tensor) || tensor.isVariable || given.has(index)) return true;
    return elementCount(tensor.shape) === 0;
  };
}

/** An operator and one of its outputs. */
interface Writing {
  readonly operator: Operator;
  readonly tensor: Tensor;
}

/** Operators that write what the file holds as a constant, variables excepted; of each the first such output. */
export function writtenConstants({ tensors, operators }: Graph): readonly Writing[] {
  return operators.flatMap((operator) => {
    const tensor = operator.outputs.map((index) => tensors[index]).find((each) => isConstant(each) && !each.isVariable);
    return tensor === undefined ? [] : [{ operator, tensor }];
  });
}

/**
 * The first operator that writes what one before it has written or what is constant, variables excepted: whose value a
 * reader means is then a matter of when it runs, and what asks for *the* writer of a tensor is led in circles.
 */
export function overwriting({ tensors, operators }: Graph): Writing | undefined {
  const written = new Set(tensors.flatMap((tensor, index) => (isConstant(tensor) ? [index] : [])));
  for (const operator of operators) {
    for (const index of operator.outputs) {
      if (written.has(index) && !tensors[index].isVariable) return { operator, tensor: tensors[index] };
      written.add(index);
    }
  }
  return undefined;
}
