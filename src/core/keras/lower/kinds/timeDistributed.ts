import { add, type LayerContext } from '../context';
import { integers, type DraftValue } from '../draft';
import { slice } from './reshaping';
import { transpose } from './shapes';

/** TensorFlow numbers operations of one kind on, step by step. */
function numberNodes({ draft }: LayerContext, from: number, step: number): void {
  draft.nodes.slice(from).forEach((node, index) => {
    const name = `${node.name}_${step}`;
    for (const output of node.outputs) if (output.name === node.name) output.name = name;
    draft.nodes[from + index] = { ...node, name };
  });
}

/** A layer at every step of the second axis. */
export function timeDistributed(context: LayerContext): readonly DraftValue[] {
  const [inside] = context.layer.wraps ?? [];
  const [input] = context.inputs;
  const [batch, count, ...rest] = input.shape;
  if (inside === undefined || count === null || count === undefined) return [];
  const own = (value: DraftValue, scope: string): DraftValue | undefined =>
    context.inside({
      ...context,
      layer: { ...inside, calls: context.layer.calls },
      config: inside.config,
      scope,
      inputs: [value],
      arguments: { positional: [], named: new Map() },
      outputs: context.outputs.map((shape) => shape && [shape[0], ...shape.slice(2)]),
      weight: (name) => context.weight(`${inside.name}/${name}`),
    })[0];
  const isSteps = context.options.manner === 'official' && context.options.flavour === 'keras3';
  if (!isSteps) {
    const all = batch === null ? null : batch * count;
    const flat = add(context, 'RESHAPE', [input, integers([-1, ...rest.map((length) => length ?? 1)])], {
      shape: [all, ...rest],
      name: 'Reshape',
      type: input.type,
    });
    const value = own(flat, `${context.scope}/${inside.name}`);
    if (value === undefined) return [];
    const shape = [batch, count, ...value.shape.slice(1)];
    const target = shape.map((length, axis) => (axis === 0 ? -1 : (length ?? 1)));
    return [add(context, 'RESHAPE', [value, integers(target)], { shape, name: 'Reshape_1', type: value.type })];
  }
  const order = [1, 0, ...rest.map((_, axis) => axis + 2)];
  const major = transpose(context, input, order, 'transpose');
  const values: DraftValue[] = [];
  for (let step = 0; step < count; step++) {
    const axes = [{ begin: step, isIndex: true }, ...[batch, ...rest].map(() => ({ isRest: true }))];
    const name = step === 0 ? 'strided_slice' : `strided_slice_${step}`;
    const part = slice(context, major, axes, name);
    const before = context.draft.nodes.length;
    const value = own(part, context.scope);
    if (value === undefined) return [];
    if (step > 0) numberNodes(context, before, step);
    values.push(value);
  }
  const shape = [count, ...values[0].shape];
  const packed = add(context, 'PACK', values, { shape, name: 'stack', options: { valuesCount: count, axis: 0 } });
  return [transpose(context, packed, [1, 0, ...shape.slice(2).map((_, axis) => axis + 2)], 'transpose_1')];
}
