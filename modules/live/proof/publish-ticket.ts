import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import { type Id, isId } from '@kaibo/kernel/ids'

/** Long enough to open a connection, too short to be worth stealing. */
const ticketSec = 60
const shape = /^pt_([0-9a-f-]{36})\.(\d{10})\.([\w-]{43})$/

/** The session a ticket speaks of, and what has to be checked with the hash of its stream key. */
export type Claim = { readonly liveId: Id; isGood(keyHash: Buffer): boolean }

export type PublishTickets = {
  issue(session: { id: Id; keyHash: Buffer }): { ticket: string; expiresAt: string }
  /** What a ticket claims; null when it is not one, or its minute is over. */
  read(ticket: string): Claim | null
}

/** Signed leave to publish as one session, for as long as its stream key stays the same. */
export function createPublishTickets(needs: { secret: Buffer; clock: Clock }): PublishTickets {
  const nowSec = () => Math.floor(needs.clock.now().getTime() / 1_000)
  const sign = (id: Id, expSec: number, keyHash: Buffer) =>
    createHmac('sha256', needs.secret)
      .update(`${id}|${expSec}|${keyHash.toString('hex')}`)
      .digest('base64url')
  return {
    issue({ id, keyHash }) {
      const expSec = nowSec() + ticketSec
      return {
        ticket: `pt_${id}.${expSec}.${sign(id, expSec, keyHash)}`,
        expiresAt: new Date(expSec * 1_000).toISOString(),
      }
    },
    read(ticket) {
      const [, liveId, exp, signature] = shape.exec(ticket) ?? []
      if (liveId === undefined || !isId(liveId) || signature === undefined) return null
      if (Number(exp) < nowSec()) return null
      const isGood = (keyHash: Buffer) =>
        timingSafeEqual(Buffer.from(signature), Buffer.from(sign(liveId, Number(exp), keyHash)))
      return { liveId, isGood }
    },
  }
}
