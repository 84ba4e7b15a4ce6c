import type { Firmware } from '../../firmware/firmware';
import { constantOf } from '../../firmware/join/constants';
import type { Constant } from '../../firmware/join/constants';
import type { CodePlace } from '../../firmware/join/scopes';
import { lastName, meaningOfNamed } from '../../firmware/join/scopes';
import type { Expression } from '../../firmware/syntax/expression';
import { calledName } from '../../firmware/syntax/expression';
import type { FileFix } from '../../model/problem';
import { resourceNames } from '../../runtimes/tflm/resources';
import { indentAt, inserting, replacing, textAt } from '../edits';
import { isSure, modelName } from '../needs';
import type { FirmwareContext, FirmwareHit, FirmwareRule, ModelPairing } from '../rule';

/**
 * A model with variables whose interpreter has no place for them. VAR_HANDLE asks for one in its Prepare().
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels/var_handle.cc, micro_interpreter.h.
 */
export const resourceVariables: FirmwareRule = {
  code: 'firmware-resource-variables',
  severity: 'error',
  documentation: 'The model keeps values in variables, but the interpreter is given no place, or too few, for them.',
  find: (context) =>
    context.pairings.flatMap((pairing) => {
      if (!isSure(pairing)) return [];
      const needs = pairing.models.map((model) => ({ model, count: resourceNames(model.model).length }));
      const most = needs.reduce((left, right) => (right.count > left.count ? right : left));
      if (most.count === 0) return [];
      const name = modelName(most.model);
      return missing(pairing, name, most.count) ?? tooFew(context, pairing, name, most.count);
    }),
};

/** Arguments in front of the variables: an arena with its size, or an allocator alone. */
function leading({ arena }: ModelPairing): number {
  return arena?.isShared === false ? 4 : 3;
}

function missing(pairing: ModelPairing, name: string, count: number): readonly FirmwareHit[] | undefined {
  const { file, interpreter, arena } = pairing;
  const given = interpreter.given.at(leading(pairing));
  // Arguments of old versions come before them: only where nothing is given it is sure.
  if (arena === undefined || (given !== undefined && !isNull(given))) return undefined;
  return [
    {
      file,
      at: interpreter.variable?.nameExtent ?? interpreter,
      message: `${name} keeps ${valuesText(count)}, but this interpreter is given no MicroResourceVariables: AllocateTensors() fails in VAR_HANDLE. Make them with MicroResourceVariables::Create(allocator, ${count}) and hand them over.`,
      fixes: given === undefined ? missingFixes(pairing, count) : [],
    },
  ];
}

function isNull(expression: Expression): boolean {
  return (
    /^(?:nullptr|NULL)$/.test(lastName(expression) ?? '') || (expression.kind === 'number' && expression.text === '0')
  );
}

function valuesText(count: number): string {
  return `${count} ${count === 1 ? 'value' : 'values'} in variables`;
}

/** An allocator over the arena, and variables of it, in front of a declared interpreter. */
function missingFixes(
  { file, interpreter: { variable, given }, arena }: ModelPairing,
  count: number,
): readonly FileFix[] {
  if (variable === undefined || arena === undefined || arena.isShared || given.length !== 4) return [];
  if (variable.className !== undefined && variable.inFunction === undefined) return [];
  const text = textAt(file, variable);
  const scope = /((?:\w+::)*)(?:Recording)?MicroInterpreter/.exec(text)?.[1] ?? '';
  const lead = text.startsWith('static') ? 'static ' : '';
  const indent = indentAt(file, variable.start);
  const [, , start, end] = given;
  const passed = `${textAt(file, start)}, ${textAt(file, end)}`;
  const lines = [
    `${lead}${scope}MicroAllocator* allocator = ${scope}MicroAllocator::Create(${passed});`,
    `${lead}${scope}MicroResourceVariables* variables = ${scope}MicroResourceVariables::Create(allocator, ${count});`,
  ];
  const edits = [
    inserting(file, variable.start, lines.map((line) => `${line}\n${indent}`).join('')),
    replacing(file, { start: start.start, end: end.end }, 'allocator, variables'),
  ];
  return [
    {
      title: `Give the interpreter ${count} resource ${count === 1 ? 'variable' : 'variables'}`,
      isPreferred: true,
      edits,
    },
  ];
}

function tooFew(context: FirmwareContext, pairing: ModelPairing, name: string, count: number): readonly FirmwareHit[] {
  const given = pairing.interpreter.given.at(leading(pairing));
  const { file, interpreter } = pairing;
  const slots = given && slotsOf(context.firmware, given, { file, inFunction: interpreter.inFunction });
  if (slots?.origin === undefined || slots.value >= count) return [];
  const { origin } = slots;
  return [
    {
      file: origin.file,
      at: origin,
      message: `${name} keeps ${valuesText(count)}, but there is room for ${slots.value}: AllocateTensors() fails in VAR_HANDLE. Make room for ${count}.`,
      fixes: [
        { title: `Make room for ${count}`, isPreferred: true, edits: [replacing(origin.file, origin, String(count))] },
      ],
    },
  ];
}

/** The number in `MicroResourceVariables::Create(allocator, 4)`, where the variables surely come from one such call. */
function slotsOf(firmware: Firmware, expression: Expression, place: CodePlace): Constant | undefined {
  if (expression.kind === 'call') {
    const [, slots] = expression.arguments;
    return calledName(expression) === 'Create' && slots !== undefined ? constantOf(firmware, slots, place) : undefined;
  }
  const [variable, other] = meaningOfNamed(firmware, expression, place).variables;
  const value = variable?.variable.initializer;
  return other !== undefined || value?.kind !== 'call' ? undefined : slotsOf(firmware, value, variable);
}
