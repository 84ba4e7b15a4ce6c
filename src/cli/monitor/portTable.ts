import { listPorts } from '../../serial/portList';
import { tableText } from '../table';

const mostNames = 3;

/** The ports of this machine with the boards that they may be, as text. */
export async function portTable(): Promise<string> {
  const { ports, notice } = await listPorts();
  if (ports.length === 0) {
    const sentence = notice ?? 'No port was found. Plug the board in, or name a port, socket:// or rfc2217:// address.';
    return `${sentence}\n`;
  }
  const rows = ports.map((port) => [port.path, namesOf(port.boards), port.manufacturer ?? '', port.serialNumber ?? '']);
  return `${tableText([['port', 'board', 'made by', 'serial number'], ...rows], 4)}\n`;
}

function namesOf(boards: readonly { readonly name: string }[]): string {
  const names = boards.slice(0, mostNames).map(({ name }) => name);
  return [...names, ...(boards.length > mostNames ? ['…'] : [])].join(', ');
}
