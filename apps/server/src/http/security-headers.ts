import type { FastifyInstance } from 'fastify'
import type { Site } from './site.ts'

export type HeaderNeeds = {
  site: Site
  /** Origins from which a page on `host` plays pictures. */
  mediaSources(host: string): readonly string[]
}

/** Policies kept; one per name under which the site is reached, and those are few. */
const policiesMax = 100

/** Headers of every answer. Pages run our own scripts only; nothing inline, nothing from elsewhere. */
export function registerSecurityHeaders(
  app: FastifyInstance,
  { site, mediaSources }: HeaderNeeds,
): void {
  const fixed = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(self), microphone=(self), geolocation=(), payment=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(site.secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
  const policies = new Map<string, string>()
  const policyFor = (host: string): string => {
    const known = policies.get(host)
    if (known) return known
    const media = [...new Set(mediaSources(host))].join(' ')
    const made = policy(`${site.secure ? 'wss' : 'ws'}://${host}`, media)
    if (policies.size >= policiesMax) policies.clear()
    policies.set(host, made)
    return made
  }
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(fixed)
    reply.header('x-request-id', request.id)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    reply.header('content-security-policy', "default-src 'none'")
    reply.header('content-security-policy', policyFor(site.hostOf(request.host)))
    done()
  })
}

const policy = (socket: string, media: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    // React writes custom properties through `style`; a style cannot run code.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `media-src 'self' blob: ${media}`,
    `connect-src 'self' ${socket} ${media}`,
    // mpegts.js and hls.js run their demuxers in workers made from blobs.
    "worker-src 'self' blob:",
    // The sandbox cashier lives in a frame of our own page.
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
