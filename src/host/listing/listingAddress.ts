import * as vscode from 'vscode';
import type { ModelKey } from '../analysis/modelEntry';

/** Scheme of listings: text documents that are generated from models. */
export const listingScheme = 'milliwatt';
const extension = '.mwl';

/**
 * The address of a model's listing. It ends in `.mwl`, since an address that ends in `.tflite` would be taken by the
 * model editor; `from` names a model that is no plain file, `costs` asks for costs as columns of text, on its board if
 * one is named.
 */
export function listingUri({ uri, board, costs }: ModelKey): vscode.Uri {
  const query: string[] = [];
  if (uri.scheme !== 'file' || uri.authority !== '' || uri.fragment !== '')
    query.push(`from=${encodeURIComponent(uri.toString())}`);
  if (costs === 'text') query.push(`costs=${encodeURIComponent(board ?? '')}`);
  return vscode.Uri.from({ scheme: listingScheme, path: `${uri.path}${extension}`, query: query.join('&') });
}

/** Whether a path of our scheme is a listing; else it is the folder of one. */
export function isListingPath(path: string): boolean {
  return path.endsWith(extension);
}

/** The model behind a listing's address. */
export function keyOfListing(listing: vscode.Uri): ModelKey {
  const query = new URLSearchParams(listing.query);
  const from = query.get('from');
  const costs = query.get('costs');
  const path = isListingPath(listing.path) ? listing.path.slice(0, -extension.length) : listing.path;
  return {
    uri: from === null ? vscode.Uri.file(path) : vscode.Uri.parse(from, true),
    board: costs === null || costs === '' ? undefined : costs,
    costs: costs === null ? 'hints' : 'text',
  };
}
