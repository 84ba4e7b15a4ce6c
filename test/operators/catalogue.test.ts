import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { definitionOf, operatorDefinitions, supportOf } from '../../src/core/operators/operators';
import type { KernelLibrary } from '../../src/core/operators/operator';
import { operator } from '../support/build';
import { check } from '../support/check';
import { catalogue, type Expected } from './catalogue';
import { one } from './literal';

const libraries: readonly KernelLibrary[] = ['reference', 'cmsis_nn', 'esp_nn'];

function definition(row: Expected): NonNullable<ReturnType<typeof definitionOf>> {
  return operatorDefinitions.find(({ kind }) => kind === row.kind)!;
}

check(
  'resolver methods and roles are those of the catalogue',
  (row: Expected) => {
    const { resolverMethod, role } = definition(row);
    const letters = Array.from(row.roles, (_, position) => role(position).charAt(0)).join('');
    return `${resolverMethod} ${letters}`;
  },
  catalogue.map((row) => ({ name: row.kind, input: row, expected: `${row.method} ${row.roles}` })),
);

check(
  'every operator runs in every kernel library with some types',
  (row: Expected) => {
    const { operator: node, graph } = one(row.kind, row.runs, row.options);
    return libraries.map((library) => supportOf(node, graph, library));
  },
  catalogue
    .filter((row) => row.runs !== '')
    .map((row) => ({ name: row.kind, input: row, expected: libraries.map(() => ({ supported: true as const })) })),
);

describe('operator definitions', () => {
  it('are those of the catalogue, each once', () => {
    assert.deepEqual(operatorDefinitions.map(({ kind }) => kind).sort(), catalogue.map(({ kind }) => kind).sort());
  });

  it('have resolver methods of their own', () => {
    const methods = operatorDefinitions.map(({ resolverMethod }) => resolverMethod);
    assert.equal(new Set(methods).size, methods.length);
    assert.deepEqual(
      methods.filter((method) => !/^Add[A-Z][A-Za-z0-9]+$/.test(method)),
      [],
    );
  });

  it('have a summary of one whole sentence each', () => {
    const summaries = operatorDefinitions.map(({ summary }) => summary);
    assert.deepEqual(
      summaries.filter((summary) => !/^[A-Z][^.]+\.$/.test(summary)),
      [],
    );
    assert.equal(new Set(summaries).size, summaries.length);
  });

  it('are found by kind for builtin operators and by code for custom ones', () => {
    const found = [
      operator('CONV_2D', [], []),
      operator('CUSTOM', [], [], { customCode: 'SignalRfft' }),
      operator('CUSTOM', [], [], { customCode: 'CONV_2D' }),
      operator('SignalRfft', [], []),
      operator('TILE', [], []),
    ].map((node) => definitionOf(node)?.resolverMethod);
    assert.deepEqual(found, ['AddConv2D', 'AddRfft', undefined, undefined, undefined]);
  });
});
