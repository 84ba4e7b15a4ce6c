import { PlotStore } from '../../src/worker/monitor/plotStore';
import { check } from '../support/check';

const megabyte = 1024 * 1024;

/** What is kept of so many texts or points, dealt out to series. */
function kept({ samples, series, text }: { samples: number; series: number; text?: string }): object {
  const store = new PlotStore();
  for (let index = 0; index < samples; index++) {
    const about = { series: `s${index % series}` };
    store.add([text === undefined ? { ...about, value: index } : { ...about, text: `${text}${index}` }], index);
  }
  const newest = store.take('all').flatMap(({ x }) => x.at(-1) ?? []);
  return { isBounded: store.textBytes <= 16 * megabyte && store.points <= 8 * megabyte, newest: Math.max(...newest) };
}

check('a plot in bounded memory', kept, [
  {
    name: 'long texts of many series: the newest are kept',
    input: { samples: 20_000, series: 128, text: 'x'.repeat(4000) },
    expected: { isBounded: true, newest: 19_999 },
  },
  { name: 'points', input: { samples: 5000, series: 3 }, expected: { isBounded: true, newest: 4999 } },
]);
