import type { Core } from '../../boards/board';
import type { Target } from '../target';

/**
 * Fields of a C or C++ structure in order, as `name: type`. A type is a primitive of `Primitive`, the name of another
 * structure, or either with a length: `int32[5]`. A class with virtual functions has a `pointer` where its table
 * pointer lies.
 */
type StructureFields = Readonly<Record<string, string>>;

/** Structures by name. A table may refer to structures of the tables that it is merged with. */
export type StructureTable = Readonly<Record<string, StructureFields>>;

/** The fields of another version of a structure, which lacks some of this one's. */
export function fieldsWithout(fields: StructureFields, names: readonly string[]): StructureFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

export interface Size {
  readonly bytes: number;
  readonly alignment: number;
}

/** What of a binary interface decides the size of structures. */
interface Abi {
  readonly pointerBytes: number;
  /** Alignment of 64-bit integers and doubles. */
  readonly wideAlignment: number;
  /** Size of a C enumeration whose values fit in a byte. */
  readonly enumBytes: number;
}

/**
 * Sources: Arm, "Procedure Call Standard for the Arm Architecture" (AAPCS32), section 5; Cadence, "Xtensa Instruction
 * Set Architecture" (application binary interface: long long and double are aligned to 8); "RISC-V ABIs Specification",
 * ILP32. All three give pointers and `size_t` 4 bytes and 64-bit types the alignment 8; they differ in the default of
 * enumerations only, which the target states.
 */
const wideAlignments: Readonly<Record<Core['abi'], number>> = { 'arm-eabi': 8, xtensa: 8, 'riscv-ilp32': 8 };

/** The binary interface of a target. */
export function abiOf(target: Pick<Target, 'core' | 'enumBytes'>): Abi {
  return { pointerBytes: 4, wideAlignment: wideAlignments[target.core.abi], enumBytes: target.enumBytes };
}

/**
 * Sizes of the structures of one version of the runtime under one binary interface. Each structure is computed once.
 */
export class StructureSizes {
  readonly #known = new Map<string, Size>();
  readonly #structures: StructureTable;
  readonly #abi: Abi;

  constructor(structures: StructureTable, abi: Abi) {
    this.#structures = structures;
    this.#abi = abi;
  }

  /**
   * Size and alignment of a primitive, a structure or an array (`int32[5]`); throws for a name in no table, which is a
   * bug in the tables.
   */
  of(type: string): Size {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    const size = this.#compute(type);
    this.#known.set(type, size);
    return size;
  }

  #compute(type: string): Size {
    const array = /^(.+)\[(\d+)\]$/.exec(type);
    if (array !== null) {
      const element = this.of(array[1]);
      return { bytes: element.bytes * Number(array[2]), alignment: element.alignment };
    }
    const primitive = primitiveSize(type, this.#abi);
    if (primitive !== undefined) return primitive;
    const fields = this.#structures[type];
    if (fields === undefined) throw new Error(`No structure is described by the name ${type}.`);
    return this.#structure(fields);
  }

  /** Every field at the next multiple of its alignment, the whole padded to the largest alignment in it. */
  #structure(fields: StructureFields): Size {
    let bytes = 0;
    let alignment = 1;
    for (const type of Object.values(fields)) {
      const field = this.of(type);
      bytes = roundUp(bytes, field.alignment) + field.bytes;
      alignment = Math.max(alignment, field.alignment);
    }
    return { bytes: roundUp(bytes, alignment), alignment };
  }
}

/** The next multiple of `alignment` that is not below `bytes`. */
export function roundUp(bytes: number, alignment: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function primitiveSize(type: string, abi: Abi): Size | undefined {
  const bytes = scalarBytes(type, abi);
  if (bytes === undefined) return undefined;
  return { bytes, alignment: bytes === 8 ? abi.wideAlignment : bytes };
}

function scalarBytes(type: string, abi: Abi): number | undefined {
  switch (type) {
    case 'bool':
    case 'char':
    case 'int8':
    case 'uint8':
      return 1;
    case 'int16':
    case 'uint16':
      return 2;
    case 'int':
    case 'int32':
    case 'uint32':
    case 'float':
      return 4;
    case 'int64':
    case 'uint64':
    case 'double':
      return 8;
    case 'enum':
      return abi.enumBytes;
    case 'pointer':
    case 'size':
      return abi.pointerBytes;
    default:
      return undefined;
  }
}
