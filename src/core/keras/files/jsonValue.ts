import { spendSteps } from '../../model/budget';
import { ModelError } from '../../model/problem';
import type { KerasValue } from '../kerasModel';

/** Keras nests models and wrappers, and never this deep. */
const deepest = 100;

/** A text of JSON as values of a configuration. @throws ModelError `keras-config` where it is none. */
export function parseKerasJson(text: string): KerasValue {
  spendSteps(text.length);
  // Python writes numbers that JSON does not have.
  const plain = text.replaceAll(/(?<=[[:,]\s*)-?(?:Infinity|NaN)\b/g, 'null');
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch {
    throw new ModelError('keras-config', 'The configuration in the Keras file is no JSON. Save the model again.');
  }
  return kerasValue(value, 0);
}

function kerasValue(value: unknown, depth: number): KerasValue {
  if (depth > deepest) {
    throw new ModelError(
      'keras-config',
      `The configuration in the Keras file is nested deeper than ${deepest} times. Save the model again.`,
    );
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
    return value;
  }
  if (Array.isArray(value)) return value.map((each) => kerasValue(each, depth + 1));
  if (typeof value !== 'object') return null;
  return new Map(Object.entries(value).map(([name, each]) => [name, kerasValue(each, depth + 1)]));
}
