import type { Draft, DraftNode, DraftValue } from './draft';

/**
 * Sorts operations as TensorFlow's importer does: the reverse of the order in which a depth-first search over readers,
 * the last name first, leaves them. Constants and inputs are where the search begins, so that their names count, too.
 * Source: `GetReversePostOrder` in tensorflow/core/graph/algorithm.cc.
 */
export function sortNodes(draft: Draft): void {
  const readers = draft.readers();
  const starts: Start[] = [];
  for (const value of [...draft.inputs, ...draft.variables.map(({ handle }) => handle)]) {
    const name = draft.sortNames.get(value) ?? value.name;
    starts.push({ name, next: readers.get(value) ?? [] });
  }
  const seen = new Set<unknown>();
  for (const node of draft.nodes) {
    const constants = node.inputs.filter((input) => input?.constant !== undefined);
    for (const input of constants) {
      if (input === undefined || seen.has(input)) continue;
      seen.add(input);
      starts.push({ name: constantStart(draft, node, input), next: readers.get(input) ?? [] });
    }
    if (node.inputs.length === 0) starts.push({ name: node.name, next: [node] });
  }
  const left: DraftNode[] = [];
  const visited = new Set<DraftNode>();
  const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
    one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
  for (const start of joined(starts.sort(byName)).reverse()) {
    const stack: { readonly node: DraftNode; readonly leave: boolean }[] = [];
    const push = (nodes: readonly DraftNode[]): void => {
      for (const node of nodes.slice().sort(byName)) stack.push({ node, leave: false });
    };
    push(start.next);
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top.leave) {
        left.push(top.node);
        continue;
      }
      if (visited.has(top.node)) continue;
      visited.add(top.node);
      stack.push({ node: top.node, leave: true });
      push(top.node.outputs.flatMap((output) => readers.get(output) ?? []));
    }
  }
  draft.nodes = left.reverse();
  draft.nodes = [...draft.expanded()];
}

interface Start {
  readonly name: string;
  readonly next: readonly DraftNode[];
}

/** Starts of one name are one: parts of one variable. */
function joined(starts: readonly Start[]): Start[] {
  const all: Start[] = [];
  for (const start of starts) {
    const last = all.at(-1);
    if (last?.name === start.name) all[all.length - 1] = { ...last, next: [...last.next, ...start.next] };
    else all.push(start);
  }
  return all;
}

/**
 * Weights are arguments, whose names have no slashes and in Keras 2 no capitals; other constants are operations with
 * names of their own.
 */
function constantStart({ name, sortNames }: Draft, node: DraftNode, input: DraftValue): string {
  const own = sortNames.get(input);
  if (own !== undefined) return own;
  const isWeight = input.type === 'float32' && input.shape.length > 0;
  if (isWeight && name.endsWith('while_body')) return node.name.replaceAll('/', '_');
  if (isWeight && name === 'main') {
    return `${node.name.replaceAll('/', '_').toLowerCase()}_readvariableop_resource`;
  }
  return `${node.name}/${input.name}`;
}
