import type { ProjectEnvironment } from './buildProjects';
import { configFacts } from './configFacts';
import { factsOf } from './facts';
import { isWithin } from './syntax/paths';

/** Names that a build defines, with their texts. */
export interface Defined {
  readonly defined: Readonly<Record<string, string>>;
  /** A name of the project's own that is not among them is not defined. */
  readonly isComplete: boolean;
  /** Whether memory outside the chip is used; absent where nothing says so. */
  readonly usesPsram?: boolean;
  /** Whether attributes put variables into it (`EXT_RAM_BSS_ATTR` of ESP-IDF); absent where that is not known. */
  readonly putsDataInPsram?: boolean;
  /** Whether `printf` of the C library, as it is linked, prints floats; absent where that is not known. */
  readonly printsFloats?: boolean;
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
  const all = [...facts, ...configFacts(facts)];
  const usesPsram = factsOf(all, 'psram').at(-1)?.value;
  const printsFloats = factsOf(all, 'printsFloats').at(-1)?.value;
  // What ESP-IDF writes of a configuration has all options, those that are off among them.
  const isWhole = factsOf(facts, 'config').some(({ value }) => value.name === 'CONFIG_IDF_FIRMWARE_CHIP_ID');
  const putsDataInPsram = isWhole ? defined.has('CONFIG_SPIRAM_ALLOW_BSS_SEG_EXTERNAL_MEMORY') : undefined;
  return {
    defined: Object.fromEntries(defined),
    isComplete: areDefinitionsComplete,
    ...(usesPsram === undefined ? {} : { usesPsram }),
    ...(putsDataInPsram === undefined ? {} : { putsDataInPsram }),
    ...(printsFloats === undefined ? {} : { printsFloats }),
  };
}

function isNumber(text: string): boolean {
  return /^-?(?:\d+|0x[0-9a-f]+)$/i.test(text);
}
