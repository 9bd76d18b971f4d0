import type { Handlers } from '@kaibo/contract/core/handlers'
import { permissions } from '@kaibo/contract/core/permissions'
import type { realtimeApi } from '@kaibo/contract/realtime'
import { isId } from '@kaibo/kernel/ids'
import { shopsFor } from '@kaibo/kernel/policy'
import type { Identity } from '@kaibo/realtime/identity'
import type { Tickets } from '@kaibo/realtime/ticket'

const ticketSec = 30
const shopRole = (shopId: string) => `shop:${shopId}`

/** Carries who asks over to the socket: a person with the shops they take orders for, or a browser. */
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
            roles: shopsFor(permissions, actor, 'catalog.read').map(shopRole),
          }
        : { id: deviceId(), kind: 'device', roles: [] }
    return { ticket: tickets.issueTicket(identity), expiresInSec: ticketSec }
  },
})

/** Rooms, stock and the feed are public; `user:` is for the person, `shop:` for its staff. */
export function mayHear(identity: Identity, topic: string): boolean {
  const [kind, id = ''] = topic.split(':', 2)
  if (kind === 'feed') return id === ''
  if (kind === 'live' || kind === 'stock') return isId(id)
  if (kind === 'user') return identity.kind === 'user' && identity.id === id
  return kind === 'shop' && identity.roles.includes(shopRole(id))
}

/** Hearts are of people who signed in: a browser alone could claim to be many. */
export const mayCount = (identity: Identity, _topic: string, key: string): boolean =>
  key === 'hearts' && identity.kind === 'user'
