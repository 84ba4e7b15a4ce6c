import { agreesWith, type KnownValue } from '../../../execute/meaning/known';
import { knownTensors } from '../../../execute/meaning/knownTensors';
import type { Graph, Operator, Tensor } from '../../../model/model';
import { draftOf } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { countText } from '../../wording';
import type { Rewrite } from '../rewrite';

/**
 * Fixes every shape at what TF Lite makes of the inputs' stored shapes, and computes ahead what hangs on shapes and
 * constants alone.
 */
export const trueShapes: Rewrite = {
  id: 'true-shapes',
  exactWhen: 'TF Lite computes these shapes itself, from the shapes of the inputs that stand in the file.',
  apply: (model) => {
    const [graph] = model.graphs;
    const known = knownTensors(model);
    if (known === undefined) return undefined;
    const folded = new Map<number, Tensor>();
    const operators = graph.operators.filter((operator) => {
      const constants = constantsOf(operator, graph, known);
      constants?.forEach((tensor) => folded.set(tensor.index, tensor));
      return constants === undefined;
    });
    const tensors = graph.tensors.map(
      (tensor) => folded.get(tensor.index) ?? reshaped(tensor, known.get(tensor.index)),
    );
    const moved = tensors.filter((tensor, index) => tensor !== graph.tensors[index] && !folded.has(index)).length;
    if (folded.size + moved === 0) return undefined;
    const fixed = tensors.map((tensor): Tensor => ({ ...tensor, shapeSignature: undefined }));
    const gone = graph.operators.length - operators.length;
    return {
      model: redraw(model, draftOf(graph, { tensors: fixed, operators })),
      decisions: [
        ...(moved === 0
          ? []
          : [
              `${countText(moved, 'shape')} in the file ${moved === 1 ? 'is' : 'are'} what the operators make now, and not before.`,
            ]),
        ...(gone === 0
          ? []
          : [
              `${countText(gone, 'operator')} computed with shapes while the model ran; the results are constants now.`,
            ]),
      ],
    };
  },
};

/** Types that hold shapes, axes and counters. */
const plain: ReadonlySet<string> = new Set(['int32', 'int64', 'bool']);

/** Operators that do more than compute their outputs. */
const effects: ReadonlySet<string> = new Set(['CALL', 'CALL_ONCE', 'IF', 'WHILE', 'VAR_HANDLE', 'READ_VARIABLE']);

/** The outputs as constants; `undefined` where they are no shape arithmetic. */
function constantsOf(
  { kind, outputs }: Operator,
  graph: Graph,
  known: ReadonlyMap<number, KnownValue>,
): readonly Tensor[] | undefined {
  if (effects.has(kind) || outputs.length === 0) return undefined;
  const constants = outputs.flatMap((index) => {
    const tensor = graph.tensors[index];
    const value = known.get(index)?.value;
    const isFolded =
      value !== undefined && plain.has(tensor.type) && !tensor.isVariable && !graph.outputs.includes(index);
    return isFolded ? [{ ...tensor, shape: value.shape, data: value.bytes.slice() }] : [];
  });
  return constants.length === outputs.length ? constants : undefined;
}

function reshaped(tensor: Tensor, known: KnownValue | undefined): Tensor {
  if (known === undefined || known.shape.some((size) => size < 0) || agreesWith(tensor.shape, known.shape))
    return tensor;
  return { ...tensor, shape: known.shape };
}
