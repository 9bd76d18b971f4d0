import type { Handlers } from '@kaibo/contract/core/handlers'
import { permissions } from '@kaibo/contract/core/permissions'
import type { realtimeApi } from '@kaibo/contract/realtime'
import { isId } from '@kaibo/kernel/ids'
import { shopsFor } from '@kaibo/kernel/policy'
import type { Notices } from '@kaibo/modules/chat'
import type { Moderation } from '@kaibo/modules/moderation'
import type { Identity } from '@kaibo/realtime/identity'
import type { Tickets } from '@kaibo/realtime/ticket'

const ticketSec = 30
const shopRole = (shopId: string) => `shop:${shopId}`
const deskRole = (shopId: string) => `desk:${shopId}`

/** Carries who asks over to the socket: a person with what they do in which shops, or a browser. */
export const ticketHandlers = (
  tickets: Pick<Tickets, 'issueTicket'>,
): Handlers<typeof realtimeApi> => ({
  async ticket({ actor, deviceId }) {
    const identity: Identity =
      actor.kind === 'user'
        ? {
            id: actor.userId,
            kind: 'user',
            sessionId: actor.sessionId,
            roles: [
              ...shopsFor(permissions, actor, 'catalog.read').map(shopRole),
              ...shopsFor(permissions, actor, 'room.moderate').map(deskRole),
            ],
          }
        : { id: deviceId(), kind: 'device', roles: [] }
    return { ticket: tickets.issueTicket(identity), expiresInSec: ticketSec }
  },
})

export type HearingNeeds = {
  moderation: Pick<Moderation, 'mayEnter'>
  notices: Pick<Notices, 'joined'>
}

type MayHear = (identity: Identity, topic: string) => boolean | Promise<boolean>

/**
 * Stock and the feed are public, and rooms for who was not put out; `user:` is for the person, `shop:`
 * for its staff, `desk:` for those who keep order.
 */
export function createHearing({ moderation, notices }: HearingNeeds): MayHear {
  const enter = async (entry: { liveId: string; userId: string }) => {
    const isOpen = await moderation.mayEnter(entry)
    if (isOpen) notices.joined(entry)
    return isOpen
  }
  return (identity, topic) => {
    const [kind, id = ''] = topic.split(':', 2)
    if (kind === 'feed') return id === ''
    if (kind === 'stock') return isId(id)
    if (kind === 'live' && identity.kind === 'user')
      return isId(id) && enter({ liveId: id, userId: identity.id })
    if (kind === 'live') return isId(id)
    if (kind === 'user') return identity.kind === 'user' && identity.id === id
    return (kind === 'shop' || kind === 'desk') && identity.roles.includes(topic)
  }
}

/** Hearts are of people who signed in: a browser alone could claim to be many. */
export const mayCount = (identity: Identity, _topic: string, key: string): boolean =>
  key === 'hearts' && identity.kind === 'user'
