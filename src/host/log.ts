import * as vscode from 'vscode';
import { HumanError } from '../core/model/problem';

export type Log = vscode.LogOutputChannel;

/** The one output channel. Nothing is sent anywhere. */
export function createLog(): Log {
  return vscode.window.createOutputChannel('Milliwatt', { log: true });
}

/** A failure as a sentence for people; whatever is not meant for people is a bug and goes to the log with its stack. */
export function failureSentence(thrown: unknown, log: Log): string {
  if (thrown instanceof HumanError) return thrown.message;
  if (thrown instanceof vscode.FileSystemError) return fileSentence(thrown);
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  log.error(error);
  return `Milliwatt failed: ${error.message}. The log has the details (command "Milliwatt: Show Log").`;
}

function fileSentence(error: vscode.FileSystemError): string {
  if (error.code === 'FileNotFound') return 'The file does not exist (any more).';
  if (error.code === 'NoPermissions') return 'The file may not be read: permission was denied.';
  return `The file could not be read: ${error.message}`;
}
