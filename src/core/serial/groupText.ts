import type { Severity } from '../model/problem';
import { exactBytesText, groupDigits } from '../text/units';
import type { EventGroup } from './eventGroups';
import { addressText, eventText } from './eventText';
import type { EventText } from './eventText';
import { profileTable, profileTitle } from './profileText';
import type { ProfileTable } from './profileText';

/** What a person is told of a group of events: the words for one, and a table where there is more to read. */
interface GroupText extends EventText {
  readonly table?: ProfileTable;
}

/** The words for an event, or for what the lines of a table or dump mean together. */
export function groupText(group: EventGroup): GroupText {
  switch (group.type) {
    case 'profile':
      return profileText(group);
    case 'allocations':
      return allocationsText(group);
    case 'crash-dump':
      return crashText(group);
    default:
      return eventText(group) ?? { severity: 'information', title: group.type };
  }
}

type GroupOf<Type extends EventGroup['type']> = Extract<EventGroup, { readonly type: Type }>;

function profileText({ profile }: GroupOf<'profile'>): GroupText {
  const { remarks } = profile;
  const detail = remarks.map(({ message }) => message).join(' ');
  return {
    severity: severest(remarks.map(({ severity }) => severity)),
    title: profileTitle(profile),
    ...(detail === '' ? {} : { detail }),
    table: profileTable(profile),
  };
}

function severest(severities: readonly Severity[]): Severity {
  return (['error', 'warning'] as const).find((severity) => severities.includes(severity)) ?? 'information';
}

const sectionNames = { total: 'Whole arena', head: 'Plan (head)', tail: 'Persistent (tail)' } as const;

function allocationsText({ sections, allocations }: GroupOf<'allocations'>): GroupText {
  const whole = sections.find(({ section }) => section === 'total')?.bytes;
  const sum = allocations.reduce((bytes, { usedBytes }) => bytes + usedBytes, 0);
  const rows = [
    ...sections.map(({ section, bytes }) => [sectionNames[section], groupDigits(bytes), '', '']),
    ...allocations.map(({ name, usedBytes, requestedBytes, count }) => [
      name,
      ...[usedBytes, requestedBytes, count].map(groupDigits),
    ]),
  ];
  return {
    severity: 'information',
    title: `What the arena is spent on: ${exactBytesText(whole ?? sum)}`,
    table: { headings: ['allocation', 'used', 'requested', 'count'], rows, numeric: [1, 2, 3] },
  };
}

function crashText({ crash, registers, addresses, corrupted }: GroupOf<'crash-dump'>): GroupText {
  const rows = [
    ...Object.entries(registers).map(([name, value]) => [name, addressText(value)]),
    ...addresses.map((address, index) => [`frame ${index}`, addressText(address)]),
  ];
  const code = codeAddresses(registers, addresses);
  const { title, detail } = eventText(crash) ?? { title: crash.reason };
  const sentences = [
    ...(detail === undefined ? [] : [detail]),
    ...(corrupted ? ['The trace stops early: the stack is damaged.'] : []),
    ...(code.length === 0
      ? []
      : [
          `To see functions and lines, run addr2line of your toolchain: -pfiaC -e FIRMWARE.elf ${code.map(addressText).join(' ')}`,
        ]),
  ];
  return {
    severity: 'error',
    title,
    ...(sentences.length === 0 ? {} : { detail: sentences.join(' ') }),
    ...(rows.length === 0 ? {} : { table: { headings: ['register', 'value'], rows, numeric: [1] } }),
  };
}

/** Addresses of code in a dump, innermost first. */
function codeAddresses(registers: Readonly<Record<string, number>>, addresses: readonly number[]): readonly number[] {
  const found = addresses.length > 0 ? addresses : ['pc', 'mepc', 'lr', 'ra'].flatMap((name) => registers[name] ?? []);
  return [...new Set(found)];
}
