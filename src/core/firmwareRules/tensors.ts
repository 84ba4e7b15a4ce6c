import type { CodePlace, Variable } from '../firmware/join/scopes';
import { lastName, meaningOfNamed } from '../firmware/join/scopes';
import { constantOf } from '../firmware/join/constants';
import { originsOf, sourcesOf } from '../firmware/join/origins';
import type { Expression } from '../firmware/syntax/expression';
import { calledName } from '../firmware/syntax/expression';
import type { Tensor } from '../model/model';
import { isSure } from './needs';
import type { FirmwareContext, ModelPairing } from './rule';

/** An input or output of a model that an expression is a pointer to. */
export interface TensorUse {
  readonly direction: 'input' | 'output';
  /** Of each model that the interpreter may run. */
  readonly tensors: readonly Tensor[];
}

const mostSteps = 8;

/** What `interpreter->input(0)`, or a pointer that was set to such a call, points to; absent where that is not sure. */
export function tensorAt(
  context: FirmwareContext,
  expression: Expression,
  place: CodePlace,
  steps = 0,
): TensorUse | undefined {
  if (steps > mostSteps) return undefined;
  if (expression.kind === 'unary' || expression.kind === 'cast') {
    return tensorAt(context, expression.operand, place, steps + 1);
  }
  if (expression.kind === 'call') return calledTensor(context, expression, place);
  const { firmware } = context;
  const { variables } = meaningOfNamed(firmware, expression, place);
  if (variables.length !== 1) return undefined;
  const source = onlySource(context, variables[0]);
  return source && tensorAt(context, source.value, source.place, steps + 1);
}

/** The only value that a pointer is set to, beside none; absent where there are several. */
export function onlySource(
  { firmware }: FirmwareContext,
  variable: Variable,
): ReturnType<typeof sourcesOf>[number] | undefined {
  const sources = sourcesOf(variable, firmware).filter(
    ({ value }) => !/^(?:nullptr|NULL)$/.test(lastName(value) ?? ''),
  );
  return sources.length === 1 ? sources[0] : undefined;
}

function calledTensor(
  context: FirmwareContext,
  call: Expression & { readonly kind: 'call' },
  place: CodePlace,
): TensorUse | undefined {
  const direction = /^(?:typed_)?(input|output)(?:_tensor)?$/.exec(calledName(call) ?? '')?.[1];
  if (call.callee.kind !== 'member' || direction === undefined) return undefined;
  const [given] = call.arguments;
  const position = given === undefined ? 0 : constantOf(context.firmware, given, place)?.value;
  const pairing = pairingAt(context, call.callee.object, place);
  if (position === undefined || pairing === undefined || !isSure(pairing)) return undefined;
  const tensors = pairing.models.map(({ model: { graphs } }) => {
    const index = (direction === 'input' ? graphs[0].inputs : graphs[0].outputs).at(position);
    return index === undefined ? undefined : graphs[0].tensors.at(index);
  });
  const known = tensors.filter((tensor) => tensor !== undefined);
  if (known.length < tensors.length) return undefined;
  return { direction: direction === 'input' ? 'input' : 'output', tensors: known };
}

/** The interpreter that an expression is, or points to. */
function pairingAt(context: FirmwareContext, expression: Expression, place: CodePlace): ModelPairing | undefined {
  const origins = originsOf(context.firmware, expression, place);
  const [origin] = origins;
  if (origins.length !== 1 || origin.kind === 'unknown') return undefined;
  const found = context.pairings.filter(({ file, interpreter }) => {
    if (origin.kind !== 'variable') {
      return file === origin.place.file && interpreter.start === origin.expression.start;
    }
    const { variable } = origin.variable;
    return interpreter.variable === variable || (interpreter.home === 'member' && interpreter.name === variable.name);
  });
  return found.length === 1 ? found[0] : undefined;
}
