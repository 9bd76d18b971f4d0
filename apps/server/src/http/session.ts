import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { isId, newId } from '@kaibo/kernel/ids'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Site } from './site.ts'

const visitor: Actor = { kind: 'visitor' }
const sessionDays = 30
const deviceCookie = 'kaibo_device'
const deviceDays = 400

export type SessionNeeds = {
  authenticate(token: string): Promise<Actor>
  /** On https the cookie is `Secure` and `__Host-`. */
  site: Pick<Site, 'secure' | 'isOurs'>
}

export type Sessions = {
  actorOf(request: FastifyRequest): Promise<Actor>
  set(reply: FastifyReply, token: string | null): void
  /** The id of this browser; given one when it has none. */
  deviceId(request: FastifyRequest, reply: FastifyReply): string
}

/** Web pages carry an HttpOnly cookie, apps a bearer token; both are the same opaque session token. */
export function createSessions({ authenticate, site }: SessionNeeds): Sessions {
  const { secure } = site
  const cookieName = secure ? '__Host-kaibo' : 'kaibo'
  const flags = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    async actorOf(request) {
      const bearer = request.headers.authorization
      if (bearer?.startsWith('Bearer ')) return authenticate(bearer.slice(7))
      const token = cookieValue(request.headers.cookie, cookieName)
      if (!token) return visitor
      const actor = await authenticate(token)
      if (actor.kind === 'user') refuseForgery(request, site)
      return actor
    },
    set(reply, token) {
      const value = token
        ? `${cookieName}=${token}; Max-Age=${sessionDays * 86_400}`
        : `${cookieName}=; Max-Age=0`
      reply.header('set-cookie', `${value}; ${flags}`)
    },
    deviceId(request, reply) {
      const known = cookieValue(request.headers.cookie, deviceCookie)
      if (known && isId(known)) return known
      const made = newId()
      reply.header(
        'set-cookie',
        `${deviceCookie}=${made}; Max-Age=${deviceDays * 86_400}; ${flags}`,
      )
      return made
    },
  }
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  if (!header || header.length > 8_192) return undefined
  for (const part of header.split(';')) {
    const [key, value] = part.split('=', 2)
    if (key?.trim() === name) return value?.trim()
  }
  return undefined
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Cross-site request forgery: a request that changes something and rides on the cookie must come
 * from one of our pages. Browsers send `Origin` with every such request; without it we refuse.
 */
function refuseForgery(request: FastifyRequest, site: Pick<Site, 'isOurs'>): void {
  if (safeMethods.has(request.method)) return
  const { origin } = request.headers
  if (!origin || !site.isOurs(origin, request.host)) throw fail('request.forged')
}
