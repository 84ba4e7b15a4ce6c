import * as vscode from 'vscode';
import { HumanError } from '../core/model/problem';

/** The little of the Git extension's interface (version 1) that is used. */
interface GitExtension {
  getAPI(version: 1): GitInterface;
}

interface GitInterface {
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
  getRepository(uri: vscode.Uri): { getObjectDetails(ref: string, path: string): Promise<unknown> } | null;
}

/** The address of a file as the last commit has it. @throws HumanError where there is none. */
export async function headVersionOf(file: vscode.Uri): Promise<vscode.Uri> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) {
    throw new HumanError('git-missing', 'Comparing with HEAD needs the Git extension of VS Code. Enable it first.');
  }
  const git = (await extension.activate()).getAPI(1);
  const repository = git.getRepository(file);
  if (repository === null) {
    throw new HumanError(
      'git-no-repository',
      'The model lies in no Git repository, so there is no HEAD to compare with.',
    );
  }
  try {
    await repository.getObjectDetails('HEAD', file.fsPath);
  } catch {
    throw new HumanError('git-not-committed', 'The last commit does not have this file. Commit it first.');
  }
  return git.toGitUri(file, 'HEAD');
}
