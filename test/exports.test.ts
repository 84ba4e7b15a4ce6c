import assert from 'node:assert/strict';
import path from 'node:path';
import { it } from 'node:test';
import ts from 'typescript';

/**
 * What a file exports is used by another file of the program; what tests alone would use is a seam that they need, and
 * named here.
 */
const root = path.join(__dirname, '..');

const seams: ReadonlySet<string> = new Set([
  'src/core/boards/boards.ts boardsByUsbId',
  'src/core/boards/boards.ts boardsByVendor',
  'src/core/boards/inputStages.ts inputStageById',
  'src/core/boards/inputStages.ts inputStages',
  'src/core/buildFiles/fileNames.ts buildFileNames',
  'src/core/compress/offers.ts offersFor',
  'src/core/compress/prune/curve.ts curveText',
  'src/core/compress/quantize/choose.ts Trial',
  'src/core/compress/quantize/choose.ts saidOfConstants',
  'src/core/compress/quantize/choose.ts saidOfMethods',
  'src/core/compress/quantize/converted.ts unusedOptions',
  'src/core/compress/quantize/score.ts decibels',
  'src/core/estimate/timing/arenaWait.ts movedBytes',
  'src/core/estimate/timing/standIn.ts windowClass',
  'src/core/execute/fixedPoint.ts reducedMultiplier',
  'src/core/execute/kernels/div.ts leadingSignBits',
  'src/core/execute/kernels/signal/filterBank.ts roundedSquareRoot',
  'src/core/execute/kernels/signal/filterBank.ts scaledLogarithm',
  'src/core/execute/seededInputs.ts SeededTensor',
  'src/core/execute/tfjs/gradientKernels.ts registerGradientKernels',
  'src/core/fixes/fixes.ts fixMakers',
  'src/core/firmware/firmware.ts BuildFlags',
  'src/core/formats/formats.ts Format',
  'src/core/formats/formats.ts formatOf',
  'src/core/keras/parameters.ts modelParameters',
  'src/core/measure/boardCalibration.ts BoardAndRuntime',
  'src/core/measure/measuredProfile.ts isNews',
  'src/core/measure/modelTrace.ts TracedModel',
  'src/core/model/textEdit.ts textAfter',
  'src/core/operators/sliceLengths.ts StridedRange',
  'src/core/project/projectEdit.ts valueAt',
  'src/core/rules/rules.ts ruleByCode',
  'src/core/runtimes/cost/cost.ts kernelCallOf',
  'src/core/runtimes/libraries.ts NamedLibrary',
  'src/core/runtimes/tflm/lifetimes.ts calledGraphs',
  'src/core/serial/history.ts defaultHistoryLimits',
  'src/core/serial/historySearch.ts SearchStep',
  'src/core/serial/historySearch.ts searchHistory',
  'src/core/serial/parsers.ts dialects',
  'src/host/analysis/stillFile.ts StillFileSource',
  'src/host/compress/compressions.ts newestDiscardable',
  'src/host/serial/eventCards.ts mostCards',
  'src/host/serial/serialApi.ts SerialConnection',
  'src/serial/addr2line.ts placesOf',
  'src/serial/device.ts sameDevice',
  'src/serial/portFailure.ts FailureFacts',
  'src/serial/sources/serialPort.ts createSerialPortSource',
  'webview/proof/fidelity.ts dataSentence',
]);

/** Read as a whole, or taken by the build instead of another file. */
const read = /^(src\/(extension\.ts|core\/boards\/boardFiles\.ts)|webview\/parts\/\w+\.elements\.ts) /;

/** Exported names that no other file of src and webview uses, with the files that do in tests. */
function unusedExports(): { readonly name: string; readonly inTests: boolean }[] {
  const configurations = ['tsconfig.json', 'webview/tsconfig.json'].map((file) => {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (): void => undefined };
    return ts.getParsedCommandLineOfConfigFile(path.join(root, file), {}, host)!;
  });
  const names = [...new Set(configurations.flatMap(({ fileNames }) => fileNames))];
  const program = ts.createProgram(names, { ...configurations[0].options, lib: undefined, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const own = program.getSourceFiles().filter((file) => names.includes(file.fileName) && !file.isDeclarationFile);
  const placeOf = (file: ts.SourceFile): string => path.relative(root, file.fileName).replaceAll(path.sep, '/');
  const isProgram = (place: string): boolean => /^(src|webview)\//.test(place);
  const final = (symbol: ts.Symbol): ts.Symbol =>
    (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);

  const exported = new Map<ts.Symbol, string>();
  for (const file of own.filter((each) => isProgram(placeOf(each)))) {
    const module = checker.getSymbolAtLocation(file);
    for (const each of module === undefined ? [] : checker.getExportsOfModule(module)) {
      exported.set(final(each), `${placeOf(file)} ${each.name}`);
    }
  }
  const [used, inTests] = [new Set<ts.Symbol>(), new Set<ts.Symbol>()];
  for (const file of own) {
    const place = placeOf(file);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) {
        const here = ts.isShorthandPropertyAssignment(node.parent)
          ? checker.getShorthandAssignmentValueSymbol(node.parent)
          : checker.getSymbolAtLocation(node);
        const symbol = here && final(here);
        const from = symbol && exported.get(symbol)?.split(' ')[0];
        if (symbol !== undefined && from !== undefined && from !== place)
          (isProgram(place) ? used : inTests).add(symbol);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return [...exported]
    .filter(([symbol, name]) => !used.has(symbol) && !read.test(name))
    .map(([symbol, name]) => ({ name, inTests: inTests.has(symbol) }));
}

it('exports nothing that no other file uses', () => {
  const unused = unusedExports();
  assert.deepStrictEqual(
    unused.filter(({ name }) => !seams.has(name)),
    [],
  );
  const gone = [...seams].filter((seam) => !unused.some(({ name }) => name === seam));
  assert.deepStrictEqual(gone, [], 'These are used by the program now: strike them from the list.');
});
