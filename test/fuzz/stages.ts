import { analyse, listingWithCosts } from '../../src/core/analysis/analyse';
import { tensorRange } from '../../src/core/analysis/cards';
import { subjectOf } from '../../src/core/analysis/subject';
import { checkWorkable } from '../../src/core/compress/claims';
import { clean } from '../../src/core/compress/clean/clean';
import { offersFor } from '../../src/core/compress/offers';
import { prepare } from '../../src/core/execute/prepare';
import { seededInputs } from '../../src/core/execute/seededInputs';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { readMeasurements } from '../../src/core/measure/measurementsFile';
import { projectReaders } from '../../src/core/project/readers';
import { readSamples } from '../../src/core/samples/readSamples';
import { FirmwareReader } from '../../src/core/serial/firmwareReader';
import { LineFramer, lineText } from '../../src/core/serial/lines';
import type { PortSettings } from '../../src/protocol/serialPort';
import { ComPortServer } from '../../src/serial/comPortServer';
import { compressed } from './compressOnce';
import { firmwareSources, lookAtFirmware } from './firmwareSources';
import { convertKerasFile, kerasFiles, kerasPrograms, readPrograms } from './kerasSources';
import { joinTrained, trainedPrograms } from './joinedSources';
import { convertOnnx, onnxFiles } from './onnxSources';
import { readSavedModels, readTensorFlowJsFiles, savedModels, tensorFlowJsFiles } from './partedSources';
import { sampleSources } from './sampleSources';
import { models, smallerModels, type Source } from './sources';
import { buildFiles, readAsAll } from './buildSources';
import { builtPrograms, builtTexts, readAsBuild, readAsProgram } from './builtSources';
import { exportedOnce } from './exportOnce';
import { askVersions, versions } from './versionSources';
import { boardLines, measurements, projectFiles, telnetBytes } from './textSources';
import { tryInput } from './tryInput';
import { limits } from './tryStage';

/** One thing that is done with foreign bytes. Whatever they are, it answers or throws a `HumanError`. */
export interface Stage {
  readonly name: string;
  readonly source: Source;
  readonly run: (bytes: Uint8Array) => unknown;
  /** Of a million inputs how many are its own: the slow ones have fewer. */
  readonly share: number;
  /** Steps of an input, where they are fewer than usual: some work costs more than a step says. */
  readonly steps?: number;
}

const path = 'fuzz.tflite';
const boards = ['arduino_nano33ble_sense_rev2', 'esp32_s3_devkitc', 'raspberry_pi_pico2', undefined] as const;

/** The board is a matter of the bytes, so that an input is tried on the same one again. */
const subjectFor = (bytes: Uint8Array): Parameters<typeof analyse>[0] => {
  const board = boards[bytes.length % boards.length];
  return { path, bytes, target: board === undefined ? {} : { board } };
};

const modelStages: readonly Omit<Stage, 'source'>[] = [
  { name: 'read', share: 20_000, run: tryInput },
  { name: 'analyse', share: 3000, run: (bytes) => analyse(subjectFor(bytes)) },
  { name: 'listing', share: 1000, run: (bytes) => listingWithCosts(subjectFor(bytes)) },
  { name: 'ranges', share: 8000, run: (bytes) => graphsOf(bytes).map(({ tensors }) => tensors.map(tensorRange)) },
  { name: 'clean', share: 500, run: cleanOnce },
  { name: 'run', share: 1500, run: runOnce },
  { name: 'export', share: 1000, run: (bytes) => exportedOnce(subjectFor(bytes), limits) },
];

/** What takes longer is tried with smaller models. */
const slowStages: readonly Omit<Stage, 'source' | 'steps'>[] = [
  { name: 'offers', share: 5000, run: (bytes) => offersFor(subjectOf(subjectFor(bytes))) },
  ...(['quantize', 'prune', 'fit', 'rewrite', 'makeItFit'] as const).map((kind) => ({
    ...{ name: kind, share: 5000 },
    run: (bytes: Uint8Array) => compressed(kind, subjectFor(bytes)),
  })),
];
const stepsOfSlow = 2e6;

