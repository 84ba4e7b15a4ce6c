import type { UnnamedFinding } from '../../src/core/estimate/findings';
import { withIds } from '../../src/core/estimate/findings';
import { check } from '../support/check';

const finding = (code: string, place: Pick<UnnamedFinding, 'layer' | 'source'> = {}): UnnamedFinding => ({
  code,
  severity: 'warning',
  message: `A sentence of ${code}.`,
  ...place,
});

check(
  'ids of findings',
  (findings: readonly UnnamedFinding[]) => withIds(findings, [{ name: 'conv' }, { name: 'dense' }]).map(({ id }) => id),
  [
    { name: 'of the model: the code', input: [finding('flash-over')], expected: ['flash-over'] },
    {
      name: 'of layers: the same code is told apart by their names',
      input: [finding('hybrid-operator', { layer: 1 }), finding('hybrid-operator', { layer: 0 })],
      expected: ['hybrid-operator dense', 'hybrid-operator conv'],
    },
    {
      name: 'of a board: with its port',
      input: [finding('board-crash', { source: 'COM3' }), finding('board-crash', { source: 'COM4' })],
      expected: ['board-crash COM3', 'board-crash COM4'],
    },
    {
      name: 'several at one place are numbered',
      input: [finding('a', { layer: 0 }), finding('a', { layer: 0 }), finding('a')],
      expected: ['a conv', 'a conv #2', 'a'],
    },
  ],
);
