import type { MonitorState, TabDisplay } from '../../protocol/monitorState';
import type { PortSettings } from '../../protocol/serialPort';
import { defaultPortSettings, usualBaudRates } from '../../protocol/serialPort';
import type { MonitorSettings } from '../settings';
import type { MonitorMemory } from './memory';
import type { Ports } from './ports';
import { settingsFor } from './ports';

/** How ports are opened and shown where nobody has said otherwise. */
export class MonitorDefaults {
  readonly #settings: () => MonitorSettings;
  readonly #memory: Pick<MonitorMemory, 'settingsOf'>;

  constructor(settings: () => MonitorSettings, memory: Pick<MonitorMemory, 'settingsOf'>) {
    this.#settings = settings;
    this.#memory = memory;
  }

  /** What the page fills its forms with. */
  get shown(): MonitorState['defaults'] {
    const { timestamps, lineEnding } = this.#settings();
    return { settings: this.#usual(), baudRates: usualBaudRates, timestamps, lineEnding };
  }

  /** The settings that an address was opened with before, else those that its port asks for. */
  settingsOf(address: string, port: ReturnType<Ports['portOf']>): PortSettings {
    return this.#memory.settingsOf(address) ?? (port === undefined ? this.#usual() : settingsFor(port, this.#usual()));
  }

  get display(): TabDisplay {
    const { timestamps, lineEnding } = this.#settings();
    return { view: 'text', timestamps, follow: true, wrap: false, echo: false, lineEnding };
  }

  #usual(): PortSettings {
    return { ...defaultPortSettings, baudRate: this.#settings().baudRate };
  }
}
