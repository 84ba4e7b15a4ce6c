import type { Proof } from '../../../src/core/compress/proof';
import type { FromProofPage, ProofPageState } from '../../../src/protocol/proofPage';
import type { Actions } from '../../../webview/proof/actions';
import type { PageEvent } from '../../../webview/proof/store';
import { reportOf } from '../model/pages';

/** A proof of nothing but files, of 4,000 bytes before and 1,000 after. */
export function proofOf(more: Partial<Proof> = {}): Proof {
  const model = { ...reportOf({}).model, bytes: 1000 };
  return {
    kind: 'quantize',
    source: { path: 'a.tflite', bytes: 4000, macs: 1500 },
    result: { path: 'a.int8.tflite', bytes: 1000, macs: 1500 },
    after: reportOf({ model }),
    decisions: [],
    warnings: [],
    data: { source: '', isSynthetic: false, calibrationSamples: 0, testSamples: 0 },
    ...more,
  };
}

/** What the host tells of a compression that was done. */
export function shownOf(more: Partial<ProofPageState> = {}): ProofPageState {
  const words = { learned: 'calibrated', unmeasured: 'Nothing was executed.' };
  return { title: 'Quantize to int8', sourceName: 'a.tflite', words, status: 'done', curves: [], ...more };
}

/** Actions that write down what views do. */
export function recorded(): { readonly actions: Actions; readonly done: (PageEvent | FromProofPage | string)[] } {
  const done: (PageEvent | FromProofPage | string)[] = [];
  const write = (what: PageEvent | FromProofPage): void => void done.push(what);
  return { actions: { dispatch: write, tell: write, savePicture: () => void done.push('picture') }, done };
}
