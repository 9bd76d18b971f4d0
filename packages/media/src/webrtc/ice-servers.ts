import { createHmac } from 'node:crypto'

/** A STUN or TURN server, as RTCPeerConnection takes it. */
export type IceServer = {
  urls: string[]
  username?: string
  credential?: string
}

export type IceServerSettings = {
  /** `stun:host[:port]` and `turn(s):host[:port][?transport=…]`. */
  readonly urls: readonly string[]
  /** Shared with the TURN server: names that are good for a while are made of it. */
  readonly turnSecret: string
  /** Where there is no shared secret: one name for everybody. */
  readonly turnUsername: string
  readonly turnCredential: string
}

/** Longer than any show, so that a relayed connection may be refreshed to its end. */
const TURN_SEC = 12 * 3_600
const ICE_URL = /^(?:stun|turns?):[\w.:[\]-]{1,255}(?:\?transport=(?:udp|tcp))?$/
const URLS_MAX = 8

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

/**
 * What is handed to a browser. With a shared secret the name is an expiry and the password its
 * HMAC-SHA1, which coturn checks with `use-auth-secret` (draft-uberti-behave-turn-rest).
 */
export const iceServersAt = (settings: IceServerSettings, nowSec: number): IceServer[] => {
  const { urls, turnSecret, turnUsername, turnCredential } = settings
  const stun = urls.filter(url => url.startsWith('stun:'))
  const turn = urls.filter(url => !url.startsWith('stun:'))
  const username = turnSecret === '' ? turnUsername : `${Math.floor(nowSec) + TURN_SEC}:kaibo`
  const credential =
    turnSecret === ''
      ? turnCredential
      : createHmac('sha1', turnSecret).update(username).digest('base64')
  return [
    ...(stun.length > 0 ? [{ urls: stun }] : []),
    ...(turn.length > 0 ? [{ urls: turn, username, credential }] : []),
  ]
}

/** The same as the value of a `Link` header (RFC 9725 §4.6); undefined when there are none. */
export const writeIceLinks = (servers: readonly IceServer[]): string | undefined => {
  const links = servers.flatMap(({ urls, username, credential }) =>
    urls.map(url => {
      const login =
        username === undefined
          ? ''
          : `; username="${username}"; credential="${credential ?? ''}"; credential-type="password"`
      return `<${url}>; rel="ice-server"${login}`
    }),
  )
  return links.length > 0 ? links.join(', ') : undefined
}
