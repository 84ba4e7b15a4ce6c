import type { UnnamedFinding } from '../estimate/findings';
import { withIds } from '../estimate/findings';
import type { Finding } from '../estimate/report';
import type { Profile } from '../serial/profile';

type Told = Pick<Profile, 'remarks' | 'usable' | 'unit' | 'ticksPerSecond'>;

/**
 * Why a profile was not used, at the model that it is of: by its own remarks, else for `reason`. `source` is the
 * address of its port.
 */
export function profileFindings(profile: Told, source: string, reason: string | undefined): readonly Finding[] {
  const { remarks, usable } = profile;
  if (usable && reason === undefined) return [];
  const unusable = remarks.filter(({ severity }) => severity !== 'information');
  const shown = unusable.length > 0 ? unusable : [{ message: reason ?? '' }];
  const code = usable && !isUnitKnown(profile) ? 'board-profile-unit' : 'board-profile';
  const findings = shown.map(({ message }): UnnamedFinding => ({
    code,
    severity: 'warning',
    message: `On the board at ${source}: ${message}`,
    source,
  }));
  return withIds(findings, []);
}

/** True where the ticks of a profile mean a time. */
export function isUnitKnown({ unit, ticksPerSecond }: Pick<Profile, 'unit' | 'ticksPerSecond'>): boolean {
  return unit !== 'ticks' || ticksPerSecond !== undefined;
}
