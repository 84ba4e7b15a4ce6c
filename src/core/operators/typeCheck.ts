import { bitsPerElement, type DataType } from '../model/dataType';
import type { Tensor } from '../model/model';
import type { Refusal } from './operator';
import { acceptedAt, type Signature } from './signature';
import { alternatives, capital, inputName, refuse, type Check, type OperatorView } from './view';

/** An input or output of an operator that is present. */
interface Place {
  readonly side: 'inputs' | 'outputs';
  readonly position: number;
  readonly tensor: Tensor;
}

/** What to do about a tensor of a type that is refused; other types get `otherRemedy`. */
const remedies: Readonly<Partial<Record<DataType, string>>> = {
  uint8: 'convert the model again with int8 quantization, since TFLite Micro has dropped uint8',
  float16: 'convert the model again as float32 or int8, without float16 among the supported types',
  bfloat16: 'convert the model again as float32 or int8',
  int16: 'quantize the model again with int8 activations, or keep this operator in float32',
  float64: 'convert the model again with float32 values',
};
const otherRemedy = 'cast it to one of these types in the model before converting it';

/** Refuses types that are in no row of `signatures`, naming the first tensor (inputs, then outputs) that none of them takes. */
export function typeCheck(signatures: readonly Signature[]): Check {
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
  return [...inputs, ...outputs].filter((place): place is Place => place.tensor !== undefined);
}

function accepts(candidate: Signature, place: Place): boolean {
  return acceptedAt(candidate, place.side, place.position)?.has(place.tensor.type) ?? true;
}

function refusal(
  view: OperatorView,
  place: Place,
  [candidates, all]: readonly [readonly Signature[], readonly Signature[]],
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
  const noun = place.side === 'inputs' ? inputName(view, place.position) : `output ${place.position}`;
  return refuse(
    'type-unsupported',
    `${capital(noun)} of ${view.name} has type ${place.tensor.type}, but TFLite Micro takes ${alternatives(accepted)} there${given}; ${remedies[place.tensor.type] ?? otherRemedy}.`,
  );
}

function typesAt(signatures: readonly Signature[], place: Place): readonly DataType[] {
  const found = signatures.flatMap((row) => [...(acceptedAt(row, place.side, place.position) ?? [])]);
  return [...new Set(found)];
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
