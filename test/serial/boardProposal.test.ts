import { boardProposal } from '../../src/serial/boardProposal';
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
