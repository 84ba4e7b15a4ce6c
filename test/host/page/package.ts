import type { PageTests } from '../driver/pageTests';
import { layerRows, openFile, runCommand, waitForLine, waitForText } from './workbench';

/** What somebody sees first who installed the package. */
export const packagePageTests: PageTests = {
  'a click on a model opens its table': async ({ page }) => {
    await openFile(page, 'models/digits.tflite');
    const rows = layerRows(page);
    await waitForText(rows, /features\s+CONV_2D\s+2\.30k/);
    await waitForText(rows, /probabilities\s+SOFTMAX/);
  },
};

/** What somebody sees who installed the package and has no folder open. */
export const emptyWindowPageTests: PageTests = {
  'the walkthrough is there': async ({ page }) => {
    await runCommand(page, 'Milliwatt: Get Started');
    await waitForText(page.locator('.gettingStartedContainer'), /Keep the budget with the project/);
  },
  'the sample model opens in its table, and then as a listing': async ({ page }) => {
    await runCommand(page, 'Milliwatt: Open the Sample Model');
    await waitForText(layerRows(page), /stem\s+CONV_2D/);
    await runCommand(page, 'Milliwatt: Open Listing');
    await waitForLine(page, /probabilities +SOFTMAX/);
  },
};
