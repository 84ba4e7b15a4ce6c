import type { Draft, DraftNode, DraftValue } from '../draft';

/** What a pass may ask and change; who reads what is kept up to date, at a cost that hangs on what changes alone. */
export class Rewriter {
  readonly draft: Draft;
  readonly #readers = new Map<DraftValue, DraftNode[]>();
  readonly #producers = new Map<DraftValue, DraftNode>();
  /** Of each operation that is not left out, what it reads as far as `#readers` knows. */
  readonly #inputs = new Map<DraftNode, DraftNode['inputs']>();

  constructor(draft: Draft) {
    this.draft = draft;
    this.#refresh();
  }

  producer(value: DraftValue | undefined): DraftNode | undefined {
    return value && this.#producers.get(value);
  }

  /** The only operation that reads `value`, which is no output of the model. */
  onlyReader(value: DraftValue): DraftNode | undefined {
    const readers = this.#readers.get(value) ?? [];
    return readers.length === 1 && !this.draft.outputs.includes(value) ? readers[0] : undefined;
  }

  /** Operations that read `value`; `undefined` among them stands for the model's output. */
  readersOf(value: DraftValue): readonly (DraftNode | undefined)[] {
    const readers = this.#readers.get(value) ?? [];
    return this.draft.outputs.includes(value) ? [...readers, undefined] : readers;
  }

  /** Whether `node` was not left out. */
  has(node: DraftNode): boolean {
    return this.#inputs.has(node);
  }

  /** Leaves `node` out: what read its output reads `value`. */
  bypass(node: DraftNode, value: DraftValue): void {
    const [output] = node.outputs;
    for (const reader of new Set(this.#readers.get(output))) {
      reader.inputs = reader.inputs.map((input) => (input === output ? value : input));
      this.#read(reader);
    }
    this.draft.outputs = this.draft.outputs.map((each) => (each === output ? value : each));
    this.draft.nodes = this.draft.nodes.filter((each) => each !== node);
    this.#forget(node);
  }

  /** `into` stands where `node` stood and gives its output; `node` is left out. */
  merge(into: DraftNode, node: DraftNode): void {
    node.outputs[0].name += `;${into.outputs[0].name}`;
    this.#forget(node);
    for (const output of into.outputs) this.#producers.delete(output);
    into.outputs = [...node.outputs];
    for (const output of into.outputs) this.#producers.set(output, into);
    this.#read(into);
    const nodes = this.draft.nodes.filter((each) => each !== into);
    nodes[nodes.indexOf(node)] = into;
    this.draft.nodes = nodes;
  }

  /** Puts other operations where some stand. */
  replace(by: ReadonlyMap<DraftNode, readonly DraftNode[]>): void {
    this.draft.nodes = this.draft.nodes.flatMap((each) => by.get(each) ?? [each]);
    this.changed();
  }

  /** What read `from` reads `value`. */
  redirect(from: DraftValue, value: DraftValue): void {
    for (const node of this.draft.nodes) node.inputs = node.inputs.map((input) => (input === from ? value : input));
    this.draft.outputs = this.draft.outputs.map((each) => (each === from ? value : each));
    this.changed();
  }

  /** After inputs or outputs of a node were changed in place. */
  changed(): void {
    this.draft.dropUnread();
    this.#refresh();
  }

  #refresh(): void {
    this.#readers.clear();
    this.#producers.clear();
    this.#inputs.clear();
    for (const node of this.draft.nodes) {
      for (const output of node.outputs) this.#producers.set(output, node);
      this.#read(node);
    }
  }

  /** Notes what `node` reads now. */
  #read(node: DraftNode): void {
    this.#unread(node);
    for (const input of node.inputs) {
      if (input === undefined) continue;
      const readers = this.#readers.get(input);
      if (readers === undefined) this.#readers.set(input, [node]);
      else readers.push(node);
    }
    this.#inputs.set(node, node.inputs.slice());
  }

  #unread(node: DraftNode): void {
    for (const input of this.#inputs.get(node) ?? []) {
      const readers = input && this.#readers.get(input);
      readers?.splice(readers.indexOf(node), 1);
    }
    this.#inputs.delete(node);
  }

  #forget(node: DraftNode): void {
    this.#unread(node);
    for (const output of node.outputs) this.#producers.delete(output);
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
      if (!rewriter.has(node)) continue;
      for (const pass of passes) {
        if (!rewriter.has(node)) break;
        isChanged = pass(node, rewriter) || isChanged;
      }
    }
  }
}
