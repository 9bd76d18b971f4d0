import type { FastifyInstance } from 'fastify'

type HeaderNeeds = {
  /** Whether people reach the site over https. */
  secure: boolean
  /** Sources of the media port as a page on `host` sees it. */
  mediaSources(host: string): string
}

/** Headers of every answer. Pages run our own scripts only; nothing inline, nothing from elsewhere. */
export function registerSecurityHeaders(
  app: FastifyInstance,
  { secure, mediaSources }: HeaderNeeds,
): void {
  app.addHook('onRequest', async (request, reply) => {
    const host = request.host
    const media = mediaSources(host)
    const socket = `${secure ? 'wss' : 'ws'}://${host}`
    reply.headers({
      'content-security-policy': [
        "default-src 'self'",
        "script-src 'self'",
        // React writes custom properties through `style`; a style cannot run code.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        `media-src 'self' blob: ${media}`,
        `connect-src 'self' ${socket} ${media}`,
        // mpegts.js and hls.js run their demuxers in workers made from blobs.
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'permissions-policy': 'camera=(self), microphone=(self), geolocation=(), payment=()',
      'cross-origin-opener-policy': 'same-origin',
      'x-request-id': request.id,
    })
    if (secure) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
}
