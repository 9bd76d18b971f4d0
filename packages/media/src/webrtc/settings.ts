import { isIP } from 'node:net'

const ICE_URL = /^(?:stun|turns?):[\w.:[\]-]{1,255}(?:\?transport=(?:udp|tcp))?$/
const URLS_MAX = 8
const PORT_MIN = 1_024
const PORT_MAX = 65_535

/** A range such as `50000-50199`; empty: undefined. Throws with a sentence when it is none. */
export const readUdpPorts = (text: string, name: string): [number, number] | undefined => {
  if (text === '') return undefined
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? []
  const [min, max] = [Number(first), Number(last)]
  if (first !== undefined && min >= PORT_MIN && max > min && max <= PORT_MAX) return [min, max]
  throw new Error(`${name} must be a range such as 50000-50199, but is "${text}".`)
}

/** An IP address; empty: undefined. Throws with a sentence when it is none. */
export const readPublicAddress = (text: string, name: string): string | undefined => {
  if (text === '' || isIP(text) !== 0) return text || undefined
  throw new Error(`${name} must be an IP address, but is "${text}".`)
}

/** Addresses separated by commas. Throws with a sentence when one is not a STUN or TURN address. */
export const readIceUrls = (text: string, name: string): string[] => {
  const urls = text.split(',').flatMap(part => part.trim() || [])
  const wrong = urls.find(url => !ICE_URL.test(url))
  if (wrong !== undefined) {
    throw new Error(`${name} must hold stun:, turn: or turns: addresses, but not "${wrong}".`)
  }
  if (urls.length > URLS_MAX) throw new Error(`${name} must hold at most ${URLS_MAX} addresses.`)
  return urls
}
