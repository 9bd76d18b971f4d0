import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Clock, minuteMs, secondMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'

/** Who is in which room; the shop is the room's. */
export type RoomHolder = { readonly liveId: Id; readonly shopId: Id; readonly userId: Id }

export type RoomTokens = {
  issue(holder: RoomHolder): { roomToken: string; expiresAt: string }
  /** Whether this token was given to this person in this room and is not over. */
  isValid(token: string, holder: RoomHolder): boolean
}

/** Long enough for a checkout, and the grace of a room's prices when it ends (R42). */
const lifeMs = 10 * minuteMs

/** `expiry.mac`: proves that its holder was in a room a moment ago; nobody else can use it. */
export function createRoomTokens({ secret, clock }: { secret: Buffer; clock: Clock }): RoomTokens {
  const sign = (expSec: string, { liveId, shopId, userId }: RoomHolder) =>
    createHmac('sha256', secret).update([expSec, liveId, shopId, userId].join(' ')).digest()
  return {
    issue(holder) {
      const expSec = Math.floor((clock.now().getTime() + lifeMs) / secondMs)
      const mac = sign(String(expSec), holder).toString('base64url')
      return {
        roomToken: `${expSec}.${mac}`,
        expiresAt: new Date(expSec * secondMs).toISOString(),
      }
    },
    isValid(token, holder) {
      const [expSec = '', mac = ''] = token.split('.')
      const given = Buffer.from(mac, 'base64url')
      const right = sign(expSec, holder)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return false
      return clock.now().getTime() < Number(expSec) * secondMs
    },
  }
}
