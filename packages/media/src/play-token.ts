import { createHmac, timingSafeEqual } from 'node:crypto'

const mac = (secret: string, signed: string): Buffer =>
  createHmac('sha256', secret).update(signed).digest()

/** A play token: `<expUnixSec>.<hmac>`, valid for one stream until `expSec`. */
export const signPlay = (secret: string, play: { streamId: string; expSec: number }): string =>
  `${play.expSec}.${mac(secret, `${play.streamId}|${play.expSec}`).toString('base64url')}`

/** Why a token is no good; `expired` is told apart so that a running viewer may be let go on. */
export type PlayVerdict = 'ok' | 'expired' | 'forged'

/** Checks a token against a stream at a moment (Unix seconds). */
export const verifyPlay = (
  secret: string,
  play: { streamId: string; token: string; nowSec: number },
): PlayVerdict => {
  const [exp = '', signature = ''] = play.token.split('.', 2)
  if (!/^\d{1,12}$/.test(exp)) return 'forged'
  const expected = mac(secret, `${play.streamId}|${exp}`)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged'
  return Number(exp) >= play.nowSec ? 'ok' : 'expired'
}
