import type { KerasLayer, KerasModel } from '../kerasModel';

/** A text that two models have in common where they are made at the same place and are alike in every layer. */
export function signatureOf(model: KerasModel): string {
  const parts: string[] = [];
  ofModel(model, parts);
  return parts.join('|');
}

function ofModel({ name, kind, layers, inputs, origin }: KerasModel, parts: string[]): void {
  parts.push(name, kind, JSON.stringify(inputs), JSON.stringify(origin));
  for (const layer of layers) ofLayer(layer, parts);
}

function ofLayer({ className, config, calls, model, wraps, origin }: KerasLayer, parts: string[]): void {
  parts.push(className, JSON.stringify(origin?.span), JSON.stringify([...config], plain));
  for (const { outputs } of calls) parts.push(JSON.stringify(outputs));
  for (const each of wraps ?? []) ofLayer(each, parts);
  if (model !== undefined) ofModel(model, parts);
}

/** Maps as lists of their entries, so that they are written. */
function plain(_: string, value: unknown): unknown {
  return value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
}
