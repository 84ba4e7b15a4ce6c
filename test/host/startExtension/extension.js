const vscode = require('vscode');

/** `npm start` is to show something: the sample model, and beside it the same as a listing. */
exports.activate = async function activate() {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const isEmpty = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
  if (folder === undefined || !isEmpty) return;
  const model = vscode.Uri.joinPath(folder.uri, 'digits', 'digits_float.tflite');
  await vscode.commands.executeCommand('vscode.open', model, { preview: false });
  await vscode.commands.executeCommand('milliwatt.openListing', model);
  await vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
};
