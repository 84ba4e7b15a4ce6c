import { operatorName, type Graph, type Operator, type Tensor } from '../model/model';
import type { InputRole, KernelLibrary, Refusal, SupportCode } from './operator';
import { inputTensor, outputTensor } from './shapes';

/** An operator with its tensors at hand, as the checks of its support see it. */
export interface OperatorView {
  readonly operator: Operator;
  readonly graph: Graph;
  readonly library: KernelLibrary;
  /** The operator's name for people. */
  readonly name: string;
  readonly role: (position: number) => InputRole;
  readonly input: (position: number) => Tensor | undefined;
  readonly output: (position: number) => Tensor | undefined;
}

/** One reason for which TFLM may refuse an operator; `undefined` when it does not apply. */
export type Check = (view: OperatorView) => Refusal | undefined;

export function viewOf(
  operator: Operator,
  graph: Graph,
  library: KernelLibrary,
  role: (position: number) => InputRole,
): OperatorView {
  return {
    operator,
    graph,
    library,
    name: operatorName(operator),
    role,
    input: (position) => inputTensor(operator, graph, position),
    output: (position) => outputTensor(operator, graph, position),
  };
}

/** A check that TFLM makes, or the harm that it does, only when the operator runs. */
export function whileRunning(check: Check): Check {
  return (view) => {
    const refusal = check(view);
    return refusal === undefined ? undefined : { ...refusal, when: 'running' };
  };
}

export function refuse(code: SupportCode, reason: string): Refusal {
  return { supported: false, code, when: 'allocating', reason };
}

/** The name of an input for people: `input 0`, `input 1 (weights)`. */
export function inputName(view: OperatorView, position: number): string {
  const role = view.role(position);
  return role === 'activation' ? `input ${position}` : `input ${position} (${role})`;
}

/** A sentence's first letter as a capital. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}

/** `1 input`, `2 inputs`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first refusal of `checks`, in their order. */
export function firstRefusal(view: OperatorView, checks: readonly Check[]): Refusal | undefined {
  for (const check of checks) {
    const refusal = check(view);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
