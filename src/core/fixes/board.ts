import type { FixMaker } from './fix';
import { ofCodes } from './fix';

/** Another board may have the room or the speed. */
export const chooseBoard: FixMaker = {
  id: 'choose-board',
  isFor: ofCodes('arena-over-region', 'flash-over', 'latency-over', 'power-over'),
  make: () => [{ title: 'Choose another board…', command: { id: 'chooseBoard' } }],
};
