// What a limit by address counts: an address of IPv4, or the network that one household or server has of IPv6.
import { isIPv6 } from 'node:net';

const PREFIX_GROUPS = 4; // of 16 bits: a /64 belongs to one customer, who can come from each of its 2^64 addresses

export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [plain = ''] = address.split('%', 1); // the name of our own interface
  if (!isIPv6(plain)) return address;
  return `${expand(plain).slice(0, PREFIX_GROUPS).join(':')}::/64`;
}

/** All eight groups: `::` stands for as many zeros as are missing, a dotted tail for two. */
function expand(address: string): string[] {
  const dotted = address.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0');
  const [left = '', right] = dotted.split('::');
  const groups = (text: string): string[] => (text ? text.split(':') : []);
  const missing = right === undefined ? 0 : 8 - groups(left).length - groups(right).length;
  const all = [...groups(left), ...Array.from({ length: missing }, () => '0'), ...groups(right ?? '')];
  return all.map((group) => Number.parseInt(group, 16).toString(16));
}
