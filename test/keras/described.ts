import type { KerasDimension, KerasModel, KerasShape } from '../../src/core/keras/kerasModel';
import { parametersOf } from '../../src/core/keras/parameters';
import { readKerasSource } from '../../src/core/keras/source/readKerasSource';
import type { ReadOptions } from '../../src/core/keras/source/sourceModel';

function shapeText(shape: KerasShape): string {
  return shape === undefined ? '?' : shape.slice(1).map(lengthText).join('x');
}

function lengthText(length: KerasDimension): string {
  return length === undefined ? '?' : length === null ? '-' : String(length);
}

/** A layer as one line: class, line of the call that makes it, output behind the batch, parameters. */
function layerText(model: KerasModel, place: number): string {
  const layer = model.layers[place];
  const line = (layer.origin?.span?.line ?? -1) + 1;
  const shape = layer.calls.length === 0 ? 'unused' : shapeText(layer.calls[0].outputs[0]);
  return `${layer.className}@${line} ${shape} ${parametersOf(model, layer)?.total ?? '?'}`;
}

/** Models of a source, each as a line for itself and one for each layer. */
export function described(text: string, options?: ReadOptions): readonly string[] {
  return describedFiles(new Map([['main.py', text]]), options);
}

export function describedFiles(
  files: ReadonlyMap<string, string>,
  options?: ReadOptions,
  entry = 'main.py',
): readonly string[] {
  const { models } = readKerasSource((path) => files.get(path), entry, options);
  return models.flatMap(({ model, names, template, openValues, assumptions }) => [
    [
      template === undefined ? names.join() || model.kind : `${template.name}()`,
      ...new Set(openValues.map(({ name }) => `open ${name ?? '?'}`)),
      ...assumptions.map((each) => `assumed ${each.text}`),
    ].join(', '),
    ...model.layers.map((_, place) => `  ${layerText(model, place)}`),
  ]);
}
