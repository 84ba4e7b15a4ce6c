/** Where a text can be a source of a person: generated documents of other schemes are none. */
export const sourceSchemes = ['file', 'git', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-userdata'];
