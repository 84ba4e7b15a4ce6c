import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dataTypeNames } from './dataTypes';
import {
  definitionOf,
  macsOf,
  operatorDefinitions,
  shapeProblemOf,
  supportOf,
} from '../../src/core/operators/operators';
import type { Graph, Operator, Tensor } from '../../src/core/model/model';
import { graph, operator, tensor } from '../support/build';

/** Sizes that a hostile file may hold: negative, zero, huge. */
const size = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.constantFrom(-1, -2147483648, 2147483647, 65536));
const anyTensor: fc.Arbitrary<Tensor> = fc
  .record({
    type: fc.constantFrom(...dataTypeNames),
    shape: fc.array(size, { maxLength: 8 }),
    data: fc.option(fc.uint8Array({ maxLength: 40 }), { nil: undefined }),
    scales: fc.option(fc.array(fc.float({ noNaN: false }), { maxLength: 4 }), { nil: undefined }),
  })
  .map(({ type, shape, data, scales }) =>
    tensor('t', type, shape, {
      ...(data === undefined ? {} : { data: aligned(data) }),
      ...(scales === undefined
        ? {}
        : { quantization: { scales, zeroPoints: scales.map(() => 3), axis: scales.length } }),
    }),
  );

/** A copy that begins at the start of its buffer, as `DataView` reads at any offset anyhow. */
function aligned(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

const anyOperator: fc.Arbitrary<{ readonly operator: Operator; readonly graph: Graph }> = fc
  .record({
    definition: fc.constantFrom(...operatorDefinitions),
    tensors: fc.array(anyTensor, { minLength: 1, maxLength: 6 }),
    inputs: fc.array(fc.integer({ min: -2, max: 7 }), { maxLength: 25 }),
    outputs: fc.array(fc.integer({ min: -1, max: 7 }), { maxLength: 4 }),
    number: fc.oneof(fc.integer(), fc.constantFrom(0, NaN, -1)),
  })
  .map(({ definition, tensors, inputs, outputs, number }) => {
    const custom = definitionOf(operator(definition.kind, [], [])) === undefined;
    const node = operator(custom ? 'CUSTOM' : definition.kind, inputs, outputs, {
      ...(custom ? { customCode: definition.kind } : {}),
      options: { table: 'Hostile', values: { rank: number, strideH: number, axis: number, blockSize: number } },
    });
    const whole = graph(tensors, [node]);
    return { operator: whole.operators[0], graph: whole };
  });

describe('hostile operators', () => {
  it('give MACs that are whole and not negative or not known, and sentences, never an exception', () => {
    fc.assert(
      fc.property(anyOperator, (sample) => {
        const macs = macsOf(sample.operator, sample.graph);
        assert.ok(macs === undefined || (Number.isSafeInteger(macs) && macs >= 0), `${macs} MACs`);
        for (const library of ['reference', 'cmsis_nn'] as const) {
          const support = supportOf(sample.operator, sample.graph, library);
          assert.ok(support.supported || /^\S.*[^.]\.$/.test(support.reason), JSON.stringify(support));
        }
        const problem = shapeProblemOf(sample.operator, sample.graph);
        assert.ok(problem === undefined || problem.endsWith('.'), problem);
        const text = definitionOf(sample.operator)?.optionsText?.(sample.operator, sample.graph);
        assert.ok(text === undefined || typeof text === 'string');
      }),
      { seed: 20260820, numRuns: 20_000 },
    );
  });

  it('with tens of thousands of dimensions, inputs or values give short sentences', () => {
    const many = 50_000;
    const long = tensor('t', 'int32', Array<number>(many).fill(1), { data: new Uint8Array(4 * many) });
    const answers = operatorDefinitions.flatMap(({ kind }) => {
      const custom = definitionOf(operator(kind, [], [])) === undefined;
      const more = custom ? { customCode: kind } : {};
      return [Array<number>(many).fill(0), [0, 0], [0]].map((inputs) => {
        const whole = graph([long], [operator(custom ? 'CUSTOM' : kind, inputs, [0], more)]);
        const node = whole.operators[0];
        const support = supportOf(node, whole);
        const texts = [
          support.supported ? '' : support.reason,
          shapeProblemOf(node, whole) ?? '',
          definitionOf(node)?.optionsText?.(node, whole) ?? '',
        ];
        return { kind, macs: macsOf(node, whole), longest: Math.max(...texts.map((text) => text.length)) };
      });
    });
    assert.deepEqual(
      answers.filter(({ longest, macs }) => longest > 500 || (macs ?? 0) < 0),
      [],
    );
  });
});
