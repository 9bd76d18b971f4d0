import { fail } from '@kaibo/contract/core/fail'
import type { FastifyInstance } from 'fastify'

/** Answers for a path that is no route; undefined when nothing lives there. */
export type PageAt = (path: string, host: string | undefined) => Promise<string | undefined>

export type KnownRoute = { readonly method: string; readonly url: string; readonly form: RegExp }

/**
 * Answers what no route takes: a path of the web apps gets their page, a known path asked in a
 * wrong way gets 405 with `Allow`, anything else 404. Call it before any route is registered.
 * Returns the routes; the list grows as they are registered.
 */
export function registerNotFound(app: FastifyInstance, pageAt: PageAt): readonly KnownRoute[] {
  const routes: KnownRoute[] = []
  app.addHook('onRoute', ({ method, url }) => {
    const form = new RegExp(`^${url.replaceAll(/[.*]/g, '\\$&').replaceAll(/:\w+/g, '[^/]+')}/?$`)
    for (const one of [method].flat()) routes.push({ method: one, url, form })
  })
  const methodsAt = (path: string) =>
    new Set(routes.filter(({ form }) => form.test(path)).map(({ method }) => method))

  app.setNotFoundHandler(async (request, reply) => {
    const { method } = request
    const [path = '/'] = request.url.split('?')
    const allowed = methodsAt(path)
    if (allowed.size > 0) {
      reply.header('allow', [...allowed, 'OPTIONS'].join(', '))
      if (method === 'OPTIONS') return reply.code(204).send()
      throw fail('request.wrong_method')
    }
    const isRead = method === 'GET' || method === 'HEAD'
    const page = isRead ? await pageAt(path, request.host) : undefined
    if (page === undefined) throw fail('request.not_found')
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  })
  return routes
}
