import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentNow, documents, root } from './blocks';

/** `npm run docs`: writes the tables in docs/ anew from the code; `test/docs.test.ts` says when it is due. */
async function main(): Promise<void> {
  for (const file of documents) writeFileSync(join(root, file), await documentNow(file));
}

void main();
