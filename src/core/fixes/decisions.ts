import type { Finding } from '../estimate/report';
import type { ProjectText } from '../project/projectEdit';
import { projectEdits, withException, withSeverity } from '../project/projectEdit';
import type { Fix, FixMaker } from './fix';

/** Silences a rule for one layer. */
export const exceptLayer: FixMaker = {
  id: 'except-layer',
  isFor: isOfRule,
  make: ({ finding: { code, layer }, layers, project }) => {
    const name = layer === undefined ? undefined : layers?.at(layer)?.name;
    if (name === undefined || project === undefined) return [];
    const title = `Ignore "${code}" for ${name} in milliwatt.json`;
    return [decision(title, project, code, (before) => withException(before, name))];
  },
};

/** Takes a finding less seriously. */
export const soften: FixMaker = {
  id: 'soften',
  isFor: isOfRule,
  make: ({ finding: { code, severity }, project }) => {
    if (project === undefined || severity === 'information' || severity === 'hint') return [];
    const softer = severity === 'error' ? 'warning' : 'information';
    const title = `Report "${code}" as ${softer} in milliwatt.json`;
    return [decision(title, project, code, (before) => withSeverity(before, softer))];
  },
};

/** Silences a rule, or says why it cannot be silenced here. */
export const silence: FixMaker = {
  id: 'silence',
  isFor: isOfRule,
  make: ({ finding: { code }, project }) => {
    if (project === undefined) {
      return [{ title: `Why not ignore "${code}"?`, command: { id: 'sayWhyNot', why: noProject } }];
    }
    return [decision(`Ignore "${code}" in milliwatt.json`, project, code, (before) => withSeverity(before, 'off'))];
  },
};

/** Only what a rule finds is decided about in the project file. */
function isOfRule({ isRule }: Finding): boolean {
  return isRule === true;
}

const noProject =
  'Rules are silenced in milliwatt.json, and this model lies in no workspace folder. Open its folder first.';

function decision(title: string, project: ProjectText, code: string, change: (before: unknown) => unknown): Fix {
  return { title, edits: projectEdits(project, ['rules', code], change) };
}
