import { logMel } from '../../src/core/samples/formats/logMel';
import { check } from '../support/check';

interface Case {
  readonly samples: Float32Array;
  readonly row: number;
  readonly from: number;
}

/** The number of rows, and four values of one, rounded. */
function rows({ samples, row, from }: Case): { rows: number; values: number[] } {
  const features = logMel(samples);
  const values = [...features.subarray(row * 128 + from, row * 128 + from + 4)];
  return { rows: features.length / 128, values: values.map((value) => Number(value.toFixed(2))) };
}

check('log-mel spectra', rows, [
  {
    // Expected from librosa's formulas, written down apart in numpy.
    name: 'a tone of 1 kHz for one second',
    input: {
      samples: Float32Array.from({ length: 16000 }, (_, at) => Math.sin((Math.PI * at) / 8) / 2),
      row: 15,
      from: 41,
    },
    expected: { rows: 32, values: [25.11, 28.03, 18.26, -156.58] },
  },
  {
    name: 'silence is 10 log10 of 2.2e-16',
    input: { samples: new Float32Array(2048), row: 4, from: 124 },
    expected: { rows: 5, values: [-156.58, -156.58, -156.58, -156.58] },
  },
  {
    name: 'no sound has no rows',
    input: { samples: new Float32Array(0), row: 0, from: 0 },
    expected: { rows: 0, values: [] },
  },
]);
