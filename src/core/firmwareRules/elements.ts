import type { SourceFile } from '../firmware/firmware';
import { activityAt } from '../firmware/firmware';
import type { CodePlace } from '../firmware/join/scopes';
import { isNamedElsewhere } from '../firmware/join/reach';
import { meaningOf } from '../firmware/join/scopes';
import type { Expression } from '../firmware/syntax/expression';
import type { AssignmentFact } from '../firmware/syntax/syntax';
import type { FirmwareContext, FirmwareHit } from './rule';
import type { TensorUse } from './tensors';
import { onlySource, tensorAt } from './tensors';

/** An element of an input or output that is written. */
export interface ElementWrite {
  readonly file: SourceFile;
  readonly assignment: AssignmentFact;
  /** `input->data.int8[i]`, or an element of a pointer to that. */
  readonly target: Expression & { readonly kind: 'index' };
  /** The member of `data` that it is written through. */
  readonly field: string;
  /** What stands for the tensor, where the target names it itself. */
  readonly tensor?: Expression;
  readonly use: TensorUse;
  /** Something calls the function that it stands in. */
  readonly isRun: boolean;
}

/** Members of `TfLitePtrUnion`: what else is called data is no tensor's. */
const fields = /(?:->|\.)\s*data\s*\.\s*(?:f|f16|u?int8|i8|i16|i32|i64|raw|data)\b/;

/** Whether a file, as its text looks, is about what is in tensors: others need not be parsed. */
export function namesTensorData({ text }: SourceFile): boolean {
  return fields.test(text);
}

/** Elements of inputs and outputs that a firmware writes, where it is sure of which. */
export function elementWrites(context: FirmwareContext): readonly ElementWrite[] {
  const files = [...new Set(['->data.', '.data.'].flatMap((word) => context.firmware.naming(word)))].filter(
    namesTensorData,
  );
  return files.flatMap((file) =>
    file.syntax.assignments.flatMap((assignment) => {
      const { target, inFunction, start } = assignment;
      if (target.kind !== 'index' || activityAt(file, start) !== 'yes' || asksForType(file, inFunction)) return [];
      const written = dataAt(context, target.object, { file, inFunction });
      if (written === undefined) return [];
      const isRun = isNamedElsewhere(context.firmware, file, inFunction);
      return [{ file, assignment, target, isRun, ...written }];
    }),
  );
}

/** Whether a function asks tensors for their type: what it writes then fits. */
export function asksForType({ text, syntax }: SourceFile, inFunction: number | undefined): boolean {
  if (inFunction === undefined) return false;
  const { start, end } = syntax.functions[inFunction];
  return /\bkTfLite(?:Float32|U?Int(?:8|16|32))\b/.test(text.slice(start, end));
}

function dataAt(
  context: FirmwareContext,
  expression: Expression,
  place: CodePlace,
): Pick<ElementWrite, 'field' | 'tensor' | 'use'> | undefined {
  const own = dataMember(expression);
  if (own !== undefined) {
    const use = tensorAt(context, own.tensor, place);
    return use && { ...own, use };
  }
  if (expression.kind !== 'name') return undefined;
  const { variables } = meaningOf(context.firmware, expression.name, place);
  if (variables.length !== 1 || variables[0].variable.indirections === 0) return undefined;
  const source = onlySource(context, variables[0]);
  const data = source && dataMember(source.value);
  const use = data && tensorAt(context, data.tensor, source.place);
  return data && use && { field: data.field, use };
}

/** What stands in a function that nothing calls is no error of the program. */
export function severityWhere(isRun: boolean): Pick<FirmwareHit, 'severity'> {
  return isRun ? {} : { severity: 'information' };
}

/** `x->data.f`. */
function dataMember(expression: Expression): { readonly field: string; readonly tensor: Expression } | undefined {
  if (expression.kind !== 'member' || expression.object.kind !== 'member') return undefined;
  const { name: field, object: data } = expression;
  return data.name === 'data' ? { field, tensor: data.object } : undefined;
}
