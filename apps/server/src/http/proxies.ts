import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

export type Proxies = {
  isTrusted(address: string): boolean
  /** Network address of the caller: the last one that no proxy of ours put there. */
  clientOf(request: IncomingMessage): string
  /**
   * Whether the call comes from this very machine. The address alone does not tell: a proxy beside
   * us calls from the loopback too, and a page of a stranger may call under a name of its own.
   */
  isLocal(request: IncomingMessage): boolean
}

const forwardedMax = 10
const loopbackNames = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** Whose word about the caller is believed: `trusted` are addresses or subnets (`10.0.0.0/8`). */
export function createProxies(trusted: readonly string[]): Proxies {
  const list = new BlockList()
  for (const entry of trusted) addTo(list, entry)
  const isTrusted = (address: string) => contains(list, address)
  return {
    isTrusted,
    clientOf(request) {
      const direct = plainAddress(request.socket.remoteAddress ?? '')
      if (trusted.length === 0 || !isTrusted(direct)) return direct
      const header = request.headers['x-forwarded-for']
      const chain = String(header ?? '')
        .split(',')
        .slice(-forwardedMax)
        .map(part => part.trim())
        .filter(part => isIP(part) !== 0)
      return chain.findLast(address => !isTrusted(address)) ?? chain[0] ?? direct
    },
    isLocal: request =>
      contains(loopback, plainAddress(request.socket.remoteAddress ?? '')) &&
      loopbackNames.test(request.headers.host ?? '') &&
      !forwardingHeaders.some(name => name in request.headers),
  }
}

/** Whether `entry` is an address or a subnet, for the check of the settings. */
export function isAddressOrSubnet(entry: string): boolean {
  try {
    addTo(new BlockList(), entry)
    return true
  } catch {
    return false
  }
}

function addTo(list: BlockList, entry: string): void {
  const [address = '', bits] = entry.split('/', 2)
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (bits === undefined) list.addAddress(address, family)
  else list.addSubnet(address, Number(bits), family)
}

function contains(list: BlockList, address: string): boolean {
  const version = isIP(address)
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** A socket that listens on both families reports IPv4 callers in IPv6 form. */
const plainAddress = (address: string): string =>
  address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
