import type { PageTests } from '../driver/pageTests';
import { layerRows, openFile, waitForText } from './workbench';

/** What somebody sees first who installed the package. */
export const packagePageTests: PageTests = {
  'a click on a model opens its table': async ({ page }) => {
    await openFile(page, 'models/digits.tflite');
    const rows = layerRows(page);
    await waitForText(rows, /features\s+CONV_2D\s+2\.30k/);
    await waitForText(rows, /probabilities\s+SOFTMAX/);
  },
};
