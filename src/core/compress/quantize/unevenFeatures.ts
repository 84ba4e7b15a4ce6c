import type { Graph } from '../../model/model';
import { shortNames } from '../../model/names';
import type { Samples } from '../../samples/samples';
import type { QuantizedGraph } from './quantizedGraph';

/** A feature that spans fewer steps than this tells hardly more than which side of its middle a value lies on. */
const leastSteps = 4;

/** More values in a row are no features that somebody can bring to one range one by one: pictures, spectra. */
const mostFeatures = 64;

/**
 * Inputs of which some features (places along the last axis) are next to lost, since all share one scale and others
 * reach much further: as complete sentences, with what helps.
 */
export function unevenFeatures(
  graph: Graph,
  { affines, activations }: Pick<QuantizedGraph, 'affines' | 'activations'>,
  samples: Samples,
): readonly string[] {
  return graph.inputs.flatMap((tensor, position) => {
    const affine = affines.get(tensor);
    const { shape } = graph.tensors[tensor];
    const features = shape.at(-1) ?? 1;
    if (affine === undefined || shape.length < 2 || features < 2 || features > mostFeatures) return [];
    const spans = spansOf(samples.inputs[position], features);
    const steps = spans.map(({ min, max }) => (max - min) / affine.scale);
    const lost = steps.flatMap((count, place) => (count > 0 && count < leastSteps ? [place] : []));
    if (lost.length === 0) return [];
    const worst = lost.reduce((least, place) => (steps[place] < steps[least] ? place : least));
    const { min, max } = spans[worst];
    const wider = activations === 'int8' ? ' Activations of 16 bits have finer steps, too.' : '';
    return [
      `Of the input "${shortNames(graph)[tensor]}" ${lost.length} of ${features} features span less than ${leastSteps} steps of the scale that all share: feature ${worst} goes from ${short(min)} to ${short(max)}, and a step is ${short(affine.scale)}. Bring features to one range before the model, in training and on the device; a normalization inside of the model comes too late.${wider}`,
    ];
  });
}

interface Span {
  readonly min: number;
  readonly max: number;
}

function spansOf(values: Float32Array, features: number): readonly Span[] {
  return Array.from({ length: features }, (_, first) => {
    let [min, max] = [Infinity, -Infinity];
    for (let place = first; place < values.length; place += features) {
      min = Math.min(min, values[place]);
      max = Math.max(max, values[place]);
    }
    return { min, max };
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
