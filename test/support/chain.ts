import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Operator, Tensor } from '../../src/core/model/model';
import { floats, graph, model, operator, options, tensor } from './build';
import { mulberry32 } from './random';

const width = 8;

/** A file of so many operators in a row: dense layers of eight channels and TANH by turns, a dense layer last. */
export function chainOfLayers(count: number): Uint8Array {
  const random = mulberry32(1);
  const weights = (length: number): number[] => Array.from({ length }, () => random() - 0.5);
  const tensors: Tensor[] = [tensor('x', 'float32', [1, width])];
  const operators: Operator[] = [];
  const dense = { options: options('FullyConnectedOptions', { fusedActivationFunction: 'NONE' }) };
  let last = 0;
  for (let index = 0; index < count; index++) {
    const next = tensors.push(tensor(`t${index}`, 'float32', [1, width])) - 1;
    if (index % 2 === 0 || index === count - 1) {
      const constants = [
        tensors.push(floats(`w${index}`, [width, width], weights(width * width))) - 1,
        tensors.push(floats(`b${index}`, [width], weights(width))) - 1,
      ];
      operators.push(operator('FULLY_CONNECTED', [last, ...constants], [next], dense));
    } else operators.push(operator('TANH', [last], [next]));
    last = next;
  }
  return writeTflite(model(graph(tensors, operators, { inputs: [0], outputs: [last] })));
}
