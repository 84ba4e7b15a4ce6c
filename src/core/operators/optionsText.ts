import { enumOption, numberOption, booleanOption } from '../model/options';
import type { Graph, Operator } from '../model/model';
import { constantIntegers, inputTensor, listText } from './shapes';

/** Joins the parts that are there: `stride 2x2 same relu`. */
export function joinParts(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/** `2x2`: height by width, from two numeric options. */
export function sizeText(operator: Operator, height: string, width: string): string {
  return `${numberOption(operator, height, 1)}x${numberOption(operator, width, 1)}`;
}

/** `stride 2x2`: with its name, since a bare size would read as the kernel's. */
export function strideText(operator: Operator): string {
  return `stride ${sizeText(operator, 'strideH', 'strideW')}`;
}

/** `same` or `valid`. */
export function paddingText(operator: Operator): string {
  return enumOption(operator, 'padding', 'SAME').toLowerCase();
}

/** The fused activation in lower case, nothing when there is none. */
export function activationText(operator: Operator): string {
  const activation = enumOption(operator, 'fusedActivationFunction', 'NONE');
  return activation === 'NONE' ? '' : activation.toLowerCase();
}

/** `word` when the boolean option is set. */
export function flagText(operator: Operator, option: string, word: string): string {
  return booleanOption(operator, option, false) ? word : '';
}

/** `noun 3` from a numeric option. */
export function numberText(operator: Operator, option: string, noun: string): string {
  return `${noun} ${numberOption(operator, option, 0)}`;
}

/** `noun 1,2` from a constant integer input, nothing when it is not constant. */
export function constantText(operator: Operator, graph: Graph, position: number, noun: string): string {
  const values = constantIntegers(inputTensor(operator, graph, position));
  return values === undefined ? '' : `${noun} ${listText(values)}`;
}
