import { ModelError } from '../model/problem';
import type { OnnxNode } from './onnxModel';

interface Refusal {
  readonly node: OnnxNode;
  readonly error: ModelError;
}

/** Most names and kinds that one message lists. */
const [mostNames, mostKinds] = [3, 8];

/** Nodes of a file that are not converted: all are looked for before any of it is said. */
export class Refusals {
  readonly #found: Refusal[] = [];
  readonly #without = new Set<string>();

  /** What reads a result that is not there is not looked at: its shapes are not known. */
  isWithout({ inputs }: OnnxNode): boolean {
    return this.#without.size > 0 && inputs.some((name) => this.#without.has(name));
  }

  /** @throws what is no refusal of a node */
  add(node: OnnxNode, error: unknown): void {
    if (!(error instanceof ModelError) || error.code !== 'onnx-node') throw error;
    this.#found.push({ node, error });
    this.skip(node);
  }

  skip({ outputs }: OnnxNode): void {
    for (const name of outputs) if (name !== '') this.#without.add(name);
  }

  /** @throws ModelError of all that was found, where anything was. */
  finish(): void {
    const [first, ...others] = this.#found;
    if (first === undefined) return;
    if (others.length === 0) throw first.error;
    const kinds = new Map<string, Refusal[]>();
    for (const refusal of this.#found) {
      const why = whyOf(refusal);
      const key = `${refusal.node.kind} ${why}`;
      kinds.set(key, [...(kinds.get(key) ?? []), refusal]);
    }
    const groups = [...kinds.values()].sort((a, b) => b.length - a.length);
    const said = groups.slice(0, mostKinds).map(groupText);
    const rest = groups.slice(mostKinds).reduce((sum, group) => sum + group.length, 0);
    const more = rest === 0 ? '' : ` ${rest} more are of other kinds.`;
    throw new ModelError('onnx-node', `${this.#found.length} nodes are not converted. ${said.join(' ')}${more}`);
  }
}

/** "2 of GridSample ("a", "b"): why." */
function groupText(group: readonly Refusal[]): string {
  const names = [...new Set(group.map(({ node }) => node.name))];
  const more = names.length > mostNames ? ', …' : '';
  const listed = names.slice(0, mostNames).map((name) => `"${name}"`);
  return `${group.length} of ${group[0].node.kind} (${listed.join(', ')}${more}): ${whyOf(group[0])}`;
}

/** What `refused` says behind the node. */
function whyOf({ error }: Refusal): string {
  const mark = ' is not converted: ';
  const at = error.message.indexOf(mark);
  return at < 0 ? error.message : error.message.slice(at + mark.length);
}
