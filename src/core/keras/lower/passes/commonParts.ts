import type { DraftNode, DraftValue } from '../draft';
import type { Draft } from '../draft';

/** Leaves out what is computed a second time from the same values. */
export function shareCommonParts(draft: Draft): void {
  const numbers = new Map<unknown, number>();
  const numberOf = (key: unknown): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  const firsts = new Map<string, DraftNode>();
  const replaced = new Map<DraftValue, DraftValue>();
  const kept: DraftNode[] = [];
  for (const node of draft.nodes) {
    node.inputs = node.inputs.map((input) => (input && replaced.get(input)) ?? input);
    const inputs = node.inputs.map((input) => (input === undefined ? -1 : numberOf(valueKey(input))));
    const key = `${node.kind} ${inputs.join(',')} ${JSON.stringify(node.options)} ${node.outputs.map(({ shape }) => shape.join('x')).join(';')}`;
    const first = firsts.get(key);
    if (first === undefined || node.inputs.length === 0) {
      firsts.set(key, node);
      kept.push(node);
    } else node.outputs.forEach((output, index) => replaced.set(output, first.outputs[index]));
  }
  draft.nodes = kept;
  draft.outputs = draft.outputs.map((output) => replaced.get(output) ?? output);
}

/** Small constants are equal by what they hold. */
function valueKey(value: DraftValue): unknown {
  const values = value.constant?.values;
  if (values === undefined || values.length > 64) return value.constant ?? value;
  return `${value.type} ${value.shape.join(',')}: ${values.join(',')}`;
}
