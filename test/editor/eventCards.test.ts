import { EventCards, mostCards } from '../../src/host/serial/eventCards';
import { ProfileAssembler } from '../../src/core/serial/profile';
import type { TickHints } from '../../src/core/serial/profile';
import { check } from '../support/check';

const at = { source: '/dev/ttyACM0', tab: 1, line: 1, timeMs: 0 };

/** A profile whose ticks nobody knows. */
const assembler = new ProfileAssembler();
assembler.feed([{ type: 'profile-entry', dialect: 'tflm-csv', tag: 'CONV_2D', ticks: 10 }], 0);
const [profile] = assembler.flush();

check(
  'cards that are made anew when ticks mean something else',
  (count: number) => {
    let hints: TickHints = {};
    const cards = new EventCards({ actionsFor: () => [], tickHints: () => hints });
    for (let each = 0; each < count; each++) cards.add({ line: 1, timeMs: 0, group: { type: 'profile', profile } }, at);
    hints = { unit: 'microseconds' };
    const { changed } = cards.reinterpret();
    return { changed: changed.map(({ id }) => id).slice(0, 1), count: changed.length, all: cards.all.length };
  },
  [
    { name: 'all of few', input: 3, expected: { changed: [1], count: 3, all: 3 } },
    {
      name: 'none of those that are not shown any more',
      input: mostCards + 7,
      expected: { changed: [8], count: mostCards, all: mostCards },
    },
  ],
);