/** What is done with texts of a kind. */
const textStages: readonly (Omit<Stage, 'run'> & { readonly run: (text: string) => unknown })[] = [
  { name: 'measurements.json', source: measurements, share: 60_000, run: readMeasurements },
  { name: 'milliwatt.json', source: projectFiles, share: 20_000, run: projectReaders['milliwatt.json'] },
  { name: 'build files', source: buildFiles, share: 20_000, run: readAsAll },
  { name: 'last build', source: builtTexts, share: 20_000, run: readAsBuild },
  { name: 'versions', source: versions, share: 20_000, run: askVersions },
];

export const stages: readonly Stage[] = [
  ...modelStages.map((stage) => ({ ...stage, source: models })),
  ...slowStages.map((stage) => ({ ...stage, source: smallerModels, steps: stepsOfSlow })),
  { name: 'firmware', source: firmwareSources, share: 20_000, run: lookAtFirmware },
  ...Object.entries(sampleSources).map(([ending, source]) => ({
    ...{ name: `samples ${ending}`, source, share: ending === '.jpg' ? 30_000 : 80_000 },
    run: (bytes: Uint8Array) => readSample(`sample${ending}`, bytes),
  })),
  { name: 'onnx', source: onnxFiles, share: 40_000, run: convertOnnx },
  { name: 'keras', source: kerasFiles, share: 40_000, run: convertKerasFile },
  { name: 'tensorFlowJs', source: tensorFlowJsFiles, share: 20_000, run: readTensorFlowJsFiles },
  { name: 'savedModel', source: savedModels, share: 20_000, run: readSavedModels },
  { name: 'kerasSource', source: kerasPrograms, share: 20_000, run: readPrograms },
  { name: 'joinWeights', source: trainedPrograms, share: 20_000, run: joinTrained },
  { name: 'board lines', source: boardLines, share: 160_000, run: hear },
  { name: 'telnet', source: telnetBytes, share: 130_000, run: serveTelnet },
  { name: 'linked programs', source: builtPrograms, share: 20_000, run: readAsProgram },
  ...textStages.map((stage) => ({ ...stage, run: (bytes: Uint8Array) => stage.run(textOf(bytes)) })),
];

function graphsOf(bytes: Uint8Array): ReturnType<typeof readTflite>['model']['graphs'] {
  return readTflite(bytes).model.graphs;
}

function cleanOnce(bytes: Uint8Array): unknown {
  const { model } = readTflite(bytes);
  checkWorkable(model);
  return clean(model);
}

function runOnce(bytes: Uint8Array): unknown {
  const { model } = readTflite(bytes);
  const [main] = model.graphs;
  const executable = prepare(model, { rounding: bytes.length % 2 === 0 ? 'double' : 'single' });
  return executable.invoke(
    seededInputs(
      main.inputs.map((index) => main.tensors[index]),
      1,
    ),
  );
}

/** As a picture, as a sound and as a row of numbers. */
function readSample(name: string, bytes: Uint8Array): unknown {
  const shape = bytes.length % 2 === 0 ? [1, 4, 4, 3] : [1, 4];
  const feature = bytes.length % 3 === 0 ? 'mfcc' : 'raw';
  const inputs = [{ name: 'x', type: 'float32', shape }] as const;
  return readSamples({ files: [{ path: name, bytes }], inputs, options: { source: name, feature, mostSamples: 20 } });
}

function hear(bytes: Uint8Array): void {
  const [framer, reader] = [new LineFramer(), new FirmwareReader()];
  const end = new Uint8Array([10]);
  [...framer.push(bytes), ...framer.push(end)].forEach((line, index) => {
    reader.read(lineText(line.bytes), { line: index, timeMs: index });
  });
  reader.silent();
}

const settings: PortSettings = {
  ...{ baudRate: 115_200, dataBits: 8, stopBits: 1, parity: 'none', flowControl: 'none', dtr: true, rts: true },
};

async function serveTelnet(bytes: Uint8Array): Promise<void> {
  const done = (): Promise<void> => Promise.resolve();
  const port = { settings, write: done, open: done, setSignals: done };
  const server = new ComPortServer(port, () => undefined, { holding: () => () => undefined });
  const latin = Uint8Array.from(textOf(bytes), (character) => character.charCodeAt(0));
  const half = latin.length >> 1;
  for (const part of [latin.subarray(0, half), latin.subarray(half)]) server.encoded(server.received(part));
  await new Promise((resolve) => setImmediate(resolve));
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
