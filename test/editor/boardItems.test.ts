import { boards } from '../../src/core/boards/boards';
import type { BoardItem } from '../../src/host/boards/boardItems';
import { boardItems } from '../../src/host/boards/boardItems';
import { check } from '../support/check';

const two = boards.filter(({ id }) => id === 'raspberry_pi_pico' || id === 'arduino_zero');

function texts(items: readonly BoardItem[]): readonly string[] {
  return items.map((item) =>
    item.type === 'heading' ? `== ${item.label}` : `${item.isChosen ? '* ' : ''}${item.label}`,
  );
}

check('board items', (make: () => readonly BoardItem[]) => texts(make()), [
  {
    name: 'boards stand under their vendors, and none is chosen',
    input: () => boardItems(two, undefined, []),
    expected: ['== Arduino', 'Arduino Zero', '== Raspberry Pi', 'Raspberry Pi Pico', '== None', '* No board'],
  },
  {
    name: 'what is plugged in stands first, and the chosen one is marked wherever it stands',
    input: () => boardItems(two, 'raspberry_pi_pico', [{ board: 'raspberry_pi_pico', port: '/dev/ttyACM0' }]),
    expected: [
      '== Plugged in',
      '* Raspberry Pi Pico',
      '== Arduino',
      'Arduino Zero',
      '== Raspberry Pi',
      '* Raspberry Pi Pico',
      '== None',
      'No board',
    ],
  },
  {
    name: 'a board that no table knows is not offered',
    input: () => boardItems(two, undefined, [{ board: 'toaster', port: 'COM3' }]).slice(0, 1),
    expected: ['== Arduino'],
  },
]);

check(
  'every board can be searched by part, core and memory',
  (id: string) => {
    const item = boardItems(boards, undefined, []).find((each) => each.type === 'board' && each.board === id);
    return item?.type === 'board' ? [item.description, item.detail] : undefined;
  },
  [
    {
      name: 'Raspberry Pi Pico',
      input: 'raspberry_pi_pico',
      expected: ['RP2040', 'Cortex-M0+ · 133 MHz · 264 KB RAM in one piece · 2.00 MB flash'],
    },
  ],
);
