import { unknown } from '../../python/evaluate/machine';
import { host, stringOf } from '../../python/evaluate/plainValues';
import type { Call, PythonPlace, PythonValue } from '../../python/evaluate/values';
import type { KerasFlavour } from '../kerasModel';
import { KerasModelObject, type ModelKind } from './modelObject';
import type { GraphSession } from './graph';
import { tensorsIn } from './tensorObject';

interface ModelFacts {
  readonly className: string;
  readonly flavour: KerasFlavour;
  readonly name?: string;
  readonly at: PythonPlace;
}

export function newModel(
  session: GraphSession,
  kind: ModelKind,
  { className, flavour, name, at }: ModelFacts,
): KerasModelObject {
  return new KerasModelObject(
    session,
    {
      className,
      kind: 'layer',
      flavour,
      name: name ?? session.nameFor(className, flavour),
      config: new Map(),
      open: [],
      at,
      calledFrom: session.machine.stack(),
    },
    kind,
  );
}

/** `Sequential([…])`. */
export function makeSequential(session: GraphSession, flavour: KerasFlavour, call: Call): PythonValue {
  const name = stringOf(call.named.get('name') ?? call.positional.at(1));
  const model = newModel(session, 'sequential', {
    className: 'Sequential',
    flavour,
    at: call.at,
    ...(name !== undefined && { name }),
  });
  fillSequential(session, model, call);
  return host(model);
}

export function fillSequential(session: GraphSession, model: KerasModelObject, { positional, named, at }: Call): void {
  const given = positional.at(0) ?? named.get('layers');
  if (given === undefined || given.kind === 'none') return;
  const items = session.machine.iterate(given, at);
  if (items === undefined) model.noteMissing(given);
  else for (const item of items) model.add(item);
}

/** `Model(inputs, outputs)`. */
export function makeFunctional(session: GraphSession, flavour: KerasFlavour, call: Call): PythonValue {
  const name = stringOf(call.named.get('name') ?? call.positional.at(2));
  const parts = endsOf(call);
  if (parts === undefined) {
    const open = [...call.positional, ...call.named.values()].find(({ kind }) => kind === 'unknown');
    return open ?? unknown('A model is made without inputs and outputs.', call.at);
  }
  const model = newModel(session, 'functional', {
    className: 'Functional',
    flavour,
    at: call.at,
    ...(name !== undefined && { name }),
  });
  setEnds(model, parts);
  return host(model);
}

interface Ends {
  readonly inputs: PythonValue;
  readonly outputs: PythonValue;
}

export function endsOf({ positional, named }: Call): Ends | undefined {
  const inputs = positional.at(0) ?? named.get('inputs') ?? named.get('input');
  const outputs = positional.at(1) ?? named.get('outputs') ?? named.get('output');
  return inputs && outputs && { inputs, outputs };
}

export function setEnds(model: KerasModelObject, { inputs, outputs }: Ends): void {
  model.inputs = tensorsIn(inputs).map(({ facts }) => facts);
  const made = tensorsIn(outputs);
  model.outputs = made.map(({ facts }) => facts);
  model.givesList = outputs.kind === 'list' || outputs.kind === 'tuple';
  noteUnknown(model, outputs);
  if (made.length === 0 && outputs.kind !== 'unknown') model.noteMissing(outputs);
}

/** Outputs of which nothing is known are missing from the model. */
function noteUnknown(model: KerasModelObject, value: PythonValue, met = new Set<PythonValue>()): void {
  // A list may hold the same list many times over, and that again.
  if (met.has(value)) return;
  met.add(value);
  if (value.kind === 'unknown') model.noteMissing(value);
  if (value.kind === 'list' || value.kind === 'tuple') for (const each of value.items) noteUnknown(model, each, met);
}
