/** Settings for every window under test: nothing that moves, asks or fetches on its own. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  // Tests type, and look at what is not saved.
  'files.autoSave': 'off',
  'json.schemaDownload.enable': false,
};

/** Settings for somebody who tries Milliwatt out: the sample workspace in view, and nothing before it. */
export const startSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
};
