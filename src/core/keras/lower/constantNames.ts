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
    const suffix = suffixes.get(node.kind)?.at(place);
    if (suffix !== undefined) return `${operationName(node.kind, own)}${suffix}`;
    if (node.kind === 'PACK') return `${own}/${place}`;
    if (node.kind === 'PAD') return flavour === 'keras2' ? `${own}/paddings` : own.replace(/Pad$/, 'Const');
    if (node.kind === 'RESHAPE' && /\/(Squeeze|ExpandDims)$/.test(own)) return own;
    if (input?.type !== 'float32' && input?.quantization === undefined) return madeName;
    if (own.endsWith('/batchnorm/mul_1')) return own.replace(/_1$/, '');
    return own.endsWith('/batchnorm/add_1') ? own.replace(/add_1$/, 'sub') : own;
  });
}

function operationName(kind: string, own: string): string {
  if (kind === 'RESIZE_BILINEAR') return own.replace(/\/ResizeBilinear$/, '');
  return kind === 'MEAN' ? own.replace(/\/Reduce$/, '/Mean') : own.replace(/\/Reduce$/, '/Max');
}
