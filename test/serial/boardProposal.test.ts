import { boardProposal, proposable } from '../../src/serial/boardProposal';
import { check } from '../support/check';

const nano = { id: 'nano', name: 'Nano 33 BLE' };
const pico = { id: 'pico', name: 'Pico' };

check('the board that a port turns out to be', boardProposal, [
  {
    name: 'is proposed where none is chosen',
    input: { port: 'ttyACM0', boards: [nano], proposed: ['pico'] },
    expected: {
      board: 'nano',
      sentence: 'Nano 33 BLE is connected at ttyACM0. Models are not estimated for a board yet.',
    },
  },
  {
    name: 'is proposed instead of another',
    input: { port: 'COM3', boards: [nano], chosen: pico, proposed: [] },
    expected: { board: 'nano', sentence: 'Nano 33 BLE is connected at COM3. Models are estimated for Pico now.' },
  },
  {
    name: 'is not where it is chosen',
    input: { port: 'COM3', boards: [nano], chosen: nano, proposed: [] },
    expected: undefined,
  },
  { name: 'is not a second time', input: { port: 'COM3', boards: [nano], proposed: ['nano'] }, expected: undefined },
  {
    name: 'is not where it may be several',
    input: { port: 'COM3', boards: [nano, pico], proposed: [] },
    expected: undefined,
  },
  { name: 'is not where it is none', input: { port: 'COM3', boards: [], proposed: [] }, expected: undefined },
]);

check(
  'the board that may be proposed at all',
  ({
    boards,
    proposed,
  }: {
    readonly boards: readonly { readonly id: string }[];
    readonly proposed: readonly string[];
  }) => proposable(boards, proposed)?.id,
  [
    { name: 'the only one', input: { boards: [nano], proposed: ['pico'] }, expected: 'nano' },
    { name: 'none of several', input: { boards: [nano, pico], proposed: [] }, expected: undefined },
    { name: 'none that was proposed', input: { boards: [nano], proposed: ['nano'] }, expected: undefined },
    { name: 'none where it is none', input: { boards: [], proposed: [] }, expected: undefined },
  ],
);
