import type { KerasLayer, KerasModel, KerasShape } from '../kerasModel';
import { parametersOf } from '../parameters';
import type { KerasSourceModel, OpenSourceValue, Template } from './sourceModel';

/** Whether a model is another one that is made at the same places, with less of it known and nothing else said. */
export function isVaguer({ model, openValues }: KerasSourceModel, other: KerasSourceModel): boolean {
  const than = other.model;
  if (model.layers.length !== than.layers.length || model.kind !== than.kind) return false;
  let isLess = openValues.length === 0 && other.openValues.length > 0;
  for (const [place, layer] of model.layers.entries()) {
    const same = than.layers[place];
    if (layer.className !== same.className || !isAtSamePlace(layer, same)) return false;
    const facts = factsOf(model, layer);
    const others = factsOf(than, same);
    if (facts.length !== others.length && facts.length > 0) return false;
    if (facts.some((fact, index) => fact !== undefined && fact !== others[index])) return false;
    isLess ||=
      facts.length < others.length || facts.some((fact, index) => fact === undefined && others[index] !== undefined);
  }
  return isLess;
}

function isAtSamePlace(layer: KerasLayer, other: KerasLayer): boolean {
  const [place, otherPlace] = [layer.origin, other.origin];
  return (
    place?.file === otherPlace?.file && place?.cell === otherPlace?.cell && place?.span?.line === otherPlace?.span?.line
  );
}

/** Lengths of the output and the number of parameters; none where not even the rank is known. */
function factsOf(model: KerasModel, layer: KerasLayer): readonly (number | null | undefined)[] {
  const shape: KerasShape = layer.calls.at(-1)?.outputs.at(0);
  return shape === undefined ? [] : [...shape, parametersOf(model, layer)?.total];
}

/** What a template's parameters leave open without a word, where `None` stands for their defaults. */
export function notPassed(model: KerasModel, template: Template | undefined): readonly OpenSourceValue[] {
  const layer = model.layers.find((each) => factsOf(model, each).slice(1).includes(undefined));
  if (template === undefined || layer === undefined) return [];
  return template.parameters
    .filter(({ name, initial }) => initial === 'None' && /shape|size|dim|class|units|length|channels/i.test(name))
    .map(({ name, place }) => ({
      name,
      why: `Nobody passes ${name} to ${template.name}.`,
      place,
      layer: layer.name,
      parameter: 'shape',
    }));
}
