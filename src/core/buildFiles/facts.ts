import type { KeySpan } from '../model/span';
import type { Partition } from './partitions/partition';
import type { CopiedKernels, VendoredState } from '../runtimes/vendored';
import type { VendoredKernelFile } from '../runtimes/vendoredKernels';

/** Where something is said. */
export interface FactPlace {
  /** Path of the file, as it was given. */
  readonly file: string;
  readonly span: KeySpan;
}

/** What firmware is built with. */
export type FrameworkId = 'arduino' | 'esp-idf' | 'zephyr' | 'pico-sdk' | 'mbed' | 'stm32cube';

/** A library that a project asks for, or that lies in it. */
export interface LibraryUse {
  /** As written: `Name`, `owner/name`, the address of a repository. */
  readonly name: string;
  /** As written: `1.3.4`, `^1.3.0`, a branch, a commit. */
  readonly version?: string;
  /** That very version is built: a lock file, an installed copy or an exact requirement says so. */
  readonly isExact: boolean;
}

/** A name that the build defines, with the text it stands for; without text one whose definition it takes back. */
export interface Definition {
  readonly name: string;
  readonly text?: string;
}

/** What can be said of a build, by the kind of fact. */
interface FactValues {
  /** As the framework calls it: an id of PlatformIO, an FQBN of Arduino, a name of Zephyr or of the Pico SDK. */
  readonly board: string;
  /** That of the last build. */
  readonly builtBoard: string;
  /** The one that the framework takes where none is named. */
  readonly usualBoard: string;
  /** A chip as ESP-IDF calls it: `esp32s3`. */
  readonly chip: string;
  readonly framework: FrameworkId;
  readonly library: LibraryUse;
  readonly define: Definition;
  /** A file of a copy of TFLM, and the folder in which that copy lies. */
  readonly vendored: VendoredState & { readonly copy: string };
  /** A file of a copy of a library of kernels, and the folder in which that copy lies. */
  readonly vendoredRelease: VendoredKernelFile & { readonly copy: string };
  /** Whose convolution a copy of TFLM holds, and the folder in which that copy lies. */
  readonly vendoredKernels: { readonly copy: string; readonly library: CopiedKernels };
  /** Without its dash: `O2`. */
  readonly optimization: string;
  readonly clockHz: number;
  /** In lower case: `qio`, `dio`, `opi`. */
  readonly flashMode: string;
  readonly flashHz: number;
  readonly flashBytes: number;
  /** Whether memory outside the chip is used. */
  readonly psram: boolean;
  readonly psramHz: number;
  /** Of the cache between the core and flash; of a chip with two, of that for instructions. */
  readonly cacheBytes: number;
  /** Of the cache for constants in flash and for external memory, where instructions have one of their own. */
  readonly dcacheBytes: number;
  /** Whether `printf` of the C library, as it is linked, prints floats. */
  readonly printsFloats: boolean;
  /** Name or file of the partition table. */
  readonly partitions: string;
  /** A partition of the table that a file holds. */
  readonly partition: Partition;
  /**
   * A folder that builds are written to, in the project, `*` for a part that is not known; of a preset of CMake, which
   * is named, else of what an editor builds.
   */
  readonly buildFolder: { readonly path: string; readonly preset?: string };
  /** A value of Kconfig without quotes, `n` for one that is not set. */
  readonly config: { readonly name: string; readonly value: string };
}

export type FactKind = keyof FactValues;

/** One thing that a build file says. */
export type BuildFact = {
  readonly [Kind in FactKind]: { readonly kind: Kind; readonly value: FactValues[Kind]; readonly place: FactPlace };
}[FactKind];

/** One fact of a kind. */
export type FactOf<Kind extends FactKind> = BuildFact & { readonly kind: Kind };

/** What is built together: an environment of PlatformIO, a profile of Arduino. */
export interface BuildEnvironment {
  /** Absent for what holds for all. */
  readonly name?: string;
  /** In the order in which they hold: a later one over an earlier one of its kind. */
  readonly facts: readonly BuildFact[];
  /** Every name that the build defines is among the facts, those of the framework itself aside. */
  readonly areDefinitionsComplete?: boolean;
}

/** What a build file says. */
export interface BuildReading {
  readonly environments: readonly BuildEnvironment[];
  /** Environments that are built where none is asked for. */
  readonly defaults?: readonly string[];
  /** The environment whose result the file names. */
  readonly built?: string;
  /** What is said of folders below its own, for the projects that those lie in: facts by the folder, from its own. */
  readonly below?: readonly { readonly folder: string; readonly facts: readonly BuildFact[] }[];
  /** Folders from its own, outside of it, whose libraries are built, too. */
  readonly uses?: readonly string[];
  /** It begins a project, which the files below its folder belong to; `alone`: where no folder above begins one. */
  readonly isRoot?: 'firmly' | 'alone';
  /** Complete sentences. */
  readonly problems: readonly string[];
}

/** The last fact of a kind; nothing where there is none. */
export function lastFact<Kind extends FactKind>(facts: readonly BuildFact[], kind: Kind): FactOf<Kind> | undefined {
  return factsOf(facts, kind).at(-1);
}

/** All facts of a kind. */
export function factsOf<Kind extends FactKind>(facts: readonly BuildFact[], kind: Kind): readonly FactOf<Kind>[] {
  return facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind);
}
