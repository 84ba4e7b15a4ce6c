import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { analyse, listingWithCosts } from '../../src/core/analysis/analyse';
import { formats } from '../../src/core/formats/formats';
import type { ModelSource } from '../../src/core/formats/source';
import { LineBuilder } from '../../src/core/listing/lineBuilder';
import { selectors } from '../../src/core/runtimes/cost/selectors';
import { check } from '../support/check';

const path = join(__dirname, '..', '..', 'examples', 'digits', 'digits_float.tflite');
const request = { path, bytes: readFileSync(path), target: { board: 'arduino_nano33ble_sense_rev2' } };

/** How often one analysis reads the model, renders it, and counts the cost of an operator. */
function counts(analysis: (known: typeof formats) => { readonly layers: number }): unknown {
  let reads = 0;
  const known = formats.map((format) => ({
    ...format,
    read: (source: ModelSource) => {
      reads++;
      return format.read(source);
    },
  }));
  const renders = mock.method(LineBuilder.prototype, 'finish').mock;
  const costs = mock.method(selectors as Map<string, unknown>, 'get').mock;
  const { layers } = analysis(known);
  const counted = { reads, renders: renders.callCount(), costsPerOperator: costs.callCount() / layers };
  renders.restore();
  costs.restore();
  return counted;
}

check('one analysis does once', counts, [
  {
    name: 'what hints need',
    input: (known) => ({ layers: analyse(request, known).report.layers.length }),
    expected: { reads: 1, renders: 1, costsPerOperator: 1 },
  },
  {
    name: 'what a listing with its costs needs',
    input: (known) => ({ layers: listingWithCosts(request, known).analysis.report.layers.length }),
    expected: { reads: 1, renders: 1, costsPerOperator: 1 },
  },
]);
