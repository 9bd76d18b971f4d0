import type { Handlers } from '@kaibo/contract/core/handlers'
import type { realtimeApi } from '@kaibo/contract/show/realtime'
import { isSynthetic } from '@kaibo/kernel/ids'
import { type Identity, uncountedRole } from '@kaibo/realtime/identity'
import type { Tickets } from '@kaibo/realtime/ticket'
import { teamRole } from './hearing.ts'

const ticketSec = 30
/** A ticket is a header: it has room for this many shops. */
const shopsMax = 50

/** Carries who asks over to the socket: a person, or a browser. */
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
            roles: isSynthetic(actor.userId)
              ? [uncountedRole]
              : actor.shops.slice(0, shopsMax).map(({ shopId }) => teamRole(shopId)),
          }
        : { id: deviceId(), kind: 'device', roles: [] }
    return { ticket: tickets.issueTicket(identity), expiresInSec: ticketSec }
  },
})

/** Hearts are of real people who signed in: a browser alone could claim to be many. */
export const mayCount = ({ kind, roles }: Identity, _topic: string, key: string): boolean =>
  key === 'hearts' && kind === 'user' && !roles.includes(uncountedRole)
