import type { PlotPart } from '../../../src/protocol/monitorState';
import { frameOf } from '../../../webview/monitor/plot/frame';
import { PlotModel } from '../../../webview/monitor/plot/model';
import { initialPlotView } from '../../../webview/monitor/plot/store';
import { check } from '../../support/check';

/**
 * Axes of a plot of series `[name, unit, values]`, one value a millisecond: each line's side, and the spans left and
 * right.
 */
function axesOf(
  series: readonly (readonly [name: string, unit: string | undefined, values: readonly number[]])[],
): unknown {
  const model = new PlotModel();
  const parts = series.map(([name, unit, values]): PlotPart => ({
    name,
    unit,
    kind: 'time',
    isBoardTime: false,
    isHidden: false,
    isCleared: false,
    x: Float64Array.from(values, (_, index) => index),
    y: Float64Array.from(values),
    texts: [],
  }));
  model.apply({ isWhole: true, series: parts });
  const frame = frameOf(model, initialPlotView, { widthPx: 100, heightPx: 100 });
  if (frame === undefined) return undefined;
  const { lines, y, twoUnits } = frame;
  const sides = lines.map(({ name, isRight }) => `${name} ${isRight === true ? 'right' : 'left'}`);
  return { sides, left: [y.from, y.to], ...(twoUnits === undefined ? {} : { twoUnits }) };
}

check('plot: the axes of values', axesOf, [
  {
    name: 'one unit, one axis',
    input: [
      ['a', '°C', [0, 10]],
      ['b', '°C', [20, 20]],
    ],
    expected: { sides: ['a left', 'b left'], left: [-1, 21] },
  },
  {
    name: 'two units, the second on the right',
    input: [
      ['temperature', '°C', [0, 20]],
      ['score', undefined, [0, 1]],
      ['inside', '°C', [40, 40]],
    ],
    expected: {
      sides: ['temperature left', 'score right', 'inside left'],
      left: [-2, 42],
      twoUnits: { left: '°C', right: 'score', rightY: { from: -0.05, to: 1.05 } },
    },
  },
  {
    name: 'three units have to share',
    input: [
      ['a', 'V', [0, 10]],
      ['b', 'A', [0, 1]],
      ['c', 'W', [5, 5]],
    ],
    expected: { sides: ['a left', 'b left', 'c left'], left: [-0.5, 10.5] },
  },
  { name: 'nothing, no axis', input: [], expected: undefined },
]);
