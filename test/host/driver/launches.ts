import { modelPageTests } from '../page/model';
import { monitorPageTests } from '../page/monitorTests';
import { emptyWindowPageTests, packagePageTests } from '../page/package';
import { workspacePageTests } from '../page/workspace';
import type { PageTests } from './pageTests';
import type { WorkspaceKind } from './workspace';

/** One start of VS Code: how, on what, and what runs in it. */
export interface Launch {
  readonly name: string;
  readonly workspace: WorkspaceKind;
  /** Whether VS Code asks before it trusts the workspace; the tests run in Restricted Mode then. */
  readonly workspaceTrust: boolean;
  /**
   * `sources`: the checkout. `package`: the VSIX, installed as a user would. `other controls`: the checkout, its pages
   * made of the controls that `build.mjs` does not take by itself.
   */
  readonly extension: 'sources' | 'package' | 'other controls';
  /** A folder of `test/host/suite`, run inside the extension host. */
  readonly suite?: string;
  /** Run from outside, in a window of its own. */
  readonly pageTests?: PageTests;
}

const ordinary = { workspace: 'models', workspaceTrust: false, extension: 'sources' } as const;

export const launches: readonly Launch[] = [
  { ...ordinary, name: 'workspace', suite: 'workspace', pageTests: { ...workspacePageTests, ...modelPageTests } },
  { ...ordinary, name: 'serial monitor', suite: 'monitor', pageTests: monitorPageTests },
  // The two pages that use every control between them; those of compressions would add minutes and no control.
  {
    ...ordinary,
    name: 'other controls',
    extension: 'other controls',
    pageTests: { ...modelPageTests, ...monitorPageTests },
  },
  { ...ordinary, name: 'two folders', suite: 'multiRoot', workspace: 'two folders' },
  { ...ordinary, name: 'Restricted Mode', suite: 'restricted', workspaceTrust: true },
  { ...ordinary, name: 'hostile folder', suite: 'hostile', workspace: 'hostile' },
  {
    ...ordinary,
    name: 'hostile folder, Restricted Mode',
    suite: 'hostile',
    workspace: 'hostile',
    workspaceTrust: true,
  },
  { ...ordinary, name: 'firmware', suite: 'firmware', workspace: 'firmware' },
  {
    ...ordinary,
    name: 'firmware, Restricted Mode',
    suite: 'firmware',
    workspace: 'firmware',
    workspaceTrust: true,
  },
  { ...ordinary, name: 'projects', suite: 'projects', workspace: 'projects' },
  {
    ...ordinary,
    name: 'projects, Restricted Mode',
    suite: 'projects',
    workspace: 'projects',
    workspaceTrust: true,
  },
  { ...ordinary, name: 'programs', suite: 'programs', workspace: 'programs' },
  { ...ordinary, name: 'package', extension: 'package', pageTests: packagePageTests },
  {
    ...ordinary,
    name: 'package without a folder',
    extension: 'package',
    workspace: 'none',
    pageTests: emptyWindowPageTests,
  },
];
