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
  /** A fixed name at the TURN server; empty: names are made of the secret. */
  readonly turnUsername: string
  /** The password of that name, or what is shared with the TURN server. */
  readonly turnSecret: string
}

/** Longer than any show, so that a relayed connection may be refreshed to its end. */
const TURN_SEC = 12 * 3_600

/**
 * What is handed to a browser. Where the TURN server shares our secret, the name is an expiry and
 * the password its HMAC-SHA1: coturn's `use-auth-secret` (draft-uberti-behave-turn-rest).
 */
export const iceServersAt = (settings: IceServerSettings, nowSec: number): IceServer[] => {
  const { urls, turnUsername, turnSecret } = settings
  const stun = urls.filter(url => url.startsWith('stun:'))
  const turn = urls.filter(url => !url.startsWith('stun:'))
  const username = turnUsername || `${Math.floor(nowSec) + TURN_SEC}:kaibo`
  const credential = turnUsername
    ? turnSecret
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
