// What activation does not need: loaded with the first command, editor or light bulb. In one piece, because every piece
// that shares something with the start cuts the start into more files.
export { commandHandlers } from './commands/handlers';
export { Compression } from './compress/compression';
export { textOfRun } from './compress/modelRun';
export { exportAgain } from './export/exporting';
export { FolderPrograms } from './firmware/folderPrograms';
export { exportLenses } from './firmware/exportLenses';
export { firmwareActions, resolvedAction } from './firmware/firmwareActions';
export { ModelEditor } from './editor/modelEditor';
export { actionsAt } from './problems/lineActions';
export { applyAndSave, setInProjectFile } from './projectFile';
