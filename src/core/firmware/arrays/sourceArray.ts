/** From `start` up to and without `end`: offsets into the units that were scanned. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The type of an array's elements as it is written, and what is known of it. */
export interface SourceType {
  /** Without qualifiers: `unsigned char`, `std::uint8_t`. */
  readonly text: string;
  /** Size on a 32-bit microcontroller; absent for a name that is not known, such as a typedef of the project. */
  readonly bytes?: number;
  readonly isFloat: boolean;
}

/** A condition of an `#if` around a declaration, as text: `defined(X)` for `#ifdef X`, `!(…)` for an `#else`. */
export interface Guard {
  readonly condition: string;
  /** Offset of the `#` of the directive that opened this branch. */
  readonly start: number;
}

/** What one declarator of an array says of it, with or without an initialiser. */
export interface ArrayDeclaration {
  readonly name: string;
  /** Enclosing namespaces, and the name's own qualification: `a::b`; empty for the global one. */
  readonly namespace: string;
  readonly nameSpan: Stretch;
  /** From the first specifier to the end of this declarator, its initialiser included. */
  readonly span: Stretch;
  readonly type: SourceType;
  /** What stands between its brackets, several dimensions joined by `*`: `1668`, `kSize`, `2*3`, empty. */
  readonly lengthText: string;
  /** Elements by the declaration, where that is a number or a constant of the same text. */
  readonly declaredLength?: number;
  /** `const` or `constexpr`. */
  readonly isConst: boolean;
  readonly isStatic: boolean;
  readonly isExtern: boolean;
  /** Declared in a block: of a function, a class or a structure. */
  readonly isInBlock: boolean;
  /** The largest alignment asked for by the declaration, an earlier one of the same name, or a macro that is known. */
  readonly alignBytes?: number;
  readonly section?: string;
  /** Bears AVR's PROGMEM. */
  readonly isProgmem: boolean;
  /** Words of the declaration whose meaning is not known: macros from elsewhere, any of which may align or place it. */
  readonly unknownWords: readonly string[];
  readonly guards: readonly Guard[];
}

/** Why an initialiser is not wholly a list of numbers that stands in the text. */
export type BodyFlaw =
  /** The text ends, or the statement does, before the closing brace or quote. */
  | { readonly kind: 'cut'; readonly start: number }
  /** `#include` between the braces; `file` is the name between its quotes. */
  | { readonly kind: 'included'; readonly start: number; readonly file: string }
  /** Branches of an `#if`, of which the scanner does not know which one counts. */
  | { readonly kind: 'conditional'; readonly start: number }
  /** Something that is no number: a name, a call, an operator. */
  | { readonly kind: 'notNumeric'; readonly start: number; readonly word: string };

/** An array whose initialiser is a list of numbers or a string literal. */
export interface SourceArray extends ArrayDeclaration {
  /** Between the outermost braces; of string literals from the first quote to the last, both included. */
  readonly body: Stretch;
  readonly form: 'numbers' | 'strings';
  /** Initialisers that are written; of strings their bytes with the zero that ends them. */
  readonly elements: number;
  readonly flaw?: BodyFlaw;
}

/** A constant of a number: `const unsigned int g_model_len = 1668;`, `#define MODEL_LEN 1668`. */
export interface NumberConstant {
  readonly name: string;
  readonly value: number;
  readonly valueSpan: Stretch;
}

/** Everything that was found in one text, in its order. */
export interface ScannedSource {
  readonly arrays: readonly SourceArray[];
  /** Arrays that are declared without an initialiser. */
  readonly declarations: readonly ArrayDeclaration[];
  readonly constants: readonly NumberConstant[];
  /** Whether it has blocks: functions, classes, structures. */
  readonly hasBlocks: boolean;
}
