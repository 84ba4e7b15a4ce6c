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
  const git = await gitInterface();
  const repository = git.getRepository(file);
  if (repository === null) {
    throw new HumanError('git-no-repository', 'The model lies in no Git repository: there is no HEAD to compare with.');
  }
  try {
    await repository.getObjectDetails('HEAD', file.fsPath);
  } catch {
    throw new HumanError('git-not-committed', 'The last commit does not have this file. Commit it first.');
  }
  return git.toGitUri(file, 'HEAD');
}

async function gitInterface(): Promise<GitInterface> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) {
    throw new HumanError('git-missing', 'Comparing with HEAD needs the Git extension of VS Code. Enable it first.');
  }
  try {
    return (await extension.activate()).getAPI(1);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new HumanError('git-failed', `The Git extension of VS Code, which knows HEAD, does not run: ${cause}`);
  }
}
