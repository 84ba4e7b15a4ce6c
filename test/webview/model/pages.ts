import type { LayerFacts, Report } from '../../../src/core/estimate/report';
import type { FromModelEditor, ModelEditorState } from '../../../src/protocol/modelEditor';
import type { Actions } from '../../../webview/model/actions';
import type { PageEvent } from '../../../webview/model/store';

/** A report of no costs but those that a test gives. */
export function reportOf(more: Partial<Report>): Report {
  return {
    model: { path: 'a.tflite', format: 'tflite', bytes: 2000, operators: 3, macs: 1500, parameters: 40 },
    target: { runtime: 'tflm-cmsis-nn', tflmVersion: '2025-01', optimization: 'Os', rounding: 'double' },
    layers: [],
    findings: [],
    ...more,
  };
}

/** A layer of the first graph. */
export function layerOf(index: number, name: string, more: Partial<LayerFacts> = {}): LayerFacts {
  return { index, graph: 0, position: index, operator: 'CONV_2D', name, ...more };
}

/** What the host tells of a model that was analysed. */
export function editorOf(report: Report | undefined, more: Partial<ModelEditorState> = {}): ModelEditorState {
  return { fileName: 'a.tflite', status: 'ready', stale: false, findings: [], offers: [], report, ...more };
}

/** Actions that write down what views do. */
export function recorded(): { readonly actions: Actions; readonly done: (PageEvent | FromModelEditor)[] } {
  const done: (PageEvent | FromModelEditor)[] = [];
  const write = (what: PageEvent | FromModelEditor): void => void done.push(what);
  return { actions: { dispatch: write, tell: write }, done };
}
