import { zeroPointOf } from '../operators/quantizationChecks';
import { inputTensor, outputTensor } from '../operators/shapes';
import { everyLibrary, type Fault } from './fault';

/**
 * What faults have in common whose int8 kernel writes values from -1 to 1 at a scale of 1/128 and a zero point of 0,
 * whatever the file declares.
 */
export const signedUnitOutput: Pick<Fault, 'applies' | 'outcome' | 'effect' | 'remedy' | 'affected'> = {
  applies: (operator, graph) => {
    const output = outputTensor(operator, graph, 0);
    const scale = output?.quantization?.scales[0];
    if (inputTensor(operator, graph, 0)?.type !== 'int8' || scale === undefined) return false;
    return scale !== 1 / 128 || zeroPointOf(output) !== 0;
  },
  outcome: 'wrong',
  effect: 'The int8 kernel writes values at a scale of 1/128 and a zero point of 0, and the file declares others.',
  remedy:
    'Give its output the scale 1/128 and the zero point 0, and put a QUANTIZE behind it where another scale is needed.',
  affected: { libraries: everyLibrary },
};
