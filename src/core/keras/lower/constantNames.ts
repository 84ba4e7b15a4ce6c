import type { KerasFlavour } from '../kerasModel';
import type { DraftNode } from './draft';

/** What the official converter calls a constant that it made itself. */
export const madeName = 'arith.constant';

/** Names behind that of the operation, by operator and position among its inputs. */
const suffixes: ReadonlyMap<string, readonly (string | undefined)[]> = new Map([
  ['MEAN', [undefined, '/reduction_indices']],
  ['SUM', [undefined, '/reduction_indices']],
  ['REDUCE_MAX', [undefined, '/reduction_indices']],
  ['STRIDED_SLICE', [undefined, '/stack']],
  ['TRANSPOSE_CONV', ['/input_sizes']],
  ['TILE', [undefined, '/multiples']],
  ['EXPAND_DIMS', [undefined, '/dim']],
  ['TRANSPOSE', [undefined, '/perm']],
  ['RESIZE_BILINEAR', [undefined, '/size']],
]);

/** Names of an operation's constants, by position; those of weights are others. */
export function constantNames(node: DraftNode, flavour: KerasFlavour): readonly string[] {
  const { name } = node.outputs[0];
  const own = name.split(';').at(-1) ?? name;
  return node.inputs.map((input, place) => {
    if (node.kind === 'STRIDED_SLICE' && isLastStep(node)) return own;
    const suffix = isOfFusedLstm(name) ? undefined : suffixes.get(node.kind)?.at(place);
    if (suffix !== undefined) return `${operationName(node.kind, own)}${suffix}`;
    if (own.endsWith('/TensorListSetItem')) return own;
    if (node.kind === 'RESHAPE' && /\/?transpose(_1)?;/.test(name)) return name;
    if (node.kind === 'UNIDIRECTIONAL_SEQUENCE_LSTM' || isOfFusedLstm(name)) return madeName;
    if (node.kind === 'WHILE') return input?.type === 'float32' ? input.name : madeName;
    if (node.kind === 'LESS' && input !== undefined) return input.name;
    if (node.kind === 'PACK') return `${own}/${place}`;
    if (node.kind === 'PAD') return flavour === 'keras2' ? `${own}/paddings` : own.replace(/Pad$/, 'Const');
    if (node.kind === 'RESHAPE' && /\/(Squeeze|ExpandDims)$/.test(own)) return own;
    if (input?.type !== 'float32' && input?.quantization === undefined) return madeName;
    if (own.endsWith('/batchnorm/mul_1')) return own.replace(/_1$/, '');
    return own.endsWith('/batchnorm/add_1') ? own.replace(/add_1$/, 'sub') : own;
  });
}

/** What the converter puts around its one operator for an LSTM has no name of TensorFlow's. */
function isOfFusedLstm(name: string): boolean {
  return name.startsWith('tfl.');
}

/** The last of the steps that a loop has written, time first. */
function isLastStep({ inputs, options }: DraftNode): boolean {
  return options.shrinkAxisMask === 1 && inputs[0]?.shape.length === 3 && inputs[1]?.constant?.values?.at(0) === -1;
}

function operationName(kind: string, own: string): string {
  if (kind === 'RESIZE_BILINEAR') return own.replace(/\/ResizeBilinear$/, '');
  return kind === 'MEAN' ? own.replace(/\/Reduce$/, '/Mean') : own.replace(/\/Reduce$/, '/Max');
}
