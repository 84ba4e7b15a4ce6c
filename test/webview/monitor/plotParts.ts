import type { PlotPart } from '../../../src/protocol/monitorState';
import { PlotModel } from '../../../webview/monitor/plot/model';

/** A series over time, a value each tenth of a second. */
export function part(name: string, values: readonly number[], more: Partial<PlotPart> = {}): PlotPart {
  return {
    name,
    kind: 'time',
    isBoardTime: false,
    isHidden: false,
    isCleared: false,
    x: Float64Array.from(values, (_, index) => index * 100),
    y: Float64Array.from(values),
    texts: [],
    ...more,
  };
}

/** A series of states. */
export const words = (name: string, ...texts: readonly string[]): PlotPart =>
  part(name, [], { kind: 'text', x: Float64Array.from(texts, (_, index) => index), texts });

/** The points of a tab after these messages, the first of them whole. */
export function modelOf(...messages: readonly (readonly PlotPart[])[]): PlotModel {
  const model = new PlotModel();
  messages.forEach((series, index) => model.apply({ isWhole: index === 0, series }));
  return model;
}
