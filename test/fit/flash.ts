// Makes src/core/runtimes/tflm/codeSizeData.json from the linked images in ../shared/data (flash.json,
// flash_sections.json) and the published sizes at -O3 and -Os (boards_measured.json, edgemark_models.json).
// Run: node --import tsx test/fit/flash.ts
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compactLibrary } from './flashCompact';
import type { CompactLibrary } from './flashCompact';
import { o3Growth } from './flashGrowth';
import { stringOverlap } from './flashStrings';
import type { LinkedImages } from './flashTypes';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const shared = path.join(root, '..', 'shared', 'data');
const output = path.join(root, 'src/core/runtimes/tflm/codeSizeData.json');

function main(): void {
  if (!existsSync(path.join(shared, 'flash_sections.json'))) {
    console.error('The linked images are not there: put them in ../shared/data beside the repository.');
    process.exitCode = 1;
    return;
  }
  const images = readLinkedImages(shared);
  const libraries = {
    reference: compactLibrary(images, 'reference'),
    cmsis_nn: compactLibrary(images, 'cmsis_nn'),
  } satisfies Record<string, CompactLibrary>;
  const overlap = stringOverlap(images, libraries);
  const growth = o3Growth(shared, libraries.cmsis_nn);
  const data = {
    source:
      'Linked images of tensorflow/tflite-micro@90b983c2 with CMSIS-NN@4ab83cc3: arm-none-eabi-gcc 12.2.1, newlib-nano',
    commit: '90b983c2b3f1480642e040bbd2ddb37b998f3424',
    generatedBy: 'test/fit/flash.ts',
    stringOverlap: overlap,
    o3Growth: growth,
    libraries,
  };
  const text = JSON.stringify(data).replaceAll('"cortex', '\n"cortex').replaceAll('"groups"', '\n"groups"');
  writeFileSync(output, `${text}\n`);
  console.log(
    `${path.relative(root, output)}: ${text.length} bytes; string overlap ${overlap.value} (${overlap.images} images),`,
  );
  console.log(`growth at -O3 ${growth.value} (${growth.models} models, ${growth.low} to ${growth.high})`);
}

/** Reads the images that have linker sections. */
export function readLinkedImages(folder: string): LinkedImages {
  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  const flash = read('flash.json') as LinkedImages['flash'];
  const sections = read('flash_sections.json') as LinkedImages['sections'];
  return { flash, sections };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
