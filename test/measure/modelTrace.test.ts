import { fitsTrace } from '../../src/core/measure/modelTrace';
import type { ModelTrace, TracedModel } from '../../src/core/measure/modelTrace';
import { check } from '../support/check';

const model: TracedModel = {
  contentHash: 'abc',
  layers: [
    { graph: 0, operator: 'CONV_2D' },
    { graph: 0, operator: 'SOFTMAX' },
  ],
};
const unread: TracedModel = {};

check(
  'whether a firmware may hold a model',
  ([traced, trace]: readonly [TracedModel, ModelTrace]) => fitsTrace(traced, trace),
  [
    { name: 'its hash', input: [model, { hash: 'abc' }], expected: true },
    { name: 'another hash', input: [model, { hash: 'abd' }], expected: false },
    {
      name: 'another hash, though the operators fit',
      input: [model, { hash: 'abd', operators: ['CONV_2D', 'SOFTMAX'] }],
      expected: false,
    },
    {
      name: 'its operators, twice',
      input: [model, { operators: ['CONV_2D', 'SOFTMAX', 'CONV_2D', 'SOFTMAX'] }],
      expected: true,
    },
    { name: 'its operators in another order', input: [model, { operators: ['SOFTMAX', 'CONV_2D'] }], expected: false },
    { name: 'an operator that it has', input: [model, { operator: 'SOFTMAX' }], expected: true },
    { name: 'an operator that it lacks', input: [model, { operator: 'ADD' }], expected: false },
    { name: 'nothing is known of the firmware', input: [model, {}], expected: true },
    { name: 'a model that cannot be read', input: [unread, {}], expected: false },
    { name: 'a model that cannot be read, by a hash', input: [unread, { hash: 'abc' }], expected: false },
  ],
);
