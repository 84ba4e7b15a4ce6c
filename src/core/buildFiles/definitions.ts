import type { ProjectEnvironment } from './buildProjects';
import { factsOf } from './facts';
import { isWithin } from './syntax/paths';

/** Names that a build defines, with their texts. */
export interface Defined {
  readonly defined: Readonly<Record<string, string>>;
  /** A name of the project's own that is not among them is not defined. */
  readonly isComplete: boolean;
}

/** The names that an environment defines for the source at a path, those of Kconfig among them. */
export function definitionsFor(
  { facts, definitions, areDefinitionsComplete }: ProjectEnvironment,
  path: string,
): Defined {
  const defined = new Map<string, string>();
  for (const { value } of factsOf(facts, 'config')) {
    const text = value.value === 'y' ? '1' : value.value;
    if (text === 'n') defined.delete(value.name);
    else defined.set(value.name, isNumber(text) ? text : JSON.stringify(text));
  }
  for (const { folder, fact } of definitions) {
    if (!isWithin(path, folder) || fact.kind !== 'define') continue;
    const { name, text } = fact.value;
    if (text === undefined) defined.delete(name);
    else defined.set(name, text);
  }
  return { defined: Object.fromEntries(defined), isComplete: areDefinitionsComplete };
}

function isNumber(text: string): boolean {
  return /^-?(?:\d+|0x[0-9a-f]+)$/i.test(text);
}
