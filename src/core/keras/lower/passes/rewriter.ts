import type { Draft, DraftNode, DraftValue } from '../draft';

/** What a pass may ask and change; who reads what is kept up to date. */
class Rewriter {
  readonly draft: Draft;
  #readers: ReadonlyMap<DraftValue, readonly DraftNode[]>;
  #producers: ReadonlyMap<DraftValue, DraftNode>;

  constructor(draft: Draft) {
    this.draft = draft;
    this.#readers = draft.readers();
    this.#producers = draft.producers();
  }

  producer(value: DraftValue | undefined): DraftNode | undefined {
    return value && this.#producers.get(value);
  }

  /** The only operation that reads `value`, which is no output of the model. */
  onlyReader(value: DraftValue): DraftNode | undefined {
    const readers = this.#readers.get(value) ?? [];
    return readers.length === 1 && !this.draft.outputs.includes(value) ? readers[0] : undefined;
  }

  /** Leaves `node` out: what read its output reads `value`. */
  bypass(node: DraftNode, value: DraftValue): void {
    const [output] = node.outputs;
    for (const reader of this.#readers.get(output) ?? []) {
      reader.inputs = reader.inputs.map((input) => (input === output ? value : input));
    }
    this.draft.outputs = this.draft.outputs.map((each) => (each === output ? value : each));
    this.draft.nodes = this.draft.nodes.filter((each) => each !== node);
    this.#refresh();
  }

  /** `into` stands where `node` stood and gives its output; `node` is left out. */
  merge(into: DraftNode, node: DraftNode): void {
    const { nodes } = this.draft;
    node.outputs[0].name += `;${into.outputs[0].name}`;
    into.outputs = [...node.outputs];
    this.draft.nodes = nodes.flatMap((each) => (each === into ? [] : each === node ? [into] : [each]));
    this.#refresh();
  }

  /** Puts other operations where some stand. */
  replace(by: ReadonlyMap<DraftNode, readonly DraftNode[]>): void {
    this.draft.nodes = this.draft.nodes.flatMap((each) => by.get(each) ?? [each]);
    this.changed();
  }

  /** After inputs or outputs of a node were changed in place. */
  changed(): void {
    this.draft.dropUnread();
    this.#refresh();
  }

  #refresh(): void {
    this.#readers = this.draft.readers();
    this.#producers = this.draft.producers();
  }
}

/** Changes one place, and says whether it did. */
export type Pass = (node: DraftNode, rewriter: Rewriter) => boolean;

/** Applies passes to all operations until none changes anything more. */
export function rewriteAll(draft: Draft, passes: readonly Pass[]): void {
  const rewriter = new Rewriter(draft);
  let isChanged = true;
  while (isChanged) {
    isChanged = false;
    for (const node of [...draft.nodes]) {
      if (!draft.nodes.includes(node)) continue;
      for (const pass of passes) {
        if (!draft.nodes.includes(node)) break;
        isChanged = pass(node, rewriter) || isChanged;
      }
    }
  }
}
