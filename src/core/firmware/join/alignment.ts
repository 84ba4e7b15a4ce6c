import type { Attribute } from '../source/maskedText';
import { expressionOfText } from '../syntax/expressions';
import type { Firmware } from '../firmware';
import { constantOf } from './constants';
import { elementBytes } from './elementSizes';
import type { CodePlace, Variable } from './scopes';

/** Attributes that say nothing of alignment. */
const elsewhere =
  /^(?:(?:__)?asm(?:__)?|PROGMEM|\w*_BSS_ATTR|EXT_RAM_\w*ATTR|[ID]RAM_ATTR|RTC_\w+_ATTR|NOINIT_ATTR|ICACHE_\w+_ATTR|__in_flash|__not_in_flash|__uninitialized_ram|__scratch_[xy]|DMAMEM|EXTMEM|FLASHMEM|SDRAM_DATA|__declspec)$/;

/**
 * The alignment in bytes that the declarations of a variable ask for, 0 where they ask for none; absent where a word is
 * not understood that may ask for one.
 */
export function alignmentOf(firmware: Firmware, variable: Variable): number | undefined {
  const all = declarationsOf(firmware, variable).flatMap((each) =>
    each.variable.attributes.map((attribute) => attributeBytes(firmware, attribute, each)),
  );
  const known = all.filter((bytes) => bytes !== undefined);
  const own = elementBytes(variable.variable.type) ?? 1;
  const most = Math.max(own > 1 ? own : 0, ...known);
  return known.length === all.length || most >= 16 ? most : undefined;
}

/** All declarations of a variable: its definition, and those with `extern`. */
export function declarationsOf(firmware: Firmware, { file, variable }: Variable): readonly Variable[] {
  if (variable.inFunction !== undefined || variable.className !== undefined) return [{ file, variable }];
  const others = firmware.naming(variable.name).flatMap((other) =>
    other
      .variablesNamed(variable.name)
      .filter(({ inFunction, className }) => inFunction === undefined && className === undefined)
      .filter((each) => each === variable || each.storage === 'extern')
      .map((each) => ({ file: other, variable: each })),
  );
  return others.length > 0 ? others : [{ file, variable }];
}

function attributeBytes(firmware: Firmware, attribute: Attribute, place: CodePlace): number | undefined {
  const { name, argument = '' } = attribute;
  if (name === 'alignas' || name === '_Alignas' || name === '__ALIGNED') return valueOf(firmware, argument, place);
  if (/^__attribute/.test(name)) return attributeText(firmware, argument, place);
  if (name === 'DMA_ATTR' || name === 'WORD_ALIGNED_ATTR') return 4;
  if (elsewhere.test(name)) return 0;
  return macroBytes(firmware, attribute, place);
}

/** What a macro of the project asks for: `#define ALIGN(x) __attribute__((aligned(x)))`. */
function macroBytes(firmware: Firmware, { name, argument = '' }: Attribute, place: CodePlace): number | undefined {
  const [macro, other] = place.file.branches.macros.get(name) ?? [];
  if (macro === undefined || other !== undefined) return undefined;
  const [parameter] = macro.parameters ?? [];
  const body = parameter ? macro.body.split(new RegExp(`\\b${parameter}\\b`)).join(argument) : macro.body;
  const aligned = /\balignas\s*\(([^()]*)\)/.exec(body)?.[1];
  return aligned === undefined ? attributeText(firmware, body, place) : valueOf(firmware, aligned, place);
}

function attributeText(firmware: Firmware, text: string, place: CodePlace): number | undefined {
  const match = /\b(?:__)?aligned(?:__)?\b\s*(?:\(([^()]*)\))?/.exec(text);
  if (match === null) return 0;
  // Without a number: the largest alignment of the target, 8 on 32-bit Arm and Xtensa.
  return match[1] === undefined ? 8 : valueOf(firmware, match[1], place);
}

function valueOf(firmware: Firmware, text: string, place: CodePlace): number | undefined {
  if (/^\s*(?:std::)?max_align_t\s*$/.test(text)) return 8;
  const expression = expressionOfText(text, 0);
  return expression && constantOf(firmware, expression, place)?.value;
}
