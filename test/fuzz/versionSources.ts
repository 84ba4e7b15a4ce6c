import { libraries } from '../../src/core/runtimes/libraries';
import { compareVersions, takesVersion } from '../../src/core/runtimes/versionRange';
import { tellingFiles, vendoredState, vendoredVersion } from '../../src/core/runtimes/vendored';
import {
  tellingKernelFiles,
  vendoredKernelFile,
  vendoredKernelsVersion,
} from '../../src/core/runtimes/vendoredKernels';
import { texts, type Source } from './sources';

/** Versions and ranges of them as manifests write them, and files of a copy of TFLM. */
export const versions: Source = texts(
  [
    '^1.3.1',
    '~>2.4',
    '>=1.0.0, <2.0.0',
    '!=1.0 ==1.3.3~1-rc1',
    'latest',
    '* || x',
    'v1.2.3-alpha.1+build.5',
    '4294967296.99999999999.1',
    '>='.repeat(200),
    '1.'.repeat(400),
    '~ ~ ~ ^',
    '#include "tensorflow/lite/micro/micro_interpreter.h"\nnamespace tflite {}',
    '__proto__',
  ],
  ' ',
);

/** The same text as a range, as a version and as every file that tells versions of TFLM apart. */
export function askVersions(text: string): unknown {
  const known = libraries.flatMap(({ releases }) => releases.map(({ id }) => id)).slice(0, 20);
  const states = tellingFiles.flatMap((name) => vendoredState(`lib/tensorflow/lite/${name}`, text) ?? []);
  return [
    known.map((version) => [takesVersion(text, version), compareVersions(text, version), takesVersion(version, text)]),
    vendoredVersion(states),
    vendoredKernelsVersion(tellingKernelFiles.flatMap((name) => vendoredKernelFile(name, text) ?? [])),
  ];
}
