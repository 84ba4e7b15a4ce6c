import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { FileHashes } from '../../src/worker/fileHashes';

const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-hashes-'));
after(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);
/** SHA-256 of "abc" and of "abd". */
const ofAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const ofAbd = 'a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9';

describe('hashes of files', () => {
  it('find the file with a content, past what cannot be read, an empty file and a pipe', async () => {
    writeFileSync(at('empty'), '');
    writeFileSync(at('other'), 'abd');
    writeFileSync(at('wanted'), 'abc');
    assert.equal(spawnSync('mkfifo', [at('pipe')]).status, 0);
    const files = ['gone', 'empty', 'pipe', '.', 'other', 'wanted'].map(at);
    const hashes = new FileHashes();
    assert.equal(await hashes.find(ofAbc, files), at('wanted'));
    assert.equal(await hashes.find('0'.repeat(64), files), undefined);
  });

  it('are computed once for a path, size and time, for files that were not wanted too', async () => {
    const hashes = new FileHashes();
    writeFileSync(at('model'), 'abc');
    utimesSync(at('model'), 1000, 1000);
    assert.equal(await hashes.find(ofAbd, [at('model')]), undefined);
    // Another content under the same size and time is not looked at: the file was not read again.
    writeFileSync(at('model'), 'abd');
    utimesSync(at('model'), 1000, 1000);
    assert.equal(await hashes.hashOf(at('model')), ofAbc);
    utimesSync(at('model'), 1000, 1005);
    assert.equal(await hashes.hashOf(at('model')), ofAbd);
  });
});
