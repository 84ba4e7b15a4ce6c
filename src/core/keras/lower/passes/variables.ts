import { Draft, integers, zeros, type DraftNode, type DraftValue } from '../draft';

/** What sets the variables at first, then what refers to each of them, stand before all else. */
export function placeVariables(draft: Draft): void {
  if (draft.variables.length === 0) return;
  const origin = draft.nodes.find(({ kind }) => kind === 'READ_VARIABLE')?.origin ?? 0;
  const handleNode = (handle: DraftValue, sharedName: string): DraftNode => ({
    kind: 'VAR_HANDLE',
    inputs: [],
    outputs: [handle],
    options: { container: '', sharedName },
    name: sharedName,
    origin,
  });
  const first = new Draft('NoOp');
  first.origin = origin;
  for (const { sharedName, shape } of draft.variables) {
    const handle: DraftValue = { shape: [], type: 'resource', name: sharedName };
    first.nodes.push(handleNode(handle, sharedName));
    first.addNode('ASSIGN_VARIABLE', [handle, zeros(shape)], {
      outputs: [],
      name: sharedName,
    });
  }
  const handles = draft.variables.map(({ handle, sharedName }) => handleNode(handle, sharedName)).reverse();
  const once = { kind: 'CALL_ONCE', inputs: [], outputs: [], options: {}, name: 'NoOp', origin, graphs: [first] };
  draft.nodes = [once, ...handles, ...draft.nodes];
}

/**
 * An element of a list of tensors that is set: what stands before it, itself and what stands behind it are put
 * together.
 */
export function expandLists(draft: Draft): void {
  const scratch = new Draft();
  draft.nodes = draft.nodes.flatMap((node): readonly DraftNode[] => {
    if (node.kind !== 'LIST_SET') return [node];
    const [list, place, next, value] = node.inputs;
    if (list === undefined || value === undefined) return [node];
    scratch.nodes = [];
    scratch.origin = node.origin;
    const { name } = node.outputs[0];
    const made = (
      kind: string,
      inputs: readonly (DraftValue | undefined)[],
      shape: DraftValue['shape'],
      type: DraftValue['type'] = 'float32',
    ): DraftValue => {
      const isJoined = kind === 'CONCATENATION';
      const options = isJoined ? { axis: 0, fusedActivationFunction: 'NONE' } : {};
      return scratch.add(kind, inputs, { shape, type, name, options });
    };
    const along = (length: DraftValue | undefined, rest: number): DraftValue => {
      const first = made('RESHAPE', [length, integers([1])], [1], 'int32');
      const others = integers(list.shape.slice(1).map(() => rest));
      return made('CONCATENATION', [first, others], [list.shape.length], 'int32');
    };
    const whole = (each: number): DraftValue => integers(list.shape.map(() => each));
    const before = made(
      'SLICE',
      [list, whole(0), along(place, -1)],
      list.shape.map(() => null),
    );
    const behind = made('SLICE', [list, along(next, 0), whole(-1)], [null, ...list.shape.slice(1)]);
    const one = [1, ...value.shape];
    const own = made('RESHAPE', [value, integers(one.map((length) => length ?? 1))], one);
    made('CONCATENATION', [before, own, behind], list.shape);
    scratch.nodes[scratch.nodes.length - 1].outputs = node.outputs;
    return scratch.nodes;
  });
}
