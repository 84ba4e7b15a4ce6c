import { bitsPerElement, type DataType } from '../model/dataType';
import type { Tensor } from '../model/model';
import type { Refusal } from './operator';
import { acceptedAt, sizedTypes, type TypeSignature } from './signature';
import { typeRemedy } from './typeRemedy';
import { alternatives, capital, inputName, refuse, type Check, type OperatorView } from './view';

/** An input or output of an operator that is present. */
interface Place {
  readonly side: 'inputs' | 'outputs';
  readonly position: number;
  readonly tensor: Tensor;
}

/**
 * Refuses types that are in no row of `signatures`, naming the first tensor (activations, other inputs, outputs) that
 * none of them takes.
 */
export function typeCheck(signatures: readonly TypeSignature[]): Check {
  return (view) => {
    let candidates = signatures;
    for (const place of placesOf(view)) {
      const matching = candidates.filter((candidate) => accepts(candidate, place));
      if (matching.length === 0) return refusal(view, place, [candidates, signatures]);
      candidates = matching;
    }
    return undefined;
  };
}

/** True when all types of an operator are in one row of `signatures`. */
export function typesAmong(view: OperatorView, signatures: readonly TypeSignature[]): boolean {
  const places = placesOf(view);
  return signatures.some((candidate) => places.every((place) => accepts(candidate, place)));
}

function placesOf(view: OperatorView): readonly Place[] {
  const inputs = view.operator.inputs.map((_, position) => ({
    side: 'inputs' as const,
    position,
    tensor: view.input(position),
  }));
  const outputs = view.operator.outputs.map((_, position) => ({
    side: 'outputs' as const,
    position,
    tensor: view.output(position),
  }));
  const leading = inputs.filter(({ position }) => view.role(position) === 'activation');
  const others = inputs.filter(({ position }) => view.role(position) !== 'activation');
  return [...leading, ...others, ...outputs].filter((place): place is Place => place.tensor !== undefined);
}

function accepts(candidate: TypeSignature, place: Place): boolean {
  return acceptedAt(candidate, place.side, place.position)?.has(place.tensor.type) ?? true;
}

function refusal(
  view: OperatorView,
  place: Place,
  [candidates, all]: readonly [readonly TypeSignature[], readonly TypeSignature[]],
): Refusal {
  const leading = leadingActivation(view);
  if (isHybrid(view, place, leading?.tensor)) {
    return refuse(
      'hybrid-operator',
      `${view.name} has float32 activations but ${place.tensor.type} weights (a hybrid or "dynamic range" model), which TFLite Micro does not run; quantize the whole model to int8 with a representative dataset, or keep it in float32.`,
    );
  }
  const accepted = typesAt(candidates, place);
  const given =
    leading !== undefined && accepted.length < typesAt(all, place).length && leading.tensor !== place.tensor
      ? ` when ${inputName(view, leading.position)} is ${leading.tensor.type}`
      : '';
  const isInput = place.side === 'inputs';
  const noun = isInput ? inputName(view, place.position) : `output ${place.position}`;
  const remedy = typeRemedy(place.tensor.type, accepted, isInput ? view.role(place.position) : 'output');
  return refuse(
    'type-unsupported',
    `${capital(noun)} of ${view.name} has type ${place.tensor.type}, but TFLite Micro takes ${typesText(accepted)} there${given}; ${remedy}.`,
  );
}

function typesAt(signatures: readonly TypeSignature[], place: Place): readonly DataType[] {
  const found = signatures.flatMap((row) => [...(acceptedAt(row, place.side, place.position) ?? [])]);
  return [...new Set(found)];
}

function typesText(types: readonly DataType[]): string {
  return types.length === sizedTypes.length ? 'any type of a fixed size' : alternatives(types);
}

function leadingActivation(view: OperatorView): Place | undefined {
  return placesOf(view).find((place) => place.side === 'inputs' && view.role(place.position) === 'activation');
}

function isHybrid(view: OperatorView, place: Place, activation: Tensor | undefined): boolean {
  if (place.side !== 'inputs' || view.role(place.position) !== 'weights') return false;
  return activation?.type === 'float32' && bitsPerElement[place.tensor.type] <= 16 && isInteger(place.tensor.type);
}

function isInteger(type: DataType): boolean {
  return type.startsWith('int') || type.startsWith('uint');
}
