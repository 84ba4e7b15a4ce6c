import { countText } from '../wording';
import { elementCount } from '../../model/dataType';
import type { Graph } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { Samples, SplitSamples } from '../../samples/samples';

/** @throws HumanError when samples do not fit the graph's inputs, are none, or hold what is no number. */
export function checkSamples(graph: Graph, { calibration, test }: SplitSamples): void {
  for (const samples of [calibration, test]) checkPart(graph, samples);
}

function checkPart({ inputs, tensors }: Graph, samples: Samples): void {
  if (samples.count === 0) {
    throw new HumanError(
      'samples-none',
      `${samples.source}: there are no samples. Give at least one, better a hundred.`,
    );
  }
  if (samples.inputs.length !== inputs.length) {
    throw new HumanError(
      'samples-inputs',
      `${samples.source}: there are values for ${countText(samples.inputs.length, 'input')}, but the model has ${inputs.length}. Give one file for each input, in order.`,
    );
  }
  inputs.forEach((index, position) => {
    const { name, shape } = tensors[index];
    const [wanted, given] = [samples.count * elementCount(shape), samples.inputs[position].length];
    if (wanted !== given) {
      throw new HumanError(
        'samples-shape',
        `${samples.source}: ${countText(samples.count, 'sample')} ${samples.count === 1 ? 'has' : 'have'} ${countText(given, 'value')}, but the input "${name}" of shape [${shape.join(',')}] takes ${wanted}. Give samples of the input's shape.`,
      );
    }
    checkValues(samples, position, name);
  });
}

function checkValues(samples: Samples, position: number, input: string): void {
  const values = samples.inputs[position];
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const sample = Math.floor(at / (values.length / samples.count));
  const name = samples.names?.[sample] ?? `Sample ${sample + 1}`;
  throw new HumanError(
    'samples-not-finite',
    `${samples.source}: ${name} has the value ${values[at]} for the input "${input}". Leave it out or repair it.`,
  );
}
