import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installedCli } from '../driver/cliPackage';
import { newPackage, packageFile } from '../driver/package';
import type { PageTests } from '../driver/pageTests';
import { examplesFolder, manifest } from '../driver/places';
import { layerRows, openFile, runCommand, waitForLine, waitForText } from './workbench';

/** What somebody sees first who installed the package. */
export const packagePageTests: PageTests = {
  'a click on a model opens its table': async ({ page }) => {
    await openFile(page, 'models/digits.tflite');
    const rows = layerRows(page);
    await waitForText(rows, /features\s+CONV_2D\s+2\.30k/);
    await waitForText(rows, /probabilities\s+SOFTMAX/);
  },
  'what is here are its models, and picking one opens it': async ({ page }) => {
    await runCommand(page, 'Milliwatt: Show What Is Here');
    const rows = page.locator('.quick-input-list');
    await waitForText(rows, /models\/digits\.tflite/);
    await waitForText(rows, /Choose a board/);
    await rows.getByText('models/digits.tflite').click();
    await waitForText(layerRows(page), /probabilities\s+SOFTMAX/);
  },
  'the command line works from its own package, installed without a network': ({ folder }) => {
    const cli = installedCli();
    try {
      assert.ok(cli.packageBytes <= 4_000_000, `The package has ${cli.packageBytes} bytes.`);
      assert.equal(cli.run(['--version']), `${manifest().version}\n`);
      const model = path.join(folder, 'models', 'digits.tflite');
      assert.match(cli.run(['analyze', model, '--board', 'esp32']), /features\s+CONV_2D/);
      // On a thread of its own, with the float engine in WebAssembly.
      const result = path.join(cli.folder, 'digits.int8.tflite');
      cli.run(['quantize', path.join(examplesFolder, 'digits', 'digits_float.tflite'), '-o', result, '--force']);
      assert.ok(existsSync(result));
    } finally {
      cli.remove();
    }
    return Promise.resolve();
  },
  'built and packaged once more, the package is the same to the byte': () => {
    const once = readFileSync(packageFile());
    const isSame = once.equals(readFileSync(newPackage()));
    assert.ok(isSame, 'The packages differ, and no source and no commit may have come between them.');
    return Promise.resolve();
  },
};

/** What somebody sees who installed the package and has no folder open. */
export const emptyWindowPageTests: PageTests = {
  'the walkthrough is there, and begins with what is here': async ({ page }) => {
    await runCommand(page, 'Milliwatt: Get Started');
    await waitForText(page.locator('.gettingStartedContainer'), /Start with your own model/);
    await waitForText(page.locator('.gettingStartedContainer'), /Keep the budget with the project/);
  },
  'the explorer of an empty window offers the sample': async ({ page }) => {
    await runCommand(page, 'View: Show Explorer');
    await waitForText(page.locator('.welcome-view').first(), /what a neural network costs/);
  },
  'where nothing is the sample model is offered, opens in its table, and then as a listing': async ({ page }) => {
    await runCommand(page, 'Milliwatt: Show What Is Here');
    const rows = page.locator('.quick-input-list');
    await waitForText(rows, /Open a model[^]*Open the sample model/);
    await rows.getByText('Open the sample model').click();
    await waitForText(layerRows(page), /stem\s+CONV_2D/);
    await runCommand(page, 'Milliwatt: Open Listing');
    await waitForLine(page, /probabilities +SOFTMAX/);
  },
};
