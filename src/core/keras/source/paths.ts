import type { KerasFlavour } from '../kerasModel';

/** A dotted path of a program as a path within Keras, TensorFlow or another library. */
export type LibraryPath =
  | { readonly of: 'keras'; readonly rest: string; readonly name: string; readonly flavour?: KerasFlavour }
  | { readonly of: 'tensorflow'; readonly rest: string; readonly name: string }
  | { readonly of: 'tfmot'; readonly rest: string; readonly name: string }
  | { readonly of: 'other'; readonly rest: string; readonly name: string };

/** Where a path leads; a flavour where it says one. */
export function libraryPath(path: string): LibraryPath {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const plain = path
    .replace(/^tensorflow\.compat\.v[12](?=\.|$)/, 'tensorflow')
    .replace(/^tensorflow\.(?:python|_api\.v2)(?=\.keras)/, 'tensorflow')
    .replace(/^tensorflow_core(?=\.|$)/, 'tensorflow')
    .replace(/^tensorflow_model_optimization\.python\.core\.keras\.compat\.keras(?=\.|$)/, 'tf_keras');
  const keras = /^(tensorflow\.keras|tf_keras|keras)(?:\.(.*))?$/.exec(plain);
  if (keras !== null) {
    const rest = (keras[2] ?? '').replace(/^(?:api|src|_tf_keras)\./, '');
    return { of: 'keras', rest, name, ...(keras[1] === 'tf_keras' && { flavour: 'keras2' as const }) };
  }
  const tensorflow = /^tensorflow(?:\.(.*))?$/.exec(plain);
  if (tensorflow !== null) return { of: 'tensorflow', rest: tensorflow[1] ?? '', name };
  const tfmot = /^tensorflow_model_optimization(?:\.(.*))?$/.exec(plain);
  if (tfmot !== null) return { of: 'tfmot', rest: tfmot[1] ?? '', name };
  return { of: 'other', rest: path, name };
}

/** Packages that are taken for installed where a program only tries to import them. */
export const installed: ReadonlySet<string> = new Set(
  (
    'tensorflow keras tf_keras numpy scipy pandas matplotlib sklearn os sys math json argparse functools itertools ' +
    'collections dataclasses typing random time pathlib re logging copy enum abc warnings datetime shutil glob csv ' +
    'pickle yaml io types operator string tempfile subprocess inspect contextlib seaborn PIL cv2 tqdm h5py ' +
    'tensorflow_model_optimization absl __future__ ast struct hashlib urllib zipfile platform gc traceback'
  ).split(' '),
);
