import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Graph, Model } from '../../src/core/model/model';
import { ModelError } from '../../src/core/model/problem';

export type Outcome = 'model' | 'error';

/**
 * Reads one input. A model must hold what the reader promises, and be written and read again to the same; the only
 * error allowed is the typed one, with a whole sentence. Throws for any other outcome.
 */
export function tryInput(bytes: Uint8Array): Outcome {
  const model = readOrRefuse(() => readTflite(bytes).model);
  if (model === undefined) return 'error';
  for (const graph of model.graphs) checkIndices(graph);
  const again = readTflite(writeTflite(model)).model;
  const before = shape(model);
  const after = shape(again);
  if (before !== after) throw new Error(`The model ${before} became ${after} when it was written and read again.`);
  return 'model';
}

function readOrRefuse(read: () => Model): Model | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (/^[A-Z].*\.$/s.test(error.message) && !error.message.includes('undefined')) return undefined;
    throw new Error(`The typed error has no whole sentence: ${error.message}`);
  }
}

function checkIndices({ tensors, inputs, outputs, operators }: Graph): void {
  const isTensor = (index: number): boolean => index >= 0 && index < tensors.length;
  const valid =
    inputs.every(isTensor) &&
    outputs.every(isTensor) &&
    operators.every(
      (operator) =>
        operator.outputs.every(isTensor) && operator.inputs.every((index) => index === -1 || isTensor(index)),
    );
  if (!valid) throw new Error('The reader let an index through that names no tensor.');
}

/** What must survive writing, in short. */
function shape(model: Model): string {
  return model.graphs
    .map(({ tensors, operators }) => `${tensors.length}/${operators.map((operator) => operator.kind).join()}`)
    .join(';');
}
