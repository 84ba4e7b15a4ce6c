import { associatedLabels } from '../../formats/tflite/associatedFiles';
import { HumanError } from '../../model/problem';

/** Names of classes that somebody gave, in the order of the classes, and where. */
export interface GivenNames {
  /** For people: a file, or a key of one. */
  readonly source: string;
  readonly names: readonly string[];
}

/**
 * The names of a classifier's `count` classes: those that were given, else those that the model's file carries.
 * @throws HumanError `labels-count` where another number of names was given.
 */
export function classNamesOf(bytes: Uint8Array, count: number, given?: GivenNames): readonly string[] | undefined {
  if (given === undefined) return associatedLabels(bytes, count);
  if (given.names.length === count) return given.names;
  throw new HumanError(
    'labels-count',
    `${given.source} has ${given.names.length} lines, but the model tells ${count} classes apart. Give one label a line, in the order of the classes.`,
  );
}
