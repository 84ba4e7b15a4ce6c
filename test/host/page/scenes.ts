import type { PageTests } from '../driver/pageTests';
import { openListing } from './workbench';

const sample = 'models/digits.tflite';

/** Things worth a picture: how to bring each onto the screen, from a fresh window on the sample workspace. */
export const scenes: PageTests = {
  listing: async ({ page }) => {
    await openListing(page, sample);
  },
};
